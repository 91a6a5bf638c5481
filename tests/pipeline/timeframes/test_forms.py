"""Dates as computers write them, times of day, and years told by another."""

import pytest

from pipeline.timeframes import parse_timeframe
from pipeline.timeframes.forms import is_time_of_day, plain_form


@pytest.mark.parametrize(
    ("cell", "kind", "end"),
    [
        ("2025-09-30", "deadline", "2025-09-30"),
        ("2025-09-30 00:00:00", "deadline", "2025-09-30"),
        ("30/09/2025 00:00:00", "deadline", "2025-09-30"),
        ("30-Sep-25", "deadline", "2025-09-30"),
        ("30-sep-2025", "deadline", "2025-09-30"),
        ("31/01 năm liền kề", "deadline", "2025-01-31"),
        ("Trước ngày 31/01 năm sau", "deadline", "2025-01-31"),
        ("chậm nhất là ngày 31/12 năm trước liền kề", "deadline", "2023-12-31"),
        ("Từ 20 giờ 15 phút - 20 giờ 45 phút ngày 23 tháng 1", "deadline", "2024-01-23"),
        ("Từ 7h30 đến 11h30 ngày 05/6/2024", "deadline", "2024-06-05"),
        ("8 giờ 00, ngày 12/5/2024", "deadline", "2024-05-12"),
        ("Sáng 12/5/2024", "deadline", "2024-05-12"),
        ("Chiều ngày 12/5/2024", "deadline", "2024-05-12"),
        (
            "Hoàn thành việc rà soát, báo cáo UBND huyện chậm nhất trong tháng 9/2026",
            "deadline",
            "2026-09-30",
        ),
    ],
)
def test_forms_of_dates(cell, kind, end):
    found = parse_timeframe(cell, 2024)
    assert (found.kind, found.start, found.end) == (kind, None, end)
    assert found.raw == cell


@pytest.mark.parametrize(
    "cell", ["8h00 - 8h30", "7g30", "14 giờ 30 phút", "Sáng", "8:00", "Buổi chiều"]
)
def test_a_time_of_day_alone_has_no_date(cell):
    assert is_time_of_day(cell)
    found = parse_timeframe(cell, 2024)
    assert (found.kind, found.start, found.end) == ("period", None, None)
    assert found.flags == ("timeframe_time_of_day",)


@pytest.mark.parametrize(
    "cell",
    ["", "-", "1 giờ", "24/24 giờ", "Quý I", "8h00 ngày 12/5", "Hằng ngày", "12/5/2024", "2024"],
)
def test_other_cells_are_no_time_of_day(cell):
    assert not is_time_of_day(cell)


@pytest.mark.parametrize(
    "cell",
    ["Quý I/2024", "Trong 24 giờ kể từ ngày 5/3", "Sau 8h, ngày 5/3", "trước 30/6", "1/1-3/3"],
)
def test_what_is_plain_already_stays(cell):
    assert plain_form(cell, 2024) == cell


def test_without_a_plan_s_year_no_year_is_made_up():
    assert plain_form("31/01 năm liền kề", None) == "31/01"
    assert parse_timeframe("31/01 năm liền kề", None).end is None
