"""All tables as one workbook for people: Vietnamese headers, a sheet each, ready to be filtered."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.dataset.columns import Column, columns
from pipeline.dataset.frames import Frames
from pipeline.files.spreadsheet_text import Value, plain
from schemas.dataset import TABLES, TableSpec

if TYPE_CHECKING:
    import pyarrow as pa
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Limits of the file format (Microsoft, "Excel specifications and limits").
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was

_CUT = "… [còn {more} ký tự, xem tệp CSV]"
_ROWS_CUT = "… [còn {more} dòng, xem tệp CSV]"
_NARROWEST, _WIDEST = 12, 60  # characters
_TOP = {"valign": "top", "text_wrap": True}
_HEADER = {"bold": True, "bg_color": "#DDEBF7", "border": 1}
_DAY = {"num_format": "dd/mm/yyyy"}
# The workbook says when it was made; a fixed day, so that the same content gives the same bytes.
_CREATED = datetime(2000, 1, 1)


class Formats(NamedTuple):
    """How the cells of the workbook look."""

    header: "Format"
    text: "Format"
    day: "Format"


def xlsx_bytes(frames: Frames) -> bytes:
    """Return the workbook. What exceeds a limit of the format is cut, and the cut is shown."""
    import xlsxwriter  # noqa: PLC0415

    file = io.BytesIO()
    # in_memory also gives every part of the archive one fixed time.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        formats = Formats(*(workbook.add_format(_TOP | style) for style in (_HEADER, {}, _DAY)))
        for spec in TABLES:
            _write_sheet(workbook, formats, spec, frames[spec.name])
    return file.getvalue()


def _write_sheet(
    workbook: "Workbook", formats: Formats, spec: TableSpec, frame: "pa.Table"
) -> None:
    sheet = workbook.add_worksheet(spec.title_vi)
    shown = columns(spec)
    last_row = min(frame.num_rows, MOST_ROWS - 1)
    for position, column in enumerate(shown):
        values = frame.column(position).slice(0, last_row).to_pylist()
        sheet.write_string(0, position, column.title_vi, formats.header)
        sheet.set_column(position, position, _width(column, values))
        for row, value in enumerate(values, 1):
            _write_cell(sheet, (row, position), value, formats)
    if frame.num_rows > last_row:
        sheet.write_string(last_row, 0, _ROWS_CUT.format(more=frame.num_rows - last_row + 1))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, len(shown) - 1)


def _write_cell(sheet: "Worksheet", at: tuple[int, int], value: Value, formats: Formats) -> None:
    if value is None:
        return
    if isinstance(value, int | float):
        sheet.write_number(*at, value, formats.text)
    elif isinstance(value, date) and value >= _FIRST_DATE:
        sheet.write_datetime(*at, value, formats.day)
    else:
        sheet.write_string(*at, _text(str(value)), formats.text)


def _text(value: str) -> str:
    shown = plain(value)
    # Excel counts UTF-16 units, and so must the cut.
    units = len(shown.encode("utf-16-le")) // 2
    if units <= MOST_CHARACTERS:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 64)].decode("utf-16-le", "ignore")
    return kept + _CUT.format(more=len(shown) - len(kept))


def _width(column: Column, values: Sequence[Value]) -> int:
    """Return a width in characters that shows the header and, within reason, the longest text."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    with_button = len(column.title_vi) + 3
    return min(max(longest, with_button, _NARROWEST), _WIDEST)
