"""Places of a page that are in doubt, told by the cells that they lie in."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from schemas.page import Page, PlaceDoubt
from schemas.table import PageCell, PageTable


def with_doubts(page: Page, table: PageTable) -> PageTable:
    """Return a table of a page whose cells know what is in doubt within them."""

    def marked(cell: PageCell) -> PageCell:
        inside = (d.code for d in page.doubts if cell.piece.box.contains(*d.box.center))
        doubts = tuple(dict.fromkeys(inside))
        return replace(cell, piece=replace(cell.piece, doubts=doubts)) if doubts else cell

    return replace(table, cells=tuple(map(marked, table.cells)))


def doubts_outside(page: Page, tables: Sequence[PageTable]) -> Iterator[PlaceDoubt]:
    """Yield what is in doubt on a page and lies in none of its tables; struck-out words as well."""
    boxes = [table.box for table in tables]
    struck = (PlaceDoubt("text_struck", word.box, word.text) for word in page.struck)
    for doubt in (*page.doubts, *struck):
        if not any(box.contains(*doubt.box.center) for box in boxes):
            yield doubt
