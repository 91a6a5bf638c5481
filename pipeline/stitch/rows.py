"""Rows of one page's grid, and what can be told of a row by itself."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.markers import Marker, marker_alone, misread_marker, split_marker
from pipeline.language.unwrap import unwrap
from schemas.table import Cell, PageTable, Row, RowJoin

_HARDLY_READ, _SPECK = 0.5, 2  # confidence, characters
# A heading's own number where the number column is left empty; "(2)" and "2)" are bullets.
_HEADED = re.compile(r"([IVX]{1,5}|[A-ZĐ]|\d{1,2})\.\s")


def rows_of(part: PageTable) -> list[Row]:
    """Return the grid rows of a part. A cell merged downward stands in every row that it covers."""
    rows: list[list[Cell]] = [[] for _ in range(part.n_rows)]
    for cell in sorted(part.cells, key=lambda c: (c.row, c.col)):
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(Cell(cell.col, cell.col_span, (cell.piece,), merged=cell.row_span > 1))
    return [Row(tuple(sorted(cells, key=lambda c: c.col))) for cells in rows]


def cell_text(cell: Cell) -> str:
    """Return all of a cell's text, across pages, as running text."""
    return unwrap(cell.lines, cell.room)


def texts_of(row: Row, n_cols: int) -> list[str]:
    """Return one text a column; a cell over several columns stands in its first."""
    texts = [""] * n_cols
    for cell in row.cells:
        texts[cell.col] = cell_text(cell)
    return texts


def text_in(row: Row, col: int) -> str:
    """Return the text of the cell that begins in a column; "" where none does."""
    return next((cell_text(cell) for cell in row.cells if cell.col == col), "")


def is_empty(row: Row) -> bool:
    """Whether no cell of the row holds text."""
    return not any(cell.lines for cell in row.cells)


class Columns(Struct, frozen=True):
    """Which columns of a table mean what for joining: number, title, time, and all others.

    `content` is the first column of content, which is the title where there are two.
    """

    index: int | None
    title: int | None
    content: int | None
    timeframe: int | None
    n_cols: int

    @property
    def keys(self) -> tuple[int, ...]:
        """The columns that name a row."""
        return tuple(col for col in (self.index, self.title) if col is not None)


def marker_of(row: Row, columns: Columns) -> Marker | None:
    """Return the marker of a row, from its number column, else from the beginning of its title.

    Where there is a number column, "(2) …" in another one is a bullet, not the row's marker.
    """
    texts = texts_of(row, columns.n_cols)
    if columns.index is not None:
        label = texts[columns.index]
        return (marker_alone(label) or split_marker(label)[0]) if label else None
    if columns.title is not None:
        return split_marker(texts[columns.title])[0]
    filled = [t for t in texts if t]
    return split_marker(filled[0])[0] if filled else None


def is_heading(row: Row, columns: Columns) -> bool:
    """Whether a row is a section's heading: text in the key columns only, or merged across."""
    filled = [cell for cell in row.cells if cell.lines and not _is_dust(cell)]
    if not filled:
        return False
    body = [cell for cell in filled if cell.col != columns.index or cell.col_span > 1]
    if len(body) > 1:
        return False
    if not body:  # only a number
        return False
    cell = body[0]
    if cell.merged:
        return False
    across = cell.col_span * 2 > columns.n_cols or cell.col_span >= 3
    if across:
        return True
    content = columns.content
    in_key = content is not None and cell.col <= content < cell.col + cell.col_span
    bold = all(line.bold for line in cell.lines)
    numbered = columns.index is not None and bool(texts_of(row, columns.n_cols)[columns.index])
    text = cell_text(cell)
    headed = _HEADED.match(text) or misread_marker(text)
    named = numbered or marker_of(row, columns) is not None or headed
    return in_key and bool(bold or named)


def _is_dust(cell: Cell) -> bool:
    """Whether all that a scan shows of a cell is a sign or two that were hardly read."""
    return all(len(line.text) <= _SPECK and line.confidence < _HARDLY_READ for line in cell.lines)


def headings_of(rows: Sequence[Row], columns: Columns) -> tuple[bool, ...]:
    """Return which rows of a table are headings.

    A row that stands between two items and counts on from one to the other is an item as they
    are, though all but its number and its title were left empty.
    """
    headings = [is_heading(row, columns) for row in rows]
    markers = [marker_of(row, columns) for row in rows]
    for i in range(1, len(rows) - 1):
        before, here, after = markers[i - 1 : i + 2]
        alone = headings[i] and not headings[i - 1] and not headings[i + 1]
        if alone and before is not None and here is not None and after is not None:
            headings[i] = not (here.follows(before) and after.follows(here))
    return tuple(headings)


def joined(above: Row, below: Row, join: RowJoin) -> Row:
    """Return the row with its remainder put to it, cell by cell; no piece is lost or changed."""
    cells = {cell.col: cell for cell in above.cells}
    for cell in below.cells:
        target = _target(above.cells, cell)
        if target is None:
            cells[cell.col] = cell
        else:
            pieces = cells[target.col].pieces
            held = {piece.place for piece in pieces}
            new = tuple(p for p in cell.pieces if p.lines and p.place not in held)
            merged = cells[target.col].merged or cell.merged
            cells[target.col] = replace(cells[target.col], pieces=(*pieces, *new), merged=merged)
    return Row(tuple(cells[col] for col in sorted(cells)), (*above.joins, join))


def _target(cells: Sequence[Cell], below: Cell) -> Cell | None:
    """The cell above that holds the column in which `below` begins."""
    return next((c for c in cells if c.col <= below.col < c.col + c.col_span), None)
