"""The grid of a Word table: which columns there are, and which cells cover what.

Word keeps an edge for every width that a row ever had. Edges that no cell uses, and edges that a
hand dragged a little aside in some rows, are no columns.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

_DRAGGED = 20.0  # points: edges this close, of which no row shows both, are one
_SLIVER = 6.0  # points: no column that holds text is narrower


class CellSpan(Struct, frozen=True):
    """A cell by its place, from 0; `key` tells cells apart, `filled` says whether it has text."""

    row: int
    col: int
    row_span: int
    col_span: int
    key: int
    filled: bool

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.col + self.col_span


def simplified(
    widths: Sequence[float], cells: Sequence[CellSpan]
) -> tuple[list[float], list[CellSpan]]:
    """Return the columns that the cells show, with their widths in points, and cells in them."""
    n_cols = max((cell.end for cell in cells), default=0)
    usual = sum(widths) / len(widths) if widths else _DRAGGED
    every = [*widths[:n_cols], *[usual] * (n_cols - len(widths))]
    places = list(accumulate(every, initial=0.0))
    used = sorted({edge for cell in cells for edge in (cell.col, cell.end)})
    stands_for = _merged(used, places, cells)
    kept = sorted(set(stands_for.values()))
    index = {edge: kept.index(target) for edge, target in stands_for.items()}
    moved = [
        replace(c, col=index[c.col], col_span=index[c.end] - index[c.col])
        for c in cells
        if index[c.end] > index[c.col]
    ]
    return [places[b] - places[a] for a, b in pairwise(kept)], moved


def _merged(
    used: Sequence[int], places: Sequence[float], cells: Sequence[CellSpan]
) -> Mapping[int, int]:
    """The edge that each used edge is taken for: itself, or one a little to its left."""
    rows_with = _rows_by_edge(cells)
    filled = {(cell.col, cell.end) for cell in cells if cell.filled}
    stands_for: dict[int, int] = {}
    merged: list[int] = []  # the edges that stand for one
    for edge in used:
        near = bool(merged) and places[edge] - places[merged[0]] <= _DRAGGED
        dragged = near and not any(rows_with[edge] & rows_with[other] for other in merged)
        sliver = (
            near
            and places[edge] - places[merged[0]] <= _SLIVER
            and not any((other, edge) in filled for other in merged)
        )
        merged = [*merged, edge] if dragged or sliver else [edge]
        stands_for[edge] = merged[0]
    return stands_for


def _rows_by_edge(cells: Sequence[CellSpan]) -> dict[int, set[int]]:
    """The rows in which a cell begins or ends at an edge."""
    rows: dict[int, set[int]] = defaultdict(set)
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[cell.col].add(row)
            rows[cell.end].add(row)
    return rows
