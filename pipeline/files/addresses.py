"""Cells of files without pages, named as the program that made the file shows them."""

from schemas.plan import SheetCell, TableCell
from schemas.table import CellAddress

_LETTERS = 26


def cell_of(address: CellAddress) -> TableCell | SheetCell:
    """Return a cell's address as it is published."""
    if address.sheet is not None:
        return SheetCell(
            sheet=address.sheet, row=address.row, column=column_letters(address.column)
        )
    return TableCell(table=address.table or 0, row=address.row, column=address.column)


def cell_name(cell: TableCell | SheetCell | None) -> str | None:
    """Return a cell as a person would look for it: table/row/column, or sheet!cell."""
    match cell:
        case TableCell(table=table, row=row, column=column):
            return f"{table}/{row}/{column}"
        case SheetCell(sheet=sheet, row=row, column=column):
            return f"{sheet}!{column}{row}"
    return None


def column_letters(column: int) -> str:
    """Return a column's name in a spreadsheet: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters
