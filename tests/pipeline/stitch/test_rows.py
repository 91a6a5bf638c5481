"""What can be told of a row by itself."""

import msgspec
import pytest

from pipeline.stitch.header import header_depth
from pipeline.stitch.rows import Columns, is_heading, joined
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row, RowJoin

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
