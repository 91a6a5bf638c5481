"""HTML that calls itself a Word document or a workbook: what web programs of offices export."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.language.text import clean
from pipeline.read.exact import (
    TEXT_WIDTH,
    Abreast,
    Block,
    ExactCell,
    ExactLine,
    ExactSection,
    ExactTable,
)
from pipeline.read.word.xml import whole
from pipeline.tables.header_words import is_header
from schemas.failure import FailureCode, PhulucError
from schemas.table import CellAddress

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST = 50 << 20  # bytes
_MOST_SPANNED = 63
_USUAL_WIDTH = 80.0  # points of a column: HTML seldom says
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "select"})
_BREAKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "center", "hr"}
)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"s", "strike", "del"})


def read_html(path: Path, *, archived: bool = False) -> list[ExactSection]:
    """Return what a page of HTML holds, one in a web archive (MHTML) where it is `archived`.

    Raises PhulucError where it holds nothing.
    """
    from lxml import html  # noqa: PLC0415  only such files need it

    with path.open("rb") as file:
        data = file.read(_LARGEST)
    if archived:
        data = _archived(data)
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    except (ValueError, html.etree.ParserError) as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=str(error)) from error
    return [ExactSection(TEXT_WIDTH, tuple(_Page().blocks(root)))]


def _archived(data: bytes) -> bytes:
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) else b""
    return b""


class _Page:
    """Walks a page once: blocks of text are lines, the tables among them are tables."""

    def __init__(self) -> None:
        self._tables = 0

    def blocks(self, root: "_Element") -> Iterator[Block]:
        """Yield the lines and tables below an element."""
        for piece in _pieces(root):
            if isinstance(piece, ExactLine):
                yield piece
            else:
                yield from self._table(piece)

    def _table(self, element: "_Element") -> Iterator[Block]:
        self._tables += 1
        at = self._tables
        rows = [row for row in element.iter("tr") if _owner(row) is element]
        cells = list(_cells(rows, at))
        first = [" ".join(line.text for line in cell.lines) for cell in cells if cell.row == 0]
        known = len(first) > 1 and is_header(first)
        if known or (len(first) > 1 and element.get("border", "0") not in ("", "0")):
            n_cols = max(cell.col + cell.col_span for cell in cells)
            yield ExactTable((_USUAL_WIDTH,) * n_cols, tuple(cells))
            return
        for row in rows:  # it only sets texts side by side, perhaps with tables in them
            below = [list(self.blocks(cell)) for cell in row if cell.tag in ("td", "th")]
            columns = [tuple(b for b in blocks if isinstance(b, ExactLine)) for blocks in below]
            columns = [column for column in columns if column]
            yield from columns[0] if len(columns) == 1 else ()
            if len(columns) > 1:
                yield Abreast(tuple(columns))
            yield from (b for blocks in below for b in blocks if not isinstance(b, ExactLine))


def _owner(row: "_Element") -> "_Element | None":
    return next(row.iterancestors("table"), None)


def _cells(rows: "list[_Element]", table: int) -> Iterator[ExactCell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        col = 0
        for cell in element:
            if cell.tag not in ("td", "th"):
                continue
            while (row, col) in taken:
                col += 1
            row_span, col_span = (
                min(max(whole(cell.get(way)) or 1, 1), _MOST_SPANNED)
                for way in ("rowspan", "colspan")
            )
            row_span = min(row_span, len(rows) - row)
            taken |= {(row + i, col + j) for i in range(row_span) for j in range(col_span)}
            lines = tuple(_lines(cell, bold=cell.tag == "th"))
            address = CellAddress(row + 1, col + 1, table=table)
            yield ExactCell(row, col, row_span, col_span, lines, address)
            col += col_span


def _lines(element: "_Element", *, bold: bool) -> Iterator[ExactLine]:
    """The lines of a cell; a table in it is a line a row of it."""
    for piece in _pieces(element, bold=bold):
        if isinstance(piece, ExactLine):
            yield piece
        else:
            for row in piece.iter("tr"):
                text = clean(" ".join(str(text) for text in row.itertext()))
                if text:
                    yield ExactLine(text, bold=bold)


def _pieces(root: "_Element", *, bold: bool = False) -> "Iterator[ExactLine | _Element]":
    """Lines of text, and tables, in their order."""
    gathered: list[tuple[str, bool]] = []

    def line() -> Iterator[ExactLine]:
        text = clean("".join(part for part, _ in gathered))
        strong = sum(len(part.strip()) for part, heavy in gathered if heavy)
        whole_length = sum(len(part.strip()) for part, _ in gathered)
        gathered.clear()
        if text:
            yield ExactLine(text, bold=2 * strong > whole_length)

    def walk(element: "_Element", *, heavy: bool) -> "Iterator[ExactLine | _Element]":
        gathered.append((element.text or "", heavy))
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else "comment"
            if tag == "table":
                yield from line()
                yield child
            elif tag in _BREAKS:
                yield from line()
                yield from walk(child, heavy=heavy or tag in _BOLD)
                yield from line()
            elif tag not in _SILENT | _STRUCK and tag != "comment":
                yield from walk(child, heavy=heavy or tag in _BOLD)
            gathered.append((child.tail or "", heavy))

    yield from walk(root, heavy=bold)
    yield from line()
