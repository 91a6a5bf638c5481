"""The tables of one page: rules into grids, words into their cells."""

from collections.abc import Sequence

from pipeline.grid import Grid, find_grids
from pipeline.lines import COLUMN_GAP, group_lines
from schemas.geometry import Box
from schemas.stages import Page, PageCell, PageTable, Piece, TextLine, Word


def find_tables(page: Page) -> list[PageTable]:
    """Return the ruled tables of a page with two columns or more, top to bottom.

    A short one is never rejected: a single remainder at the head of a page is what matters most.
    """
    grids = find_grids(rule.box for rule in page.rules)
    return [_filled(page, grid) for grid in grids if len(grid.xs) > 2]


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
    return [word for word in page.words if box.contains(*word.box.center)]


def piece_of(page: Page, box: Box, *, closed_top: bool, closed_bottom: bool) -> Piece:
    """Return what the page shows in a box, as a piece of a cell."""
    lines = tuple(group_lines(words_in(page, box), page.number))
    return Piece(page.number, box, lines, closed_top, closed_bottom)


def lines_outside(page: Page, tables: Sequence[PageTable]) -> list[TextLine]:
    """Return the lines of a page that stand in no table, parted where letterheads stand abreast."""
    boxes = [table.box for table in tables]
    words = [w for w in page.words if not any(box.contains(*w.box.center) for box in boxes)]
    return group_lines(words, page.number, gap=COLUMN_GAP)
