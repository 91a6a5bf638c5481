"""Struck-out words in the cells that they stand in."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.tables.lines import group_lines
from schemas.page import Page, TextLine
from schemas.table import PageCell, PageTable

_NUMBER = 8  # letters: what stands beside a row that is struck out as a whole is but its number


def with_struck(page: Page, table: PageTable) -> PageTable:
    """Return a table of a page with the words that are struck out kept apart in their cells.

    A row of which nothing stands but its number was struck out as a whole: it keeps its text as
    well, so that it stays a row of its own.
    """
    struck = {id(cell): _struck_in(page, cell) for cell in table.cells}
    whole = set()
    for row in range(table.n_rows):
        cells = [cell for cell in table.cells if cell.row == row]
        if any(struck[id(cell)] for cell in cells) and not _says_more(cells):
            whole.add(row)

    def marked(cell: PageCell) -> PageCell:
        lines, piece = struck[id(cell)], cell.piece
        if not lines:
            return cell
        kept = lines if cell.row in whole else piece.lines
        text = "\n".join(line.text for line in lines)
        return replace(cell, piece=replace(piece, lines=kept, struck=text))

    return replace(table, cells=tuple(map(marked, table.cells)))


def _struck_in(page: Page, cell: PageCell) -> tuple[TextLine, ...]:
    words = [word for word in page.struck if cell.piece.box.contains(*word.box.center)]
    return tuple(group_lines(words, page.number)) if words else ()


def _says_more(cells: Sequence[PageCell]) -> bool:
    """Whether of a row more stands than its number; cells merged down belong to other rows too."""
    standing = [cell.piece.text for cell in cells if cell.piece.lines and cell.row_span == 1]
    return len(standing) > 1 or any(len(text) > _NUMBER for text in standing)
