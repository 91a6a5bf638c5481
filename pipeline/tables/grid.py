"""Rules into grids: which lines make a table, and what cells they bound.

Works on bare boxes in any unit as long as `unit` says how many of it make a point, so that the
reader can ask before OCR where the cells are, in pixels, and the tables stage again in points.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.tables.segments import (
    SAME_EDGE,
    TOUCH,
    LineSegment,
    merged,
    without_loose,
    without_overhang,
)
from schemas.geometry import Box, union

# In points.
_SHORTEST_TABLE = 10.0
_NARROWEST_TABLE = 60.0
_WIDE_TABLE = 300.0  # level rules alone make a table from this width on
# An edge counts as drawn between two cells where rules cover this share of it.
_COVERED = 0.6
# Upright rules that end together, so many of them and such a share, imply a level edge.
_FEWEST_ENDS, _TOGETHER = 3, 0.4
# An upright edge of a low row, in points: letters of a heading may stand on it, but reach neither
# of its ends.
_LOW_ROW, _BARE = 24.0, 3.0
_LOWEST_ROW = 6.0  # points: no text is lower


class GridCell(Struct, frozen=True):
    """A cell: its place and span in the grid, its box, and whether its top and bottom are drawn."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    closed_top: bool
    closed_bottom: bool


class Grid(Struct, frozen=True):
    """A ruled table: the positions of its column and row edges, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """The outline of the table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_grids(rules: Iterable[Box], unit: float = 1.0) -> list[Grid]:
    """Return the ruled tables among the rules of a page, top to bottom.

    A ruled table needs at least two level rules and two upright ones that meet. Level rules of
    one length without any upright ones may be a table, too: it comes back as a grid of one column
    (see `unruled`). `unit` is how many units of the boxes make one point.
    """
    level, upright = [], []
    for box in rules:
        x, y = box.center
        if box.width >= box.height:
            level.append(LineSegment(y, box.x0, box.x1))
        else:
            upright.append(LineSegment(x, box.top, box.bottom))
    upright = merged(upright, unit)
    level = merged(level, unit, upright)
    groups = _connected(level, upright, unit)
    ruled = [group for group in groups if len(group[0]) >= 2 and len(group[1]) >= 2]
    used = {id(segment) for group in ruled for side in group for segment in side}
    level_left = [s for s in level if id(s) not in used]
    upright_left = [s for s in upright if id(s) not in used]
    open_groups = _overlapping(level_left, upright_left, unit)
    found = (_grid(across, down, unit) for across, down in [*ruled, *open_groups])
    grids = [grid for grid in found if grid is not None]
    grids += _level_only(level_left, unit)
    return sorted(_outermost(grids), key=lambda g: (g.ys[0], g.xs[0]))


def _alike(level: Iterable[LineSegment], unit: float) -> list[list[LineSegment]]:
    """Group level rules as wide as a table that begin and end alike."""
    groups: list[list[LineSegment]] = []
    near = 2 * SAME_EDGE * unit
    for segment in sorted(level, key=lambda s: s.at):
        if segment.end - segment.start < _WIDE_TABLE * unit:
            continue
        for group in groups:
            first = group[0]
            if abs(first.start - segment.start) <= near and abs(first.end - segment.end) <= near:
                group.append(segment)
                break
        else:
            groups.append([segment])
    return groups


def _level_only(level: Sequence[LineSegment], unit: float) -> list[Grid]:
    """Grids of one column between level rules that begin and end alike."""
    grids = []
    for group in _alike(level, unit):
        ys = tuple(segment.at for segment in group)
        if len(ys) < 2 or ys[-1] - ys[0] < _SHORTEST_TABLE * unit:
            continue
        xs = (min(s.start for s in group), max(s.end for s in group))
        bands = pairwise(ys)
        cells = [
            GridCell(i, 0, 1, 1, Box(xs[0], a, xs[1], b), True, True)
            for i, (a, b) in enumerate(bands)
        ]
        grids.append(Grid(xs, ys, tuple(cells)))
    return grids


