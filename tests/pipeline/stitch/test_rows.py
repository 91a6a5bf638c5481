"""What can be told of a row by itself."""

import pytest

from pipeline.stitch.rows import Columns, is_heading
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row

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
