"""One list in two halves beside each other."""

import pytest

from pipeline.stitch.rows import rows_of, texts_of
from pipeline.tables.halves import as_halves
from tests.pipeline.stitch.printed import LEFT, page_table

HALF = ("TT", "Nội dung", "Chủ trì")
EDGES = tuple(50.0 + 80 * i for i in range(7))


def halves(*rows, edges=EDGES):
    parts = as_halves(page_table(1, *rows, edges=edges))
    return [[texts_of(row, part.n_cols) for row in rows_of(part)] for part in parts]


def test_a_header_that_stands_twice_heads_two_tables():
    left, right = ["1", "Rà soát", "Phòng"], ["2", "Cấp thẻ", "Công an"]
    found = halves(HALF + HALF, (*left, *right))
    assert found == [[list(HALF), left], [list(HALF), right]]


def test_the_right_half_keeps_its_place():
    _, right = as_halves(page_table(1, HALF + HALF, ("1", "x", "y", "2", "z", "w"), edges=EDGES))
    assert right.col_edges == EDGES[3:]
    assert (right.box.x0, right.box.x1) == (EDGES[3], EDGES[-1])


@pytest.mark.parametrize(
    "header",
    [
        ("TT", "Nội dung", "Chủ trì", "TT", "Nội dung", "Phối hợp"),
        ("Mục tiêu", "Nội dung", "Chủ trì", "Mục tiêu", "Nội dung", "Chủ trì"),
        ("TT", "Nội dung", LEFT, "TT", "Nội dung", "Chủ trì"),
    ],
)
def test_other_headers_head_one(header):
    assert len(halves(header, ("1", "x", "y", "2", "z", "w"))) == 1


@pytest.mark.parametrize("header", [("TT", "Chủ trì") * 2, (*HALF, *HALF, "Ghi chú")])
def test_halves_are_equal_and_have_three_columns(header):
    edges = tuple(50.0 + 80 * i for i in range(len(header) + 1))
    assert len(halves(header, ("x",) * len(header), edges=edges)) == 1


def test_a_section_over_both_halves_keeps_them_together():
    assert len(halves(HALF + HALF, ("KINH TẾ", *[LEFT] * 5))) == 1