def _overlapping(
    level: Sequence[LineSegment], upright: Sequence[LineSegment], unit: float
) -> list[tuple[list[LineSegment], list[LineSegment]]]:
    """Group upright rules that stand beside each other, where hardly any level ones meet them.

    At least four, over the width of a table; headings that run across may interrupt them.
    """
    groups: list[list[LineSegment]] = []
    bottom = 0.0
    for segment in sorted((s for s in upright if _is_long(s, unit)), key=lambda s: s.start):
        if groups and segment.start < bottom:
            groups[-1].append(segment)
        else:
            groups.append([segment])
        bottom = max(bottom, segment.end) if len(groups[-1]) > 1 else segment.end
    tables = []
    for group in groups:
        xs = _clustered([s.at for s in group], unit)
        if len(xs) < 4 or xs[-1] - xs[0] < _WIDE_TABLE * unit:
            continue
        top, end = min(s.start for s in group), max(s.end for s in group)
        touch = TOUCH * unit
        tables.append(([s for s in level if top - touch <= s.at <= end + touch], group))
    return tables


def _is_long(segment: LineSegment, unit: float) -> bool:
    return segment.end - segment.start >= _SHORTEST_TABLE * unit


def _implied_levels(
    across: Sequence[LineSegment], down: Sequence[LineSegment], unit: float
) -> list[LineSegment]:
    """Level edges where no rule is drawn but upright ones end or begin together.

    Where level rules are left out, a heading that runs across still interrupts the upright ones.
    At the head and the foot of the table the edge is open: as a segment it has no length.
    """
    xs = _clustered([d.at for d in down], unit)
    top, bottom = min(d.start for d in down), max(d.end for d in down)
    known = [a.at for a in across]
    implied = []
    for ends in ([d.start for d in down], [d.end for d in down]):
        near = SAME_EDGE * unit
        for y in _clustered(ends, unit):
            together = sum(abs(end - y) <= near for end in ends)
            drawn = any(abs(y - at) <= 2 * near for at in known)
            if not drawn and together >= max(_FEWEST_ENDS, _TOGETHER * len(xs)):
                outer = min(y - top, bottom - y) <= near
                implied.append(LineSegment(y, xs[0], xs[0] if outer else xs[-1]))
    return implied


def _connected(
    level: Sequence[LineSegment], upright: Sequence[LineSegment], unit: float
) -> list[tuple[list[LineSegment], list[LineSegment]]]:
    """Group rules that meet, directly or through others."""
    touch = TOUCH * unit
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(level):
        for j, d in enumerate(upright):
            if (
                a.start - touch <= d.at <= a.end + touch
                and d.start - touch <= a.at <= d.end + touch
            ):
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[LineSegment], list[LineSegment]]] = {}
    for i, a in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(a)
    for j, d in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(d)
    return list(groups.values())


def _grid(across: list[LineSegment], down: list[LineSegment], unit: float) -> Grid | None:
    if across:
        across, down = without_overhang(across, down, unit)
        across, down = without_loose(across, down, unit)
    if len(down) < 2:
        return None
    across = [*across, *_implied_levels(across, down, unit)]
    if len(across) < 2 or len(down) < 2:
        return None
    xs = _edges([d.at for d in down], [a.start for a in across], [a.end for a in across], unit)
    ys = _edges([a.at for a in across], [d.start for d in down], [d.end for d in down], unit)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if xs[-1] - xs[0] < _NARROWEST_TABLE * unit or ys[-1] - ys[0] < _SHORTEST_TABLE * unit:
        return None
    xs, ys = _bounding(xs, ys, across, down, unit)
    return Grid(xs, ys, _cells(xs, ys, across, down, unit))


