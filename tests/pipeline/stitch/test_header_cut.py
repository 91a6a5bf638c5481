"""Headers that stand partly at the foot of one page and go on at the head of the next."""

import pytest

from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.header import column_names
from pipeline.stitch.header_cut import REASON, header_goes_on
from pipeline.stitch.rows import rows_of, texts_of
from schemas.page import Page
from tests.pipeline.stitch.printed import page_table

WHOLE = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian hoàn thành")
FIRST = ("1", "Rà soát hộ nghèo", "Phòng Nội vụ", "Quý I")
SECOND = ("2", "Niêm yết công khai", "Phòng Tư pháp", "Quý II")
CUTS = {
    "after the first line": (
        ("STT", "Nội dung", "Cơ quan", "Thời gian"), ("", "công việc", "chủ trì", "hoàn thành"),
    ),
    "within the number's name": (
        ("ST", "Nội dung công việc", "Cơ quan chủ", "Thời gian hoàn"), ("T", "", "trì", "thành"),
    ),
    "in one column": (
        ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian"), ("", "", "", "hoàn thành"),
    ),
}  # fmt: skip


def stitched(*pages):
    tables = [page_table(i, *rows) for i, rows in enumerate(pages, 1)]
    seen = [Page(t.page, 600, 800, (), (), "text_layer") for t in tables]
    return stitch(seen, tables, {}, Settings())


@pytest.mark.parametrize("name", CUTS)
def test_a_cut_header_is_made_whole(name):
    upper, lower = CUTS[name]
    (table,), decisions = stitched([upper], [lower, FIRST], [SECOND])
    assert [" ".join(n).replace("ST T", "STT") for n in column_names(table.header, 4)] == [*WHOLE]
    assert [texts_of(row, 4) for row in table.rows] == [[*FIRST], [*SECOND]]
    assert "header_cut" in decisions[0].reasons
    (cut,) = [d for d in table.decisions if REASON in d.reasons]
    assert (cut.what, cut.page, cut.taken) == ("row_join", 2, True)


@pytest.mark.parametrize(
    "below",
    [
        FIRST,
        WHOLE,  # repeated
        ("", "", "", "Quý I"),  # says no more of the header
        ("", "Rà soát hộ nghèo", "Phòng Nội vụ", ""),
        ("", "công việc", "chủ trì", "hoàn thành trước khi hết năm ngân sách này của huyện"),
    ],
)
def test_what_is_no_rest_of_a_header(below):
    upper, _ = CUTS["after the first line"]
    assert not header_goes_on(rows_of(page_table(1, upper)), rows_of(page_table(2, below)), 4)


def test_a_header_over_rows_is_whole():
    upper, lower = CUTS["after the first line"]
    above = rows_of(page_table(1, upper, FIRST))
    assert not header_goes_on(above, rows_of(page_table(2, lower)), 4)


def test_empty_rows_are_passed_over():
    upper, lower = CUTS["after the first line"]
    below = rows_of(page_table(2, ("", "", "", ""), lower, FIRST))
    assert header_goes_on(rows_of(page_table(1, upper)), below, 4)
