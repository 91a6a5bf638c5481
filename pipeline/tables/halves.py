"""Two halves of one list beside each other within one border: the right one goes on below.

"TT | Nội dung | Chủ trì | TT | Nội dung | Chủ trì" saves paper. Each half is a table of its own,
and the header says that they are the same.
"""

from msgspec.structs import replace

from pipeline.language.text import fold
from pipeline.tables.header_words import heads_numbers
from schemas.geometry import Box
from schemas.table import PageTable

_FEWEST = 3  # columns of a half


def as_halves(table: PageTable) -> list[PageTable]:
    """Return the two halves of a table whose header stands there twice, or the table alone."""
    middle = table.n_cols // 2
    if table.n_cols % 2 or middle < _FEWEST:
        return [table]
    if any(cell.col < middle < cell.col + cell.col_span for cell in table.cells):
        return [table]
    header = {
        cell.col: fold(cell.piece.text.replace("\n", " ")) for cell in table.cells if cell.row == 0
    }
    twice = all(header.get(col) == header.get(col + middle) for col in range(middle))
    if not twice or not heads_numbers(header.get(0, "")):
        return [table]
    return [_columns(table, 0, middle), _columns(table, middle, table.n_cols)]


def _columns(table: PageTable, first: int, end: int) -> PageTable:
    edges = table.col_edges[first : end + 1]
    cells = tuple(
        replace(cell, col=cell.col - first) for cell in table.cells if first <= cell.col < end
    )
    box = Box(edges[0], table.box.top, edges[-1], table.box.bottom)
    return replace(table, box=box, col_edges=edges, cells=cells)
