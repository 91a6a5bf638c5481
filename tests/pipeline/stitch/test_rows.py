"""What can be told of a row by itself."""

import msgspec
import pytest
from msgspec.structs import replace

from pipeline.stitch.header import header_depth
from pipeline.stitch.rows import (
    Columns,
    headings_of,
    is_empty,
    is_heading,
    joined,
    marker_of,
    rows_of,
    texts_of,
)
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row, RowJoin
from tests.pipeline.stitch import printed
from tests.pipeline.stitch.printed import LEFT, UP, page_table

COLUMNS = Columns(index=0, title=1, content=1, timeframe=3, n_cols=4)


def row(*texts, confidence=1.0):
    """A row of one line a cell; the last cell was read with `confidence`."""
    cells = []
    for col, text in enumerate(texts):
        box = Box(100.0 * col, 0, 100.0 * col + 90, 20)
        sure = confidence if col == len(texts) - 1 else 0.95
        lines = (TextLine(text, box, 1, confidence=sure),) if text else ()
        cells.append(Cell(col, 1, (Piece(1, box, lines),)))
    return Row(tuple(cells))


@pytest.mark.parametrize("dust", ["'", "_,", "li"])
def test_dust_does_not_make_a_heading_an_item(dust):
    assert is_heading(row("IV.", "Kinh tế số", "", dust, confidence=0.27), COLUMNS)


@pytest.mark.parametrize(("text", "confidence"), [("IV", 0.9), ("Quý IV", 0.27)])
def test_what_was_read_makes_a_row_an_item(text, confidence):
    assert not is_heading(row("4.", "Kinh tế số", "", text, confidence=confidence), COLUMNS)


def _stored_and_loaded(given):
    return msgspec.msgpack.decode(msgspec.msgpack.encode(given), type=Row)


def test_cells_are_told_by_their_place_not_by_being_one_object():
    # What comes from a kept reading, or was corrected, is equal and another object.
    above, below = row("1", "Rà soát", "", ""), row("1", "các văn bản", "", "")
    whole = joined(above, _stored_and_loaded(above), RowJoin(2, 0.9, ()))
    assert [len(cell.pieces) for cell in whole.cells] == [1, 1, 1, 1]
    moved = Piece(2, below.cells[1].pieces[0].box, below.cells[1].lines)
    remainder = Row((Cell(1, 1, (moved,)),))
    assert [len(c.pieces) for c in joined(above, remainder, RowJoin(2, 0.9, ())).cells] == [
        1,
        2,
        1,
        1,
    ]


def test_a_header_row_that_was_stored_still_reaches_into_the_next():
    box = Box(0, 0, 90, 40)
    tall = Cell(0, 1, (Piece(1, box, (TextLine("Cơ quan thực hiện", box, 1),)),), merged=True)
    rows = [Row((tall, *row("", "Nội dung", "Nhiệm vụ").cells[1:])),
            Row((tall, *row("", "A", "B").cells[1:]))]  # fmt: skip
    assert header_depth([rows[0], _stored_and_loaded(rows[1])], 3) == header_depth(rows, 3) == 2


def test_a_cell_merged_downward_stands_in_every_row_that_it_covers():
    edges = (0.0, 50.0, 100.0, 200.0, 300.0)
    rows = rows_of(page_table(1, ("1", "a", "b", LEFT), (UP, "c", "d", "e"), edges=edges))
    assert [texts_of(each, 4) for each in rows] == [["1", "a", "b", ""], ["1", "c", "d", "e"]]
    assert [[c.merged for c in each.cells] for each in rows] == [
        [True, False, False],
        [True, False, False, False],
    ]
    assert [(c.col, c.col_span) for c in rows[0].cells] == [(0, 1), (1, 1), (2, 2)]
    assert [c.col for c in rows[1].cells] == [0, 1, 2, 3]


def test_an_empty_row():
    assert is_empty(printed.row("", "", ""))
    assert not is_empty(printed.row("", "x", ""))


@pytest.mark.parametrize(
    ("texts", "index", "title", "label"),
    [
        (("2.", "Dân chủ", "x"), 0, 1, "2"),
        (("VI I", "Dân chủ", "x"), 0, 1, "VII"),
        (("", "(2) Dân chủ", "x"), 0, 1, None),  # a bullet, where there is a number column
        (("1. Dân chủ", "x", ""), 0, 1, "1"),
        (("a) Dân chủ", "x", ""), None, 0, "a"),
        (("Dân chủ", "a) x", ""), None, 0, None),
        (("", "b) x", "y"), None, None, "b"),
        (("", "", ""), None, None, None),
    ],
)
def test_the_marker_of_a_row(texts, index, title, label):
    columns = Columns(index=index, title=title, content=1, timeframe=None, n_cols=3)
    marker = marker_of(printed.row(*texts), columns)
    assert (marker.label if marker else None) == label


