"""The tables of every page: rules into grids, words into their cells."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pipeline.language.unwrap import whole_words
from pipeline.tables.bands import without_bands
from pipeline.tables.borderless import column_edges, with_edges, with_rows
from pipeline.tables.doubtful import with_doubts
from pipeline.tables.grid import Grid, GridCell, find_grids
from pipeline.tables.halves import as_halves
from pipeline.tables.lines import COLUMN_GAP, group_lines
from pipeline.tables.row_boundaries import row_cuts
from pipeline.tables.struck import with_struck
from pipeline.tables.underlines import without_underlines
from schemas.geometry import Box
from schemas.page import Page, TextLine, Word
from schemas.table import PageCell, PageTable, Piece

_SAME_WIDTH = 8.0  # points: parts of one table
_APART = 6.0  # points: twice the space between words of 12 pt


def find_tables(pages: Sequence[Page]) -> dict[int, list[PageTable]]:
    """Return the tables of a document's pages, by page, each page's from top to bottom.

    A short one is never rejected: a single remainder at the head of a page is what matters most.
    Where level or upright rules are missing, the text tells where columns and rows part.
    """
    grids = {page.number: find_grids(without_underlines(page)) for page in pages}
    edges = _unruled_edges(pages, grids)
    divided = _divided(pages, grids)
    tables: dict[int, list[PageTable]] = {}
    for page in pages:
        tables[page.number] = []
        for grid in grids[page.number]:
            if len(grid.xs) > 2:
                whole = _with_lost_rules(page, divided[page.number, grid.box])
            elif (xs := edges.get((page.number, grid.box))) is not None:
                whole = with_edges(grid, xs, _text_of(page, grid))
            else:
                continue
            tables[page.number] += as_halves(without_bands(_filled(page, whole)))
    return tables


def _divided(
    pages: Sequence[Page], grids: Mapping[int, Sequence[Grid]]
) -> dict[tuple[int, Box], Grid]:
    """The grids with their unruled rows divided, by page and outline.

    Where some stretch between level rules holds several numbered rows, another of its table may
    hold but one, and over it the rest of the row before.
    """
    found = [(page, grid) for page in pages for grid in grids[page.number] if len(grid.xs) > 2]
    divided = {(page.number, grid.box): _with_unruled_rows(page, grid) for page, grid in found}
    unruled = [_width(g) for page, g in found if len(divided[page.number, g.box].ys) > len(g.ys)]
    for page, grid in found:
        if any(abs(width - _width(grid)) <= _SAME_WIDTH for width in unruled):
            divided[page.number, grid.box] = _with_unruled_rows(page, grid, unruled=True)
    return divided


def _unruled_edges(
    pages: Sequence[Page], grids: Mapping[int, Sequence[Grid]]
) -> dict[tuple[int, Box], tuple[float, ...]]:
    """The column edges of tables without upright rules, by page and outline.

    Parts of one width on several pages are one table: all of their rows tell together where its
    columns part.
    """
    groups: list[list[tuple[Page, Grid]]] = []
    for page in pages:
        for grid in grids[page.number]:
            if len(grid.xs) > 2:
                continue
            same = (g for g in groups if abs(_width(g[0][1]) - _width(grid)) <= _SAME_WIDTH)
            group = next(same, None)
            if group is None:
                groups.append([(page, grid)])
            else:
                group.append((page, grid))
    edges = {}
    for group in groups:
        text = [
            [(a - grid.xs[0], b - grid.xs[0]) for a, b in row]
            for page, grid in group
            for row in _text_of(page, grid)
        ]
        found = column_edges(text, (0.0, max(_width(grid) for _, grid in group)))
        for page, grid in group:
            if found is not None:
                inner = (grid.xs[0] + x for x in found[1:-1])
                edges[page.number, grid.box] = (grid.xs[0], *inner, grid.xs[-1])
    return edges


def _width(grid: Grid) -> float:
    return grid.xs[-1] - grid.xs[0]


def _text_of(page: Page, grid: Grid) -> list[list[tuple[float, float]]]:
    """The extents of the words in every row of a grid of one column."""
    return [_extents(page, cell.box) for cell in grid.cells]


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


def _with_unruled_rows(page: Page, grid: Grid, *, unruled: bool = False) -> Grid:
    """Divide rows in which the first column counts on (see `row_cuts`)."""
    row = 0
    while row < len(grid.ys) - 1:
        cells = [c for c in grid.cells if c.row == row and c.row_span == 1]
        columns = [group_lines(words_in(page, c.box), page.number) for c in cells]
        numbers = len(whole_words(columns[0], cells[0].box.width)) if columns else 0
        fewest = 1 if unruled else 2
        cuts = row_cuts(columns, unruled=unruled) if numbers >= fewest else []
        divided = with_rows(grid, row, cuts) if cuts else grid
        row += 1 + len(divided.ys) - len(grid.ys)
        grid = divided
    return grid


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
    table = PageTable(page.number, grid.box, grid.xs, grid.ys, cells)
    if page.struck:
        table = with_struck(page, table)
    return with_doubts(page, table) if page.doubts else table


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
