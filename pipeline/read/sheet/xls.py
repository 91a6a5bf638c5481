"""XLS, the workbook of before 2007, through xlrd."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.parallel import WorkerFailedError, map_items
from pipeline.read.sheet.formats import shown
from pipeline.read.sheet.workbook import POINTS_A_LETTER, Sheet, ShownCell, Workbook
from pipeline.read.sheet.xlsx import hidden_flags
from schemas.failure import FailureCode, PhulucError

if TYPE_CHECKING:
    import xlrd

_CENTRED = 2
_UNITS = 256  # of a column's width, a letter
_LOCKED = "workbook is encrypted"
_SECONDS = 20  # 10,000 rows of ten cells take two


def read_xls(path: Path) -> Workbook:
    """Return the sheets of a workbook; raises PhulucError where it is damaged or locked.

    A worker of its own reads it: over a few damaged bytes xlrd goes on for ever, and takes 0.1 GB
    a second.
    """
    try:
        (workbook,) = map_items(_read, [path], 1, seconds=_SECONDS)
    except WorkerFailedError as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=error.reason) from error
    return workbook


def _read(path: Path) -> Workbook:
    import xlrd  # noqa: PLC0415  only old workbooks need it

    try:
        with path.open("rb") as file, Path(os.devnull).open("w", encoding="utf-8") as log:
            book = xlrd.open_workbook(file_contents=file.read(), formatting_info=True, logfile=log)
        sheets = [sheet for sheet in book.sheets() if not sheet.visibility]
        read = tuple(_sheet(book, sheet) for sheet in sheets)
    except Exception as error:  # it raises whatever its records meet: IndexError, struct.error, …
        if _LOCKED in str(error).lower():
            raise PhulucError(FailureCode.PASSWORD_PROTECTED, stage="read") from error
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=repr(error)) from error
    flags = ["sheets_hidden"] * (len(sheets) < book.nsheets)
    return Workbook(read, (*flags, *hidden_flags(read)))


def _sheet(book: "xlrd.Book", sheet: "xlrd.sheet.Sheet") -> Sheet:
    spans, under = {}, set()
    for top, bottom, left, right in sheet.merged_cells:
        spans[top, left] = (bottom - top, right - left)
        under |= {(row, col) for row in range(top, bottom) for col in range(left, right)}
    under -= spans.keys()
    return Sheet(
        sheet.name,
        tuple(_cells(book, sheet, spans, under)),
        {col + 1: info.width / _UNITS * POINTS_A_LETTER for col, info in sheet.colinfo_map.items()},
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(col + 1 for col, info in sheet.colinfo_map.items() if info.hidden),
    )


def _cells(
    book: "xlrd.Book",
    sheet: "xlrd.sheet.Sheet",
    spans: dict[tuple[int, int], tuple[int, int]],
    under: set[tuple[int, int]],
) -> Iterator[ShownCell]:
    for row in range(sheet.nrows):
        for col in range(sheet.row_len(row)):
            if (row, col) in under:
                continue
            cell = sheet.cell(row, col)
            look = book.xf_list[cell.xf_index]
            border = look.border
            bordered = any(
                (border.left_line_style, border.right_line_style,
                 border.top_line_style, border.bottom_line_style)
            )  # fmt: skip
            text = _text(book, cell, look)
            if text or bordered:
                font = book.font_list[look.font_index]
                yield ShownCell(
                    row + 1, col + 1, text, *spans.get((row, col), (1, 1)),
                    bold=bool(font.bold), struck=bool(font.struck_out),
                    centred=look.alignment.hor_align == _CENTRED, bordered=bordered,
                )  # fmt: skip


def _text(book: "xlrd.Book", cell: "xlrd.sheet.Cell", look: "xlrd.formatting.XF") -> str:
    import xlrd  # noqa: PLC0415

    form = book.format_map.get(look.format_key)
    code = form.format_str if form else "General"
    value: object = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
        case xlrd.XL_CELL_DATE:
            with suppress(xlrd.xldate.XLDateError, OverflowError):
                value = xlrd.xldate.xldate_as_datetime(float(cell.value), book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            value = bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            value = xlrd.error_text_from_code.get(int(cell.value), "#N/A")
    return shown(value, code)
