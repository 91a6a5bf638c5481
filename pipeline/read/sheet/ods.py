"""ODS: the workbook of OpenDocument, whose cells hold their text as it is shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.read.sheet.workbook import Sheet, ShownCell, Workbook
from pipeline.read.sheet.xlsx import hidden_flags
from pipeline.read.word.xml import whole
from pipeline.read.zipped import unzipped
from schemas.failure import FailureCode, PhulucError

if TYPE_CHECKING:
    from lxml.etree import _Element

_OASIS = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_TABLE, _TEXT, _STYLE, _OFFICE = (_OASIS.format(n) for n in ("table", "text", "style", "office"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SIDES = ("left", "right", "top", "bottom")
_MOST_REPEATED = 2_000  # empty rows and cells run to the end of the sheet
_MOST_CELLS = 2_000_000
_GROUPS = frozenset(
    _TABLE + name
    for name in ("table-header-rows", "table-rows", "table-row-group", "table-header-columns",
                 "table-columns", "table-column-group")
)  # fmt: skip


class _Style(Struct, frozen=True):
    bold: bool = False
    struck: bool = False
    centred: bool = False
    bordered: bool = False
    shown: bool = True


def read_ods(path: Path) -> Workbook:
    """Return the sheets of a workbook; raises PhulucError where it is damaged or too large."""
    with unzipped(path) as parts:
        root = parts.xml("content.xml")
        styles = _styles(root, parts.xml("styles.xml"))
    if root is None:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason="no content part")
    every = list(root.iter(_TABLE + "table"))
    visible = [t for t in every if styles.get(t.get(_TABLE + "style-name", ""), _Style()).shown]
    flags = ["sheets_hidden"] * (len(visible) < len(every))
    sheets = tuple(_sheet(table, styles) for table in visible)
    return Workbook(sheets, (*flags, *hidden_flags(sheets)))


def _styles(*roots: "_Element | None") -> dict[str, _Style]:
    found = {}
    for root in roots:
        for style in () if root is None else root.iter(_STYLE + "style"):
            cell, text, paragraph, table = (
                style.find(f"{_STYLE}{kind}-properties")
                for kind in ("table-cell", "text", "paragraph", "table")
            )
            borders = _values(cell, _FO + "border", *(f"{_FO}border-{s}" for s in _SIDES))
            found[style.get(_STYLE + "name", "")] = _Style(
                bold="bold" in _values(text, _FO + "font-weight"),
                struck=bool(set(_values(text, _STYLE + "text-line-through-style")) - {"none"}),
                centred="center" in _values(paragraph, _FO + "text-align"),
                bordered=bool(set(borders) - {"none"}),
                shown="false" not in _values(table, _TABLE + "display"),
            )
    return found


def _values(element: "_Element | None", *names: str) -> list[str]:
    return [] if element is None else [v for name in names if (v := element.get(name)) is not None]


def _sheet(table: "_Element", styles: dict[str, _Style]) -> Sheet:
    cells: list[ShownCell] = []
    hidden_rows: set[int] = set()
    number = 1
    for row in _ungrouped(table, _TABLE + "table-row"):
        repeated = _repeated(row, "number-rows-repeated")
        found = list(_cells(row, styles))
        for at in range(number, number + (min(repeated, _MOST_REPEATED) if found else 0)):
            cells += (ShownCell(at, *cell) for cell in found)
        if row.get(_TABLE + "visibility") in ("collapse", "filter"):
            hidden_rows |= set(range(number, number + min(repeated, _MOST_REPEATED)))
        number += repeated
        if len(cells) > _MOST_CELLS:
            raise PhulucError(FailureCode.TOO_LARGE, stage="read", limit="cells")
    name = table.get(_TABLE + "name", "")
    return Sheet(name, tuple(cells), {}, frozenset(hidden_rows), frozenset(_hidden_columns(table)))


def _cells(
    row: "_Element", styles: dict[str, _Style]
) -> Iterator[tuple[int, str, int, int, bool, bool, bool, bool]]:
    """What makes a `Cell` but for its row, of each cell with text or border."""
    col = 1
    for element in row:
        repeated = _repeated(element, "number-columns-repeated")
        style = styles.get(element.get(_TABLE + "style-name", ""), _Style())
        text = "\n".join(_printed(paragraph) for paragraph in element.iterfind(_TEXT + "p"))
        if element.tag == _TABLE + "table-cell" and (text.strip() or style.bordered):
            rows, cols = (
                min(_repeated(element, f"number-{way}-spanned"), _MOST_REPEATED)
                for way in ("rows", "columns")
            )
            for at in range(col, col + min(repeated, _MOST_REPEATED)):
                yield (
                    at, text, rows, cols, style.bold, style.struck, style.centred, style.bordered,
                )  # fmt: skip
        col += repeated


def _printed(paragraph: "_Element") -> str:
    """The text of a paragraph; comments are none of it."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag in (_TEXT + "s", _TEXT + "tab"):
            parts.append(" ")
        elif child.tag != _OFFICE + "annotation":
            parts.append(_printed(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _hidden_columns(table: "_Element") -> Iterator[int]:
    number = 1
    for column in _ungrouped(table, _TABLE + "table-column"):
        repeated = _repeated(column, "number-columns-repeated")
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            yield from range(number, number + min(repeated, _MOST_REPEATED))
        number += repeated


def _ungrouped(parent: "_Element", tag: str) -> Iterator["_Element"]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _GROUPS:
            yield from _ungrouped(element, tag)


def _repeated(element: "_Element", name: str) -> int:
    return max(1, whole(element.get(_TABLE + name)) or 1)
