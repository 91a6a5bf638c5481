"""Rows that are one item: all of their cells are merged but those of the tasks.

The count of items must be the count of printed numbers. Where any other column differs from row
to row, its own agency or its own time, each row is an item of its own.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.interpret.roles import Column
from schemas.table import Cell, Piece, Row, Table

_NAMING = ("index", "title")


def with_whole_items(table: Table, columns: Sequence[Column]) -> Table:
    """Return the table with rows that differ in their tasks alone put together, in their order."""
    rows: list[Row] = []
    headings: list[bool] = []
    for row, heading in zip(table.rows, table.headings, strict=True):
        if rows and not heading and not headings[-1] and _is_one(rows[-1], row, columns):
            rows[-1] = _together(rows[-1], row, columns)
        else:
            rows.append(row)
            headings.append(heading)
    return replace(table, rows=tuple(rows), headings=tuple(headings))


def _is_one(above: Row, row: Row, columns: Sequence[Column]) -> bool:
    """Whether each cell of a row but that of the tasks is the merged cell that the row above has.

    Cells that are empty in both differ in nothing, but a number or a title must be merged.
    """
    pairs = [(_cell_of(above, col), _cell_of(row, col)) for col in range(len(columns))]
    others = [(pair, c.role) for pair, c in zip(pairs, columns, strict=True) if c.role != "tasks"]
    named = any(role in _NAMING and _is_same(*pair) and pair[0] for pair, role in others)
    tasks = [pair for pair, c in zip(pairs, columns, strict=True) if c.role == "tasks"]
    differs = bool(tasks) and not any(_is_same(*pair) for pair in tasks)
    return bool(named) and differs and all(_is_same(*p) or _are_empty(*p) for p, _ in others)


def _cell_of(row: Row, col: int) -> Cell | None:
    """The cell that stands in a column, whether it begins there or spans it."""
    return next((c for c in row.cells if c.col <= col < c.col + c.col_span), None)


def _is_same(above: Cell | None, below: Cell | None) -> bool:
    if above is None or below is None or not (above.merged and below.merged and above.lines):
        return False
    return above.pieces[0].place == below.pieces[0].place


def _are_empty(above: Cell | None, below: Cell | None) -> bool:
    return not any(cell is not None and cell.lines for cell in (above, below))


def _together(above: Row, row: Row, columns: Sequence[Column]) -> Row:
    """The row above with the tasks of the row; each cell of tasks begins a line of its own."""
    tasks = {c.col: c for c in row.cells if columns[c.col].role == "tasks" and c.lines}
    cells = tuple(
        replace(cell, pieces=(*cell.pieces, *_beginning(tasks[cell.col])))
        if cell.col in tasks
        else cell
        for cell in above.cells
    )
    return Row(cells, (*above.joins, *row.joins))


def _beginning(cell: Cell) -> tuple[Piece, ...]:
    first, *rest = (piece for piece in cell.pieces if piece.lines)
    lines = (replace(first.lines[0], hard=True), *first.lines[1:])
    return replace(first, lines=lines), *rest
