"""Column edges: learned from the pages that show them, laid over the pages that do not.

A remainder of one cell, a rule that the scan lost or a streak that looks like one must not
change how many columns a table has. The edges that most pages agree on are the table's.
"""

import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct

from pipeline.tables.find import piece_of, words_in
from schemas.geometry import Box, union
from schemas.page import Page
from schemas.table import PageCell, PageTable

# In points: how far an edge may lie from where another page shows it, after registration.
EDGE_TOLERANCE = 7.0
_SAME_WIDTH = 0.03  # of the width: within this, pages are scaled onto each other, else shifted


class Registration(Struct, frozen=True):
    """Maps x of one part onto x of the reference: ``x' = scale * x + shift``."""

    scale: float
    shift: float

    def forward(self, x: float) -> float:
        """From the part to the reference."""
        return self.scale * x + self.shift

    def backward(self, x: float) -> float:
        """From the reference to the part."""
        return (x - self.shift) / self.scale


def register(part: PageTable, reference: PageTable) -> Registration:
    """Return how the columns of `part` lie over the reference's: by outer edges or best shift."""
    a0, a1 = part.col_edges[0], part.col_edges[-1]
    b0, b1 = reference.col_edges[0], reference.col_edges[-1]
    if abs((a1 - a0) - (b1 - b0)) <= _SAME_WIDTH * (b1 - b0):
        scale = (b1 - b0) / (a1 - a0)
        return Registration(scale, b0 - scale * a0)
    # One side is missing or a page is cut: the shift under which most edges meet.
    shifts = [y - x for x in part.col_edges for y in reference.col_edges]
    best = min(shifts, key=lambda s: (-_meeting(part, reference, Registration(1.0, s)), abs(s)))
    return Registration(1.0, best)


def _meeting(part: PageTable, reference: PageTable, registration: Registration) -> int:
    return sum(_near(registration.forward(x), reference.col_edges) for x in part.col_edges)


def _near(x: float, edges: Sequence[float]) -> bool:
    return any(abs(x - edge) <= EDGE_TOLERANCE for edge in edges)


def agreement(part: PageTable, reference: PageTable) -> float:
    """Return the share of column edges that two parts have in common, 0..1 (Dice)."""
    registration = register(part, reference)
    common = _meeting(part, reference, registration)
    return 2 * common / (len(part.col_edges) + len(reference.col_edges))


def common_edges(parts: Sequence[PageTable]) -> tuple[PageTable, tuple[float, ...]]:
    """Return the reference part and the table's column edges, in its points.

    The reference is the part with the usual number of columns and most rows. An edge counts
    where more than half of the rows show it; where just half do, the reference decides.
    Exact parts are put together only where they have the same columns (`judge_table_join`).
    """
    if parts[0].exact:
        return parts[0], parts[0].col_edges
    usual = statistics.mode(sorted(part.n_cols for part in parts for _ in range(part.n_rows)))
    reference = max(parts, key=lambda p: (p.n_cols == usual, p.n_rows, -p.page))
    votes: list[tuple[float, int]] = []
    total = sum(part.n_rows for part in parts)
    for part in parts:
        registration = register(part, reference)
        votes += [(registration.forward(x), part.n_rows) for x in part.col_edges]
    clusters: list[list[tuple[float, int]]] = []
    for vote in sorted(votes):
        if clusters and vote[0] - clusters[-1][-1][0] <= EDGE_TOLERANCE:
            clusters[-1].append(vote)
        else:
            clusters.append([vote])
    edges = [
        sum(x * rows for x, rows in cluster) / sum(rows for _, rows in cluster)
        for cluster in clusters
        if _is_agreed(cluster, total, reference)
    ]
    return reference, tuple(edges)


def _is_agreed(cluster: Sequence[tuple[float, int]], total: int, reference: PageTable) -> bool:
    votes = 2 * sum(rows for _, rows in cluster)
    return votes > total or (votes == total and any(x in reference.col_edges for x, _ in cluster))


def impose(page: Page, part: PageTable, reference: PageTable, edges: Sequence[float]) -> PageTable:
    """Return `part` on the table's column edges; a page that shows them all is given back as it is.

    Where the page lacks an edge, cells are cut there unless words stand across it; where it has
    one too many, the cells beside it are put together.
    """
    registration = register(part, reference)
    wanted = tuple(registration.backward(x) for x in edges)
    if (
        part.exact
        or _is_composed(part)
        or (len(wanted) == len(part.col_edges) and all(_near(x, part.col_edges) for x in wanted))
    ):
        return part
    col_of = _nearest_column(wanted)
    cells = []
    taken: set[tuple[int, int]] = set()
    for cell in part.cells:
        first, last = col_of(cell.piece.box.x0, True), col_of(cell.piece.box.x1, False)
        for start, end in _cut(page, part, cell, wanted, (first, max(first, last))):
            if (cell.row, start) in taken:
                continue  # the neighbour over a false edge has taken this place already
            taken |= {
                (r, c)
                for r in range(cell.row, cell.row + cell.row_span)
                for c in range(start, end + 1)
            }
            cells.append(_reread(page, cell, wanted, start, end))
    box = union([part.box, Box(wanted[0], part.box.top, wanted[-1], part.box.bottom)])
    return PageTable(part.page, box, wanted, part.row_edges, tuple(cells))


def _is_composed(part: PageTable) -> bool:
    """Whether a part was put together of several pages: its words cannot be read from one."""
    return any(cell.piece.page != part.page for cell in part.cells)


def _nearest_column(wanted: Sequence[float]) -> Callable[[float, bool], int]:
    """A function from x to the column that begins (or ends) at the edge nearest to it."""

    def column(x: float, left: bool) -> int:
        nearest = min(range(len(wanted)), key=lambda i: abs(wanted[i] - x))
        index = nearest if left else nearest - 1
        return min(max(index, 0), len(wanted) - 2)

    return column


def _cut(
    page: Page, part: PageTable, cell: PageCell, wanted: Sequence[float], span: tuple[int, int]
) -> list[tuple[int, int]]:
    """The runs of columns into which a cell falls: cut at edges that this page shows nowhere."""
    words = words_in(page, cell.piece.box)
    first, last = span
    runs, start = [], first
    for col in range(first, last):
        edge = wanted[col + 1]
        shown = _near(edge, part.col_edges)  # then the cell spans it on purpose
        across = any(w.box.x0 < edge - 1 and w.box.x1 > edge + 1 for w in words)
        if not shown and not across:
            runs.append((start, col))
            start = col + 1
    return [*runs, (start, last)]


def _reread(page: Page, cell: PageCell, wanted: Sequence[float], start: int, end: int) -> PageCell:
    old = cell.piece
    box = Box(wanted[start], old.box.top, wanted[end + 1], old.box.bottom)
    piece = piece_of(page, box, closed_top=old.closed_top, closed_bottom=old.closed_bottom)
    return PageCell(cell.row, start, cell.row_span, end - start + 1, piece)
