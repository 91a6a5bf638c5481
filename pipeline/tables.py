"""The tables of one page: rules into grids, words into their cells."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.grid import Grid, GridCell, find_grids
from pipeline.lines import COLUMN_GAP, group_lines
from pipeline.markers import marker_alone
from pipeline.unruled import RowStart, with_columns, with_rows
from schemas.geometry import Box
from schemas.stages import Page, PageCell, PageTable, Piece, TextLine, Word

_APART = 6.0  # points: twice the space between words of 12 pt
_SAME_HEIGHT = 4.0  # points: lines of two columns that begin a row together


def find_tables(page: Page) -> list[PageTable]:
    """Return the tables of a page with two columns or more, top to bottom.

    A short one is never rejected: a single remainder at the head of a page is what matters most.
    Where level or upright rules are missing, the text tells where columns and rows part.
    """
    tables = []
    for grid in find_grids(rule.box for rule in page.rules):
        if len(grid.xs) > 2:
            tables.append(_filled(page, _with_lost_rules(page, _with_unruled_rows(page, grid))))
        else:
            divided = with_columns(grid, [_extents(page, cell.box) for cell in grid.cells])
            if divided is not None:
                tables.append(_filled(page, divided))
    return tables


def _extents(page: Page, box: Box) -> list[tuple[float, float]]:
    return [(word.box.x0, word.box.x1) for word in words_in(page, box)]


def _with_lost_rules(page: Page, grid: Grid) -> Grid:
    """Part cells again whose common rule a poor scan lost in one row.

    A cell merged across on purpose holds one text that runs over the edge; here two texts stand
    beside each other, with more white at the edge than between words.
    """
    cells: list[GridCell] = []
    for cell in grid.cells:
        inner = range(cell.col + 1, cell.col + cell.col_span)
        cuts = [col for col in inner if _stand_apart(page, cell.box, grid.xs[col])]
        first = cell.col
        for col in (*cuts, cell.col + cell.col_span):
            box = Box(grid.xs[first], cell.box.top, grid.xs[col], cell.box.bottom)
            cells.append(replace(cell, col=first, col_span=col - first, box=box))
            first = col
    return Grid(grid.xs, grid.ys, tuple(cells))


def _stand_apart(page: Page, box: Box, edge: float) -> bool:
    words = words_in(page, box)
    if any(w.box.x0 < edge - 1 and w.box.x1 > edge + 1 for w in words):
        return False
    left, right = (
        group_lines([w for w in words if (w.box.x1 <= edge + 1) is side], page.number)
        for side in (True, False)
    )
    gaps = [
        b.box.x0 - a.box.x1
        for a in left
        for b in right
        if min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top) > a.box.height / 2
    ]
    return bool(gaps) and min(gaps) >= _APART


def _with_unruled_rows(page: Page, grid: Grid) -> Grid:
    """Divide rows in which the first column counts on and the others begin anew at each number."""
    row = 0
    while row < len(grid.ys) - 1:
        cells = [c for c in grid.cells if c.row == row and c.row_span == 1]
        starts = _row_starts(page, cells)
        divided = with_rows(grid, row, starts) if starts else grid
        row += 1 + len(divided.ys) - len(grid.ys)
        grid = divided
    return grid


def _row_starts(page: Page, cells: Sequence[GridCell]) -> list[RowStart]:
    """Where rows begin in a stretch without level rules; [] where it is one row.

    Rows begin where the first column has a number, each another than the one before, and lines of
    other columns begin at the same height. A list within one cell has nothing beside it.
    """
    columns = [group_lines(words_in(page, c.box), page.number) for c in cells]
    if len(columns) < 3 or len(columns[0]) < 2:
        return []
    numbered = [(line, marker_alone(line.text)) for line in columns[0]]
    starts = [line for line, marker in numbered if marker is not None]
    if len(starts) < 2 or len(starts) < len(numbered):
        return []
    beside = [sum(_begins_at(line, column) for column in columns[1:]) for line in starts]
    if sum(count >= 2 for count in beside) * 2 < len(starts):
        return []
    tops = [min(line.box.top, *_tops_near(line, columns)) - 1.0 for line in starts]
    first_line = min(line.box.top for column in columns for line in column)
    return [RowStart(top) for top in tops if top > first_line]


def _begins_at(line: TextLine, column: Sequence[TextLine]) -> bool:
    return any(abs(other.box.top - line.box.top) <= _SAME_HEIGHT for other in column)


def _tops_near(line: TextLine, columns: Sequence[Sequence[TextLine]]) -> list[float]:
    near = (o.box.top for c in columns for o in c if abs(o.box.top - line.box.top) <= _SAME_HEIGHT)
    return [*near, line.box.top]


def _filled(page: Page, grid: Grid) -> PageTable:
    cells = tuple(
        PageCell(
            row=cell.row,
            col=cell.col,
            row_span=cell.row_span,
            col_span=cell.col_span,
            piece=piece_of(
                page, cell.box, closed_top=cell.closed_top, closed_bottom=cell.closed_bottom
            ),
        )
        for cell in grid.cells
    )
    return PageTable(page.number, grid.box, grid.xs, grid.ys, cells)


def words_in(page: Page, box: Box) -> list[Word]:
    """Return the words whose middle lies in the box."""
    left, top, right, bottom = (2 * edge for edge in box)
    # Half of the time of finding tables went into asking each word's box for its middle.
    return [
        word
        for word in page.words
        if top <= (at := word.box)[1] + at[3] <= bottom and left <= at[0] + at[2] <= right
    ]


def piece_of(page: Page, box: Box, *, closed_top: bool, closed_bottom: bool) -> Piece:
    """Return what the page shows in a box, as a piece of a cell."""
    lines = tuple(group_lines(words_in(page, box), page.number))
    return Piece(page.number, box, lines, closed_top, closed_bottom)


def lines_outside(page: Page, tables: Sequence[PageTable]) -> list[TextLine]:
    """Return the lines of a page that stand in no table, parted where letterheads stand abreast."""
    boxes = [table.box for table in tables]
    words = [w for w in page.words if not any(box.contains(*w.box.center) for box in boxes)]
    return group_lines(words, page.number, gap=COLUMN_GAP)
