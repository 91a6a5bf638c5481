"""Page tables made by hand: grids of texts as they are printed, with their places in points.

In a grid, "<" continues the cell to the left and "^" the cell above; "**text**" is bold.
"""

from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Cell, PageCell, PageTable, Piece, Row

EDGES = (50.0, 80.0, 230.0, 400.0, 520.0)
TOP, HEIGHT = 100.0, 40.0
LEFT, UP = "<", "^"


def line(text, page=1, x0=60.0, top=40.0, *, width=100.0, confidence=1.0, bold=False):
    return TextLine(text, Box(x0, top, x0 + width, top + 12), page, confidence, bold)


def piece(text, page, box, *, closed_top=True, closed_bottom=True):
    bold = text.startswith("**")
    lines = tuple(
        line(part, page, box.x0 + 4, box.top + 4 + 13 * i, bold=bold)
        for i, part in enumerate(text.removeprefix("**").removesuffix("**").split("\n"))
        if part
    )
    return Piece(page, box, lines, closed_top, closed_bottom)


def page_table(page, *rows, edges=EDGES, top=TOP, height=HEIGHT):
    """The table of one page; its rows are equally high."""
    ys = tuple(top + i * height for i in range(len(rows) + 1))
    cells = []
    for r, row in enumerate(rows):
        assert len(row) == len(edges) - 1, row
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            right, below = c + 1, r + 1
            while right < len(row) and row[right] == LEFT:
                right += 1
            while below < len(rows) and rows[below][c] == UP:
                below += 1
            box = Box(edges[c], ys[r], edges[right], ys[below])
            cells.append(PageCell(r, c, below - r, right - c, piece(text, page, box)))
    return PageTable(page, Box(edges[0], ys[0], edges[-1], ys[-1]), tuple(edges), ys, tuple(cells))


def row(*texts, page=1, edges=None, merged=(), top=TOP, **closed):
    """A row of a logical table, one piece a cell; `merged` are columns merged downward."""
    edges = edges or tuple(100.0 * i for i in range(len(texts) + 1))
    cells = []
    for c, text in enumerate(texts):
        if text == LEFT:
            continue
        right = c + 1
        while right < len(texts) and texts[right] == LEFT:
            right += 1
        box = Box(edges[c], top, edges[right], top + HEIGHT)
        made = piece(text, page, box, **closed)
        cells.append(Cell(c, right - c, (made,), merged=c in merged))
    return Row(tuple(cells))
