"""Tables with level rules only, or upright ones only: the missing edges from where text stands."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.tables.grid import Grid, GridCell
from schemas.geometry import Box

Span = tuple[float, float]

# In points.
_GAP = 5.0  # white that parts two columns
_WORD_SPACE = 4.5
_NARROWEST = 14.0
_FEWEST_COLUMNS = 3
# A column's gap may be crossed in this share of the rows: headings run across.
_CROSSED = 0.25


def with_columns(grid: Grid, text: Sequence[Sequence[Span]], unit: float = 1.0) -> Grid | None:
    """Return a grid of one column divided where no text stands; None where that is no table.

    `text` holds for each row of the grid the extents (x0, x1) of its words or marks.
    """
    xs = column_edges(text, (grid.xs[0], grid.xs[-1]), unit)
    return with_edges(grid, xs, text, unit) if xs else None


def column_edges(
    text: Sequence[Sequence[Span]], extent: Span, unit: float = 1.0
) -> tuple[float, ...] | None:
    """Return where columns part within `extent`, its ends included; None where that is no table.

    `text` holds for each row the extents (x0, x1) of what stands in it. Columns part where at
    least three quarters of the rows leave white of 5 pt, and there must be three of them. A row
    of but one stretch of text, a heading perhaps, says nothing of where columns part.
    """
    runs = [_bridged(row, _WORD_SPACE * unit) for row in text]
    rows = [row for row in runs if len(row) > 1] or [row for row in runs if row]
    if not rows:
        return None
    gaps = _shared_gaps(extent, rows, unit)
    xs = (extent[0], *((a + b) / 2 for a, b in gaps), extent[1])
    return xs if len(xs) > _FEWEST_COLUMNS else None


def with_edges(
    grid: Grid, xs: Sequence[float], text: Sequence[Sequence[Span]], unit: float = 1.0
) -> Grid:
    """Return a grid of one column on the column edges `xs`; text that crosses one keeps its cell
    whole."""
    cells = []
    for row, spans in enumerate(text):
        runs = _bridged(spans, _WORD_SPACE * unit)
        cells += _row_cells(xs, grid.ys[row], grid.ys[row + 1], row, runs)
    return Grid(tuple(xs), grid.ys, tuple(cells))


def _bridged(spans: Sequence[Span], space: float) -> list[Span]:
    """Extents put together where no more than the space between words parts them."""
    bridged: list[Span] = []
    for x0, x1 in sorted(spans):
        if bridged and x0 - bridged[-1][1] <= space:
            bridged[-1] = (bridged[-1][0], max(bridged[-1][1], x1))
        else:
            bridged.append((x0, x1))
    return bridged


def _shared_gaps(extent: Span, rows: Sequence[Sequence[Span]], unit: float) -> list[Span]:
    """The stretches within the table that few rows set text in."""
    step = unit
    count = int((extent[1] - extent[0]) / step) + 1
    covered = [0] * count
    for row in rows:
        marked = [False] * count
        for x0, x1 in row:
            first = max(0, int((x0 - extent[0]) / step))
            for i in range(first, min(count, int((x1 - extent[0]) / step) + 1)):
                marked[i] = True
        covered = [c + m for c, m in zip(covered, marked, strict=True)]
    limit = _CROSSED * len(rows)
    gaps, start = [], None
    for i, rows_here in enumerate([*covered, len(rows) + 1]):
        if rows_here <= limit:
            start = i if start is None else start
        elif start is not None:
            a, b = extent[0] + start * step, extent[0] + i * step
            # Numbers are narrower than their column: how wide it is tells the middle of the white.
            wide = a > extent[0] and (a + b) / 2 > extent[0] + _NARROWEST * unit
            inner = wide and b < extent[1] - _NARROWEST * unit
            if b - a >= _GAP * unit and inner:
                first, end = _whitest(covered, start, i)
                gaps.append((extent[0] + first * step, extent[0] + end * step))
            start = None
    return gaps


def _whitest(covered: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The white in which the edge is set: all of it, unless fewer rows cross some part of it than
    its middle, as where one header is wider than the numbers below it."""
    least = min(covered[start:end])
    if covered[(start + end) // 2] == least:
        return start, end
    runs = []
    for rows_here, part in groupby(range(start, end), key=lambda at: covered[at]):
        places = list(part)
        if rows_here == least:
            runs.append((places[0], places[-1] + 1))
    return max(runs, key=lambda run: run[1] - run[0])


def _row_cells(
    xs: Sequence[float], top: float, bottom: float, row: int, spans: Sequence[Span]
) -> list[GridCell]:
    """The cells of a row, put together where text stands across an edge."""
    cells, start = [], 0
    for col in range(1, len(xs)):
        edge = xs[col]
        last = col == len(xs) - 1
        if last or not any(x0 < edge < x1 for x0, x1 in spans):
            box = Box(xs[start], top, edge, bottom)
            cells.append(GridCell(row, start, 1, col - start, box, True, True))
            start = col
    return cells


def with_rows(grid: Grid, row: int, heights: Sequence[float]) -> Grid:
    """Return the grid with one of its rows divided at some heights."""
    top, bottom = grid.ys[row], grid.ys[row + 1]
    cuts = [y for y in heights if top < y < bottom]
    ys = (*grid.ys[: row + 1], *cuts, *grid.ys[row + 1 :])
    cells = []
    for cell in grid.cells:
        if cell.row < row < cell.row + cell.row_span or (cell.row == row and cell.row_span > 1):
            return grid  # merged over the row: then its rows are ruled after all
        if cell.row < row:
            cells.append(cell)
        elif cell.row > row:
            cells.append(_moved(cell, len(cuts)))
        else:
            cells += _divided(cell, [top, *cuts, bottom])
    return Grid(grid.xs, ys, tuple(cells))


def _moved(cell: GridCell, by: int) -> GridCell:
    return GridCell(
        cell.row + by, cell.col, cell.row_span, cell.col_span, cell.box,
        cell.closed_top, cell.closed_bottom,
    )  # fmt: skip


def _divided(cell: GridCell, ys: Sequence[float]) -> list[GridCell]:
    pieces = []
    last = len(ys) - 2
    for i, (top, bottom) in enumerate(pairwise(ys)):
        box = Box(cell.box.x0, top, cell.box.x1, bottom)
        closed_top = cell.closed_top if i == 0 else True
        closed_bottom = cell.closed_bottom if i == last else True
        pieces.append(
            GridCell(cell.row + i, cell.col, 1, cell.col_span, box, closed_top, closed_bottom)
        )
    return pieces
