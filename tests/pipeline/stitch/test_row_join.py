"""Is the first row of a page the remainder of the last one? Each signal alone, and the whole."""

import pytest

from pipeline.knowledge import load_yaml
from pipeline.stitch.row_join import Habits, judge_row_join
from pipeline.stitch.rows import Columns
from tests.pipeline.stitch.printed import row

# TT | Nội dung | Nhiệm vụ | Chủ trì | Thời gian
COLUMNS = Columns(index=0, title=1, content=1, timeframe=4, n_cols=5)
LONG = "Tuyên truyền phổ biến pháp luật cho nhân dân trong xã"  # 11 words, no stop
ABOVE = row("1", "Dân chủ", f"{LONG}.", "Phòng Tư pháp", "Quý I/2024")
HABITS = Habits(frozenset(range(5)), marked=True)


def reasons(above, below, columns=COLUMNS, habits=HABITS):
    return set(judge_row_join(above, below, columns, habits).reasons)


def score(above, below, columns=COLUMNS, habits=HABITS):
    return judge_row_join(above, below, columns, habits).score


def remainder(text, **options):
    return row("", "", text, "", "", **options)


LISTS = load_yaml("list_signs.yaml")


@pytest.mark.parametrize("sign", LISTS["bullets"])
def test_a_cut_row_joins_alike_behind_every_bullet(sign):
    def joined(mark):
        above = row("1", "Dân chủ", f"{mark} {LONG};", "Phòng Tư pháp", "Quý I/2024")
        return judge_row_join(above, remainder(f"{mark} Tổ chức"), COLUMNS, HABITS)

    assert joined(sign) == joined("-")
    assert joined(sign).score > 0.9
    assert "bullets_go_on" in joined(sign).reasons


@pytest.mark.parametrize("sign", LISTS["bullets"])
def test_a_point_that_goes_on_in_lower_case_goes_on_behind_every_bullet(sign):
    assert "lower_case_start" in reasons(ABOVE, remainder(f"{sign} xã hội"))


@pytest.mark.parametrize("sign", [*LISTS["joining_signs"], *LISTS["joining_words"]])
def test_a_cut_row_joins_alike_behind_every_joiner(sign):
    def joined(mark):
        above = row("1", "Dân chủ", f"{LONG} {mark}", "Phòng Tư pháp", "Quý I/2024")
        return judge_row_join(above, remainder("Tổ chức đối thoại"), COLUMNS, HABITS)

    assert joined(sign) == joined(",")
    assert joined(sign).score > 0.9
    assert "joiner_at_end" in joined(sign).reasons
