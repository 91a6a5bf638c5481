"""The XML workbook of Excel 2003, which programs export and call .xls."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.read.sheet.formats import shown
from pipeline.read.sheet.workbook import Sheet, ShownCell, Workbook
from pipeline.read.sheet.xlsx import hidden_flags
from pipeline.read.word.xml import whole
from pipeline.read.zipped import parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{SPACE}}}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_LARGEST = 50 << 20  # bytes
_MOST_SPANNED = 16_384
# Formats that Excel names; the others are written out.
_NAMED = {"Short Date": "dd/mm/yyyy", "Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00"}


class _Style(Struct, frozen=True):
    bold: bool = False
    struck: bool = False
    centred: bool = False
    bordered: bool = False
    form: str = "General"


def read_xml2003(path: Path) -> Workbook:
    """Return the sheets of a workbook; raises PhulucError where it is damaged or too large."""
    with path.open("rb") as file:
        root = parsed(file.read(_LARGEST))
    styles = {s.get(_SS + "ID", ""): _style(s) for s in root.iter(_SS + "Style")}
    every = list(root.iterfind(_SS + "Worksheet"))
    visible = [s for s in every if all((v.text or "") == "" for v in s.iter(_VISIBLE))]
    sheets = tuple(_sheet(sheet, styles) for sheet in visible)
    flags = ["sheets_hidden"] * (len(visible) < len(every))
    return Workbook(sheets, (*flags, *hidden_flags(sheets)))


def _style(style: "_Element") -> _Style:
    font, alignment, form = (style.find(_SS + n) for n in ("Font", "Alignment", "NumberFormat"))
    code = "General" if form is None else form.get(_SS + "Format", "General")
    return _Style(
        bold=font is not None and font.get(_SS + "Bold") == "1",
        struck=font is not None and font.get(_SS + "StrikeThrough") == "1",
        centred=alignment is not None and alignment.get(_SS + "Horizontal") == "Center",
        bordered=any(border.get(_SS + "LineStyle") for border in style.iter(_SS + "Border")),
        form=_NAMED.get(code, code),
    )


def _sheet(sheet: "_Element", styles: dict[str, _Style]) -> Sheet:
    rows = list(_placed(sheet.iterfind(f"{_SS}Table/{_SS}Row")))
    hidden = frozenset(number for number, row in rows if row.get(_SS + "Hidden") == "1")
    columns = _placed(sheet.iterfind(f"{_SS}Table/{_SS}Column"))
    return Sheet(
        sheet.get(_SS + "Name", ""),
        tuple(cell for number, row in rows for cell in _cells(number, row, styles)),
        {},
        hidden,
        frozenset(number for number, column in columns if column.get(_SS + "Hidden") == "1"),
    )


def _placed(elements: "Iterator[_Element]") -> "Iterator[tuple[int, _Element]]":
    """Rows, columns or cells with their numbers: each follows the last, or says its own."""
    number = 0
    for element in elements:
        number = whole(element.get(_SS + "Index")) or number + 1
        yield number, element
        number += whole(element.get(_SS + "MergeAcross")) or whole(element.get(_SS + "Span")) or 0


def _cells(row: int, element: "_Element", styles: dict[str, _Style]) -> Iterator[ShownCell]:
    for col, cell in _placed(element.iterfind(_SS + "Cell")):
        style = styles.get(cell.get(_SS + "StyleID", ""), _Style())
        text = _text(cell, style)
        if text or style.bordered:
            rows, cols = (
                min(whole(cell.get(_SS + way)) or 0, _MOST_SPANNED) + 1
                for way in ("MergeDown", "MergeAcross")
            )
            look = (style.bold, style.struck, style.centred, style.bordered)
            yield ShownCell(row, col, text, rows, cols, *look)


def _text(cell: "_Element", style: _Style) -> str:
    data = cell.find(_SS + "Data")
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext())
    try:
        match data.get(_SS + "Type"):
            case "Number":
                return shown(float(text), style.form)
            case "DateTime":
                return shown(datetime.fromisoformat(text), style.form)
            case "Boolean":
                return shown(text == "1", style.form)
    except ValueError:
        return text
    return text