def _bounding(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    across: Sequence[LineSegment],
    down: Sequence[LineSegment],
    unit: float,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The edges without inner ones that bound no cell: a piece of a seal's ring is no rule.

    Nor is a level line that leaves no room for text beside a longer one: the heads of capitals.
    """
    reach = {y: sum(b - a for a, b in pairwise(xs) if _is_level(across, y, a, b, unit)) for y in ys}
    level = [
        y
        for y in ys[1:-1]
        if reach[y]
        and not any(0 < abs(y - z) < _LOWEST_ROW * unit and reach[z] > reach[y] for z in ys)
    ]
    inner = [x for x in xs[1:-1] if any(_is_upright(down, x, a, b, unit) for a, b in pairwise(ys))]
    return (xs[0], *inner, xs[-1]), (ys[0], *level, ys[-1])


def _edges(
    ats: Sequence[float], starts: Sequence[float], ends: Sequence[float], unit: float
) -> tuple[float, ...]:
    """Cluster positions into edges; where rules run on beyond the last, the table is open."""
    edges = _clustered(ats, unit)
    open_by = 2 * SAME_EDGE * unit
    # Two rules at least must reach that far: one alone may stick out by accident.
    first, last = sorted(starts)[:2][-1], sorted(ends)[-2:][0]
    if first < edges[0] - open_by:
        edges.insert(0, first)
    if last > edges[-1] + open_by:
        edges.append(last)
    return tuple(edges)


def _clustered(ats: Sequence[float], unit: float) -> list[float]:
    """The middles of positions that lie together."""
    positions = sorted(ats)
    clusters = [[positions[0]]]
    for at in positions[1:]:
        if at - clusters[-1][-1] <= SAME_EDGE * unit:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    return [sum(c) / len(c) for c in clusters]


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    across: Sequence[LineSegment],
    down: Sequence[LineSegment],
    unit: float,
) -> tuple[GridCell, ...]:
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    level = [[_is_level(across, y, a, b, unit) for a, b in pairwise(xs)] for y in ys]
    upright = [[_is_upright(down, x, a, b, unit) for a, b in pairwise(ys)] for x in xs]
    taken = [[False] * n_cols for _ in range(n_rows)]
    cells = []
    for r in range(n_rows):
        for c in range(n_cols):
            if taken[r][c]:
                continue
            right = c + 1
            while right < n_cols and not upright[right][r] and not taken[r][right]:
                right += 1
            below = r + 1
            while below < n_rows and _runs_on(level, upright, below, c, right):
                below += 1
            for i in range(r, below):
                taken[i][c:right] = [True] * (right - c)
            box = Box(xs[c], ys[r], xs[right], ys[below])
            closed = (all(level[r][c:right]), all(level[below][c:right]))
            cells.append(GridCell(r, c, below - r, right - c, box, *closed))
    return tuple(cells)


def _runs_on(
    level: Sequence[Sequence[bool]], upright: Sequence[Sequence[bool]], row: int, c: int, right: int
) -> bool:
    """Whether the cell over columns c..right reaches down into `row`: no rule on top or within."""
    return not any(level[row][c:right]) and not any(upright[x][row] for x in range(c + 1, right))


def _is_level(
    across: Sequence[LineSegment], y: float, start: float, end: float, unit: float
) -> bool:
    """Whether a rule is drawn along a level edge between two upright ones."""
    return _bare(across, y, start, end, unit) <= (1 - _COVERED) * (end - start)


def _is_upright(
    down: Sequence[LineSegment], x: float, start: float, end: float, unit: float
) -> bool:
    """Whether a rule is drawn along an upright edge between two level ones."""
    return _bare(down, x, start, end, unit) <= _may_be_bare(end - start, unit)


def _may_be_bare(height: float, unit: float) -> float:
    """Over which length an upright edge may be without a rule and still be one."""
    share = (1 - _COVERED) * height
    return min(share, _BARE * unit) if height < _LOW_ROW * unit else share


def _bare(
    segments: Sequence[LineSegment], at: float, start: float, end: float, unit: float
) -> float:
    """The length of an edge over which no rule is drawn."""
    covered = sum(
        max(0.0, min(s.end, end) - max(s.start, start))
        for s in segments
        if abs(s.at - at) <= SAME_EDGE * unit
    )
    return end - start - covered


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Leave out frames around tables, and what lies in a cell: that is no table of its own."""

    def within(a: Grid, b: Grid) -> bool:
        x, y = a.box.center
        return a.box != b.box and b.box.contains(x, y) and union([a.box, b.box]) == b.box

    def is_frame(grid: Grid) -> bool:
        return len(grid.cells) == 1 and any(within(other, grid) for other in grids)

    tables = [grid for grid in grids if not is_frame(grid)]
    return [g for g in tables if not any(within(g, other) for other in tables)]
