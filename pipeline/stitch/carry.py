"""Cells merged downward whose rows a page break parts: what they say holds on both sides."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.language.list_signs import ends_open
from pipeline.stitch.rows import cell_text
from schemas.table import Cell, Piece, Row


def carry_over(
    rows: Sequence[Row], body: Sequence[Row], *, row_goes_on: bool, merging: frozenset[int]
) -> tuple[list[Row], list[Row]]:
    """Return the rows before and after a page break with the cells that run on over it completed.

    Word closes a merged cell at the foot of a page and goes on with an empty one (or with the
    rest of its text) at the head of the next, while the rows beside it are whole. Such a cell
    is given, with all of its pieces, to every row that it covers on either page. `row_goes_on`
    says that the row itself was cut as well, so that its cells surely go on. Where only one row
    stands on either side, nothing shows that they are merged: then a cell of a column in which
    this table merges cells elsewhere (`merging`) is taken for one where it is empty or goes on in
    the middle of a text, and marked inferred. So is an empty merged cell where another one, that
    covers the same rows, says something new: it may be an empty one of theirs.
    """
    above, below = list(rows), list(body)
    for last in rows[-1].cells:
        first = _facing(last, body[0])
        if first is None or not last.lines:
            continue
        seen = last.merged or first.merged
        inferred = not seen and not row_goes_on and last.col in merging and _runs_on(last, first)
        doubted = not row_goes_on and not first.lines and _begins_anew(first, rows[-1], body)
        if inferred or (seen and (row_goes_on or _runs_on(last, first))):
            pieces = (*last.pieces, *(p for p in first.pieces if p.lines))
            above = _given(above, last.pieces[0], pieces)
            below = _given(below, first.pieces[0], pieces, inferred=inferred or doubted)
    return above, below


def merging_columns(rows: Sequence[Row]) -> frozenset[int]:
    """Return the columns in which some cell of the body is seen to be merged downward."""
    return frozenset(c.col for row in rows for c in row.cells if c.merged and c.col_span == 1)


def empty_before(row: Row) -> frozenset[int]:
    """Return the columns before the first that a row fills: where it stands under merged cells."""
    first = min((cell.col for cell in row.cells if cell.lines), default=0)
    return frozenset(cell.col for cell in row.cells if cell.col < first)


def _facing(cell: Cell, row: Row) -> Cell | None:
    place = (cell.col, cell.col_span)
    return next((c for c in row.cells if (c.col, c.col_span) == place), None)


def _runs_on(last: Cell, first: Cell) -> bool:
    if not first.lines:
        return True
    return cell_text(first)[0].islower() or ends_open(cell_text(last))


def _begins_anew(first: Cell, above: Row, body: Sequence[Row]) -> bool:
    """Whether a merged cell that covers the same rows as `first` says something new."""
    covered = _covered(first, body)
    if covered == 1:
        return False
    for cell in body[0].cells:
        last = next((c for c in above.cells if c.col == cell.col), None)
        if cell.lines and last and _covered(cell, body) == covered and not _runs_on(last, cell):
            return True
    return False


def _covered(cell: Cell, rows: Sequence[Row]) -> int:
    """How many rows a cell covers, from the first on."""
    place = cell.pieces[0].place
    return sum(any(other.pieces[0].place == place for other in row.cells) for row in rows)


def _given(
    rows: Sequence[Row], piece: Piece, pieces: tuple[Piece, ...], *, inferred: bool = False
) -> list[Row]:
    """Replace the pieces of every cell that begins with `piece`."""
    return [
        replace(
            row,
            cells=tuple(
                replace(cell, pieces=pieces, inferred=inferred or cell.inferred)
                if cell.pieces[0].place == piece.place
                else cell
                for cell in row.cells
            ),
        )
        for row in rows
    ]
