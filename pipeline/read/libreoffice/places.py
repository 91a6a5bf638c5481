"""Puts the places of a rendering to cells that are known exactly: by order, guarded by likeness.

The rows come from the file itself; where the rendering shows another text, it has no say, and the
cell has no place on a page.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace
from rapidfuzz import fuzz

from pipeline.read.libreoffice.tagged import TaggedCell, read_tagged
from schemas.reading import ExactTables, Reading
from schemas.table import PageCell, PageTable, Shown

_ALIKE = 70.0  # rapidfuzz's ratio of two texts without their spaces
_ALIKE_TABLES = 0.8  # share of their cells
_COMPARED = 200  # characters
_PASSED_OVER = 4  # cells: struck text is printed, and no text of its cell


def with_places(reading: Reading, rendering: Path) -> Reading:
    """Return a reading of exact tables with the place of each cell in a tagged PDF."""
    if reading.exact is None:
        return reading
    try:
        tagged = read_tagged(rendering)
    except Exception:  # pdfminer and pdfium raise whatever a damaged file meets: no places
        return reading
    rest = list(tagged.tables)
    tables = {
        page: tuple(_placed(table, rest) for table in found)
        for page, found in reading.exact.tables.items()
    }
    exact = ExactTables(tables, reading.exact.outside)
    return replace(reading, exact=exact, rendered_pages=tagged.pages)


def _placed(table: PageTable, rest: list[tuple[TaggedCell, ...]]) -> PageTable:
    """Place the cells of a table by the first of the rest that is alike; those before are none."""
    filled = sorted((c for c in table.cells if c.piece.lines), key=lambda c: (c.row, c.col))
    for i, shown in enumerate(rest):
        places = _matched(filled, shown)
        if places and len(places) >= _ALIKE_TABLES * max(len(filled), len(shown)):
            del rest[: i + 1]
            return replace(table, cells=tuple(_with(places, table.cells)))
    return table


def _matched(
    filled: Sequence[PageCell], shown: Sequence[TaggedCell]
) -> dict[tuple[int, int], Shown]:
    """The places of cells in their order; a few that only one of the two has are passed over."""
    places = {}
    at = 0
    for cell in filled:
        for there in range(at, min(at + _PASSED_OVER, len(shown))):
            if _same(cell, shown[there]):
                places[cell.row, cell.col] = Shown(shown[there].page, shown[there].box)
                at = there + 1
                break
    return places


def _with(places: dict[tuple[int, int], Shown], cells: Sequence[PageCell]) -> Iterator[PageCell]:
    for cell in cells:
        shown = places.get((cell.row, cell.col))
        yield replace(cell, piece=replace(cell.piece, shown=shown)) if shown else cell


def _same(cell: PageCell, there: TaggedCell) -> bool:
    text = "".join(cell.piece.text.split())
    return fuzz.ratio(text[:_COMPARED], there.text[:_COMPARED]) >= _ALIKE
