"""The cells of a tagged PDF: which table each belongs to, and where its text stands.

The tree of structure names for each cell the marked contents that are its text; the pages say where
these stand. A cell whose text runs over a page break is one cell with a place on each page.
"""

import ctypes
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.read.pdf.pdfium import opened
from schemas.geometry import Box, union

_CELLS = frozenset({"TD", "TH"})
_DEEPEST = 200
_LONGEST = 4096  # characters of one text object


class TaggedCell(Struct, frozen=True):
    """A cell with text: that without its spaces, and its box on the first of its pages."""

    text: str
    page: int
    box: Box


class TaggedPdf(Struct, frozen=True):
    """A rendering: its number of pages, and the cells of its tables in the order of the file."""

    pages: int
    tables: tuple[tuple[TaggedCell, ...], ...]


_Marked = tuple[int, int]  # a page, and the number of a marked content on it


def read_tagged(path: Path) -> TaggedPdf:
    """Return the cells of a tagged PDF.

    Raises PSException or PdfiumError (both plain Exceptions) for one that is damaged.
    """
    numbers, tables = _structure(path)
    wanted = {number for table in tables for cell in table for number, _ in cell}
    shown = _shown(path, wanted)
    return TaggedPdf(
        numbers,
        tuple(
            tuple(found for cell in table if (found := _cell(cell, shown)) is not None)
            for table in tables
        ),
    )


def _structure(path: Path) -> tuple[int, list[list[list[_Marked]]]]:
    """The number of pages, and the marks of each cell of each table."""
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415  only for renderings
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        numbers = {page.pageid: i for i, page in enumerate(PDFPage.create_pages(document), 1)}
        tree = _Tree(numbers)
        tree.walk(document.catalog.get("StructTreeRoot"), 0, None, (), 0)
        return len(numbers), tree.tables


class _Tree:
    """Gathers the cells of tables on a walk down the tree of structure."""

    def __init__(self, pages: Mapping[object, int]) -> None:
        self._pages = pages
        self.tables: list[list[list[_Marked]]] = []

    def walk(
        self,
        element: Any,
        page: int,
        table: list[list[_Marked]] | None,
        inside: tuple[list[_Marked], ...],
        depth: int,
    ) -> None:
        """Go down from an element on a page, in the cells `inside`, the innermost in `table`."""
        from pdfminer.pdftypes import resolve1  # noqa: PLC0415

        element = resolve1(element)
        if depth > _DEEPEST:
            return
        if isinstance(element, int):
            for cell in inside:
                cell.append((page, element))
        elif isinstance(element, list):
            for kid in element:
                self.walk(kid, page, table, inside, depth + 1)
        elif isinstance(element, dict):
            # A number takes the nearest page above it, a reference to marked content its own.
            page = self._pages.get(getattr(element.get("Pg"), "objid", 0), page)
            kind = getattr(resolve1(element.get("S")), "name", "")
            if kind == "Table":
                table = []
                self.tables.append(table)
            elif kind in _CELLS and table is not None:
                table.append([])
                inside = (*inside, table[-1])
            below = element["MCID"] if "MCID" in element else element.get("K")
            self.walk(below, page, table, inside, depth + 1)


def _shown(path: Path, pages: set[int]) -> dict[_Marked, tuple[str, Box]]:
    """Text and box of each marked content on those pages."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  only for renderings

    texts: dict[_Marked, list[str]] = defaultdict(list)
    boxes: dict[_Marked, list[Box]] = defaultdict(list)
    with opened(path) as document:
        for number in sorted(pages):
            page = document[number - 1]
            height = page.get_height()
            text_page = page.get_textpage()
            for each in page.get_objects():
                mark = pdfium.FPDFPageObj_GetMarkedContentID(each.raw)
                if mark < 0 or each.type != pdfium.FPDF_PAGEOBJ_TEXT:
                    continue
                text = _text(pdfium, each.raw, text_page.raw)
                if text:
                    x0, low, x1, high = each.get_bounds()
                    texts[number, mark].append(text)
                    boxes[number, mark].append(Box(x0, height - high, x1, height - low))
            text_page.close()
            page.close()
    return {mark: ("".join(texts[mark]), union(boxes[mark])) for mark in texts}


def _text(pdfium: Any, raw: Any, text_page: Any) -> str:
    """The text of an object without its spaces; what a hyphen at a line's end is, is left out."""
    size = pdfium.FPDFTextObj_GetText(raw, text_page, None, 0)
    buffer = ctypes.create_string_buffer(min(size, _LONGEST))
    pdfium.FPDFTextObj_GetText(
        raw, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer)
    )
    text = buffer.raw.decode("utf-16-le", "replace").partition("\0")[0]
    return "".join(text.replace("\x02", "").split())


def _cell(marks: Sequence[_Marked], shown: Mapping[_Marked, tuple[str, Box]]) -> TaggedCell | None:
    """A cell with its text, and its box on the first of its pages; None for an empty one."""
    found = [(page, *shown[page, mark]) for page, mark in marks if (page, mark) in shown]
    if not found:
        return None
    first = min(page for page, _, _ in found)
    box = union(box for page, _, box in found if page == first)
    return TaggedCell("".join(text for _, text, _ in found), first, box)
