"""Titles, page numbers and feet within the border of a table."""

import pytest

from pipeline.tables.bands import without_bands
from tests.pipeline.stitch.printed import LEFT, page_table

HEADER, ROW = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"), ("1", "Việc", "UBND xã", "Quý I")


def band(text):
    return (text, LEFT, LEFT, LEFT)


def texts(*rows, height=40.0):
    table = without_bands(page_table(1, *rows, height=height))
    assert len(table.row_edges) == table.n_rows + 1
    assert (table.box.top, table.box.bottom) == (table.row_edges[0], table.row_edges[-1])
    return [[c.piece.text for c in table.cells if c.row == r] for r in range(table.n_rows)]


def test_a_title_over_the_header_is_no_row():
    assert texts(band("PHỤ LỤC"), band(""), HEADER, ROW) == [list(HEADER), list(ROW)]


def test_a_heading_over_rows_stays():
    assert texts(band("I. Phần một"), ROW)[0] == ["I. Phần một"]
    assert texts(HEADER, band("I. Phần một"), ROW)[1] == ["I. Phần một"]


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/6"])
def test_page_numbers_within_the_border_are_no_rows(number):
    assert texts(band(number), ROW, band(number)) == [list(ROW)]


def test_a_tall_foot_below_a_titled_table_is_no_row():
    title, foot = band("PHỤ LỤC"), band("Nơi nhận: như trên.")
    assert texts(title, HEADER, ROW, foot, height=70.0) == [list(HEADER), list(ROW)]
    assert len(texts(title, HEADER, ROW, band("II. Phần hai"))) == 3
    assert len(texts(HEADER, ROW, foot, height=70.0)) == 3


def test_a_row_of_several_cells_is_no_band():
    rows = [("1", LEFT, LEFT, "x"), HEADER, ROW]
    assert len(texts(*rows)) == 3


def test_a_table_of_bands_alone_stays():
    assert texts(band("2"), band("3")) == [["3"]]
    assert texts(band("2")) == [["2"]]
