"""XLSX: looked at before it is loaded, for a merge of a whole sheet alone would take for ever."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from msgspec import Struct

from pipeline.read.sheet.formats import shown
from pipeline.read.sheet.workbook import POINTS_A_LETTER, Sheet, ShownCell, Workbook
from pipeline.read.zipped import Zipped, unzipped
from schemas.failure import FailureCode, PhulucError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
# A formula whose value the program that wrote the file did not compute.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_MOST_CELLS = 2_000_000  # openpyxl takes some 400 bytes for each
_SIDES = ("left", "right", "top", "bottom")


class _Style(Struct, frozen=True):
    bold: bool
    struck: bool
    centred: bool
    bordered: bool
    form: str


def read_xlsx(path: Path) -> Workbook:
    """Return the sheets of a workbook; raises PhulucError where it is damaged or too large."""
    with unzipped(path) as parts:
        flags = _looked_at(parts)
    from openpyxl import load_workbook  # noqa: PLC0415  0.2 s, and only workbooks need it

    try:
        with catch_warnings():
            simplefilter("ignore")  # about what it does not keep: pictures, rules of validation
            book = load_workbook(path, data_only=True, keep_links=False)
    except Exception as error:  # it raises whatever its parts meet: KeyError, ValueError, …
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=repr(error)) from error
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    flags += ["sheets_hidden"] * (len(sheets) < len(book.worksheets))
    read = tuple(_sheet(sheet) for sheet in sheets)
    return Workbook(read, (*flags, *hidden_flags(read)))


def hidden_flags(sheets: tuple[Sheet, ...]) -> list[str]:
    """Return what is to be said of rows and columns that are hidden and hold something."""
    return ["rows_hidden"] * any(
        cell.text and (cell.row in sheet.hidden_rows or cell.col in sheet.hidden_cols)
        for sheet in sheets
        for cell in sheet.cells
    )


def _looked_at(parts: Zipped) -> list[str]:
    """Refuse what would take too much, and say what is missing."""
    cells, uncomputed = 0, False
    for name in parts.names:
        if name.endswith((".xml", ".rels")):
            data = parts.read(name)
            if b"<!DOCTYPE" in data:
                raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason="DOCTYPE")
            if _SHEET.fullmatch(name):
                cells += sum(1 for _ in _CELL.finditer(data)) + sum(_areas(data))
                uncomputed = uncomputed or _UNCOMPUTED.search(data) is not None
    if cells > _MOST_CELLS:
        raise PhulucError(FailureCode.TOO_LARGE, stage="read", limit="cells")
    return ["formulas_not_computed"] * uncomputed


def _areas(data: bytes) -> Iterator[int]:
    """How many cells each merged one covers."""
    for found in _MERGE.finditer(data):
        left, right = (_column(found[i].decode()) for i in (1, 3))
        yield max(1, right - left + 1) * max(1, int(found[4]) - int(found[2]) + 1)


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _sheet(sheet: "Worksheet") -> Sheet:
    spans = {
        (area.min_row, area.min_col): (area.size["rows"], area.size["columns"])
        for area in sheet.merged_cells.ranges
    }
    under = {
        (row, col)
        for area in sheet.merged_cells.ranges
        for row, col in area.cells
        if (row, col) != (area.min_row, area.min_col)
    }
    style_of = _styles()
    cells = []
    first_row, first_col = sheet.min_row, sheet.min_column
    for number, row in enumerate(sheet.iter_rows(), first_row):
        for col, cell in enumerate(row, first_col):
            at = (number, col)
            if at in under or (cell.value is None and not cell.has_style):
                continue
            style = style_of(cell.style_id, cell)
            text = shown(cell.value, style.form)
            if text or style.bordered:
                look = (style.bold, style.struck, style.centred, style.bordered)
                cells.append(ShownCell(*at, text, *spans.get(at, (1, 1)), *look))
    rows = sheet.row_dimensions
    return Sheet(
        sheet.title,
        tuple(cells),
        dict(_widths(sheet)),
        frozenset(row for row in rows if rows[row].hidden),
        frozenset(_hidden_columns(sheet)),
        _printed_titles(sheet),
    )


def _printed_titles(sheet: "Worksheet") -> frozenset[int]:
    found = re.fullmatch(r"\$?(\d{1,7}):\$?(\d{1,7})", str(sheet.print_title_rows or ""))
    return frozenset(range(int(found[1]), int(found[2]) + 1)) if found else frozenset()


def _styles() -> Any:
    """A function from a style's number, and a cell that has it, to what is asked of it."""
    known: dict[int, _Style] = {}

    def style_of(number: int, cell: Any) -> _Style:
        if number not in known:
            sides = [getattr(cell.border, side) for side in _SIDES]
            known[number] = _Style(
                bold=bool(cell.font.b),
                struck=bool(cell.font.strike),
                centred=cell.alignment.horizontal in ("center", "centerContinuous"),
                bordered=any(side is not None and side.style for side in sides),
                form=cell.number_format or "General",
            )
        return known[number]

    return style_of


def _groups(sheet: "Worksheet") -> Iterator[tuple[range, Any]]:
    """The columns that share their width: openpyxl keeps them under the first."""
    last = sheet.max_column
    for dimension in list(sheet.column_dimensions.values()):
        if dimension.min and dimension.max:
            yield range(dimension.min, min(dimension.max, last) + 1), dimension


def _widths(sheet: "Worksheet") -> Iterator[tuple[int, float]]:
    for cols, dimension in _groups(sheet):
        if dimension.width:
            yield from ((col, dimension.width * POINTS_A_LETTER) for col in cols)


def _hidden_columns(sheet: "Worksheet") -> Iterator[int]:
    for cols, dimension in _groups(sheet):
        if dimension.hidden:
            yield from cols