@pytest.mark.parametrize(
    ("texts", "heading"),
    [
        (("I", "Kinh tế số", "", ""), True),
        (("", "Kinh tế số", "", ""), False),  # neither number nor bold
        (("", "**Kinh tế số**", "", ""), True),
        (("", "A. Kinh tế số", "", ""), True),
        (("", "VỊI. Kinh tế số", "", ""), True),
        (("", "(2) Kinh tế số", "", ""), False),
        (("I", "Kinh tế số", "x", ""), False),
        (("I", "", "Kinh tế số", ""), False),  # not in the column of content
        (("I", "", "", ""), False),
        (("", "", "", ""), False),
        (("Kinh tế số", LEFT, LEFT, LEFT), True),
        (("I", "Kinh tế số", LEFT, LEFT), True),
        (("I", "", "Kinh tế số", LEFT), False),  # two of four columns
        (("Kinh tế số", LEFT, LEFT, "x"), False),
    ],
)
def test_headings(texts, heading):
    assert is_heading(printed.row(*texts), COLUMNS) is heading


def test_three_columns_are_across_however_many_there_are():
    columns = Columns(index=0, title=1, content=1, timeframe=None, n_cols=8)
    three = printed.row("I", "", "Kinh tế", LEFT, LEFT, "", "", "")
    two = printed.row("I", "", "Kinh tế", LEFT, "", "", "", "")
    assert is_heading(three, columns)
    assert not is_heading(two, columns)


def test_a_merged_title_is_no_heading():
    assert not is_heading(printed.row("I", "Kinh tế số", "", "", merged=(1,)), COLUMNS)


def test_a_heading_over_the_number_column_as_well():
    columns = Columns(index=0, title=1, content=1, timeframe=3, n_cols=4)
    assert is_heading(printed.row("**I. Kinh tế số**", LEFT, "", ""), columns)


def test_without_a_column_of_content_only_what_runs_across_is_a_heading():
    columns = Columns(index=0, title=None, content=None, timeframe=None, n_cols=4)
    assert not is_heading(printed.row("I", "Kinh tế số", "", ""), columns)


@pytest.mark.parametrize(("text", "confidence"), [("ABC", 0.27), ("AB", 0.5)])
def test_what_is_longer_or_surer_than_a_speck_counts(text, confidence):
    assert not is_heading(row("4.", "Kinh tế số", "", text, confidence=confidence), COLUMNS)


def heading(label):
    return printed.row(label, "Kinh tế số", "", "")


def item(label):
    return printed.row(label, "Kinh tế số", "x", "y")


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ([item("1"), heading("2"), item("3")], [False, False, False]),
        ([item("1"), heading("2"), item("1")], [False, True, False]),
        ([item("1"), heading("II"), item("2")], [False, True, False]),
        ([item("1"), heading("3"), item("4")], [False, True, False]),
        ([heading("1"), heading("2"), item("3")], [True, True, False]),
        ([item("1"), heading("2"), heading("3")], [False, True, True]),
        ([heading("2"), item("3")], [True, False]),
        ([item("1"), heading("2")], [False, True]),
        ([item(""), heading("2"), item("3")], [False, True, False]),
    ],
)
def test_a_row_that_counts_on_between_items_is_one_of_them(rows, headings):
    assert list(headings_of(rows, COLUMNS)) == headings


JOIN = RowJoin(2, 0.9, ("key_cells_empty",))


def test_a_remainder_is_put_to_its_row_cell_by_cell():
    above, below = printed.row("1", "Dân", "Rà"), printed.row("", "chủ", "soát", page=2)
    whole = joined(above, below, JOIN)
    assert texts_of(whole, 3) == ["1", "Dân chủ", "Rà soát"]
    assert whole.joins == (JOIN,)
    assert [len(cell.pieces) for cell in whole.cells] == [1, 2, 2]
    again = joined(whole, printed.row("", "", "hộ", page=3), JOIN)
    assert texts_of(again, 3) == ["1", "Dân chủ", "Rà soát hộ"]
    assert again.joins == (JOIN, JOIN)


def test_a_remainder_goes_to_the_cell_that_spans_its_column():
    above = printed.row("1", "Dân", LEFT)
    whole = joined(above, printed.row("", "", "chủ", page=2), JOIN)
    assert texts_of(whole, 3) == ["1", "Dân chủ", ""]
    lone = type(above)(above.cells[:1])
    assert texts_of(joined(lone, printed.row("", "", "chủ", page=2), JOIN), 3) == ["1", "", "chủ"]


def test_a_piece_that_the_cell_has_already_is_not_put_to_it_twice():
    above = printed.row("1", "Dân chủ", "Rà soát")
    assert texts_of(joined(above, above, JOIN), 3) == ["1", "Dân chủ", "Rà soát"]


def test_a_row_cut_above_cells_that_are_merged_further_down_is_merged_with_them():
    above, below = row("3", "Kết nối", "Thẩm định"), row("", "", "tiếp theo")
    down = [replace(cell, merged=True) for cell in below.cells[:2]]
    whole = joined(above, Row((*down, below.cells[2])), RowJoin(2, 0.9, ()))
    assert [cell.merged for cell in whole.cells] == [True, True, False]
