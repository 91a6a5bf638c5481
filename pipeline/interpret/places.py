"""Where a piece of text stands, as a person would look for it: on a page, or in a cell."""

from collections.abc import Mapping, Sequence

from schemas.geometry import Affine, union
from schemas.plan import Appendix, BBox, Decision, SheetCell, TableCell
from schemas.table import CellAddress, Piece

_LETTERS = 26


def place_of(
    piece: Piece, to_display: Mapping[int, Affine]
) -> tuple[int | None, BBox | None, TableCell | SheetCell | None]:
    """Return page, box and cell of a piece that holds text, each null where it has none."""
    if piece.address is not None:
        return None, None, cell_of(piece.address)
    box = to_display[piece.page].apply(union(line.box for line in piece.lines))
    x0, top, x1, bottom = (round(v, 2) for v in box)
    return piece.page, (x0, top, x1, bottom), None


def cell_of(address: CellAddress) -> TableCell | SheetCell:
    """Return a cell's address as it is published."""
    if address.sheet is not None:
        return SheetCell(
            sheet=address.sheet, row=address.row, column=column_letters(address.column)
        )
    return TableCell(table=address.table or 0, row=address.row, column=address.column)


def column_letters(column: int) -> str:
    """Return a column's name in a spreadsheet: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def without_pages(
    appendices: Sequence[Appendix], decisions: Sequence[Decision]
) -> tuple[list[Appendix], list[Decision]]:
    """Return them without the numbers of nominal pages, which nobody could find."""
    return (
        [appendix.model_copy(update={"pages": None}) for appendix in appendices],
        [decision.model_copy(update={"page": None}) for decision in decisions],
    )
