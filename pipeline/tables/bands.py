"""What stands over and under a table within one border with it: a title, a page number, a foot.

Where the border of a page runs along the sides of its table, all of the page is one grid, and a
spreadsheet's title is often a row of its table. Such bands are no rows.
"""

from msgspec.structs import replace

from pipeline.language.page_numbers import page_number
from pipeline.tables.header_words import is_header
from schemas.geometry import Box
from schemas.table import PageCell, PageTable

_TALL = 60.0  # points: a foot is taller than a heading of the table


def without_bands(table: PageTable) -> PageTable:
    """Return a table without the rows above its header, or about it, that are none of it."""
    first, last = 0, table.n_rows
    bands = [_band(table, row) for row in range(table.n_rows)]
    while first < last - 1 and bands[first] is not None:
        first += 1
    titled = first > 0 and _is_header(table, first)
    if not titled:
        first = 0
        while first < last - 1 and _is_numbered(bands[first]):
            first += 1
    foot = bands[last - 1]
    if last - first > 1 and foot is not None:
        tall = titled and foot.piece.box.height >= _TALL
        last -= tall or _is_numbered(foot)
    return table if (first, last) == (0, table.n_rows) else _rows(table, first, last)


def _band(table: PageTable, row: int) -> PageCell | None:
    """The one cell of a row that runs across all columns, if that is all of it."""
    cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    return cells[0] if len(cells) == 1 and cells[0].row_span == 1 and table.n_cols > 1 else None


def _is_header(table: PageTable, row: int) -> bool:
    texts = [c.piece.text.replace("\n", " ") for c in table.cells if c.row == row]
    filled = [text for text in texts if text]
    return len(filled) > 1 and is_header(filled)


def _is_numbered(band: PageCell | None) -> bool:
    return band is not None and page_number(band.piece.text) is not None


def _rows(table: PageTable, first: int, last: int) -> PageTable:
    edges = table.row_edges[first : last + 1]
    cells = tuple(
        replace(cell, row=cell.row - first) for cell in table.cells if first <= cell.row < last
    )
    box = Box(table.box.x0, edges[0], table.box.x1, edges[-1])
    return replace(table, box=box, row_edges=edges, cells=cells)
