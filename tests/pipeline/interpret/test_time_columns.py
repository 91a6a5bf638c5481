"""Begin and end of a task in columns of their own."""

import pytest

from pipeline.interpret.roles import Column
from pipeline.interpret.time_columns import time_ends, whole_time


def columns(*named):
    return [Column(role, name, 1.0, ()) for role, name in named]


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        (("timeframe", "Thời gian / Bắt đầu"), ("extra", "Thời gian / Kết thúc"), True),
        (("extra", "Thời gian bắt đầu"), ("timeframe", "Thời gian hoàn thành"), True),
        (("extra", "Từ"), ("extra", "Đến"), False),  # from one place to another
        (("timeframe", "Thời gian"), ("extra", "Kết thúc"), False),
        (("timeframe", "Kết thúc"), ("extra", "Bắt đầu"), False),
    ],
)
def test_two_columns_are_the_ends_of_one_time(begin, end, found):
    ends = time_ends(columns(("index", "TT"), ("tasks", "Nhiệm vụ"), begin, end))
    assert ends == ((2, 3) if found else None)


def test_either_end_may_be_missing():
    assert whole_time("01/3", "30/6/2024") == "Từ 01/3 đến 30/6/2024"
    assert whole_time("01/3/2024", "") == "Từ 01/3/2024"
    assert whole_time("", "30/6/2024") == "Đến 30/6/2024"
    assert whole_time("", "") == ""
