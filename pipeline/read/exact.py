"""Exact tables: what a file holds as cells, in the order of reading, with nominal boxes.

Later stages tell by boxes what stands above, below and beside what. A file without pages has no
boxes, so that its paragraphs and tables are set one below the other, each section on a page of its
own that is as long as it needs to be. No word is placed by them, and none is shown to anyone.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from schemas.geometry import Box, union
from schemas.page import Page, TextLine
from schemas.reading import ExactTables, Reading
from schemas.table import CellAddress, PageCell, PageTable, Piece

TEXT_WIDTH = 467.0  # points: A4 with the margins of Decree 30/2020, where a file tells no width
_LINE = 14.0  # points: 12 pt print
_LETTER = 6.0  # points: its usual width
_INDENT = 36.0  # points: what is not centred begins here, half an inch in
_NARROWEST = 20.0  # points: columns closer than this could be taken for one
_GAP = 4.0  # points between blocks
_NUMBER = 8  # letters: the number beside a row that is struck out as a whole


class ExactLine(Struct, frozen=True):
    """A paragraph, or what stands between two breaks in it.

    `struck` is what is crossed out of it, and no part of the text.
    """

    text: str
    bold: bool = False
    centred: bool = False
    struck: str = ""


class Abreast(Struct, frozen=True):
    """Texts that stand side by side and are no table: the two halves of a letterhead."""

    columns: tuple[tuple[ExactLine, ...], ...]


class ExactCell(Struct, frozen=True):
    """A cell by its place in the grid, from 0; a merged one stands once, with its spans."""

    row: int
    col: int
    row_span: int
    col_span: int
    lines: tuple[ExactLine, ...]
    address: CellAddress


class ExactTable(Struct, frozen=True):
    """A table: the widths of its columns in points, its cells, how many rows are called header."""

    widths: tuple[float, ...]
    cells: tuple[ExactCell, ...]
    header_rows: int = 0


Block = ExactLine | Abreast | ExactTable


class ExactSection(Struct, frozen=True):
    """What stands on pages of one size; `width` is that of the text, in points."""

    width: float
    blocks: tuple[Block, ...]


def laid_out(sections: Sequence[ExactSection]) -> Reading:
    """Return sections as pages with exact tables, a page each."""
    pages, tables, outside = [], {}, {}
    for number, section in enumerate(sections, 1):
        found, lines, height = _laid_out(section, number)
        tables[number], outside[number] = tuple(found), tuple(lines)
        pages.append(Page(number, section.width, height, (), (), "exact"))
    return Reading(tuple(pages), exact=ExactTables(tables, outside))


def _laid_out(section: ExactSection, page: int) -> tuple[list[PageTable], list[TextLine], float]:
    tables: list[PageTable] = []
    lines: list[TextLine] = []
    top = _GAP
    for block in section.blocks:
        if isinstance(block, ExactTable):
            tables.append(_table(block, page, top))
            top = tables[-1].box.bottom
        else:
            columns = block.columns if isinstance(block, Abreast) else ((block,),)
            texts = [[line for line in column if line.text] for column in columns]
            new = _abreast(texts, page, section.width, top)
            top = max((line.box.bottom for line in new), default=top)
            lines += new
        top += _GAP
    return tables, lines, top


def _abreast(
    columns: Sequence[Sequence[ExactLine]], page: int, width: float, top: float
) -> list[TextLine]:
    """Lines of columns that stand side by side, in the order in which a page is read."""
    edges = [width * i / len(columns) for i in range(len(columns) + 1)]
    rows = range(max((len(column) for column in columns), default=0))
    return [
        _line(
            column[row],
            page,
            Box(left, top + row * _LINE, right, top + (row + 1) * _LINE),
            indent=_INDENT if len(columns) == 1 else 0.0,
        )
        for row in rows
        for column, left, right in zip(columns, edges, edges[1:], strict=False)
        if row < len(column)
    ]


def _line(line: ExactLine, page: int, room: Box, *, indent: float = 0.0) -> TextLine:
    left = room.x0 if line.centred else min(room.x0 + indent, room.x1 - _LETTER)
    width = min(len(line.text) * _LETTER, room.x1 - left)
    if line.centred:
        left += (room.x1 - room.x0 - width) / 2
    box = Box(left, room.top, left + width, room.bottom)
    return TextLine(line.text, box, page, bold=line.bold, hard=True)


def _without_struck(cells: Sequence[ExactCell]) -> Iterator[ExactCell]:
    """Keep what is crossed out apart, but for rows of which no more is left than their number."""
    standing: dict[int, list[int]] = {}
    for cell in cells:
        if cell.row_span == 1 and (text := sum(len(line.text) for line in cell.lines)):
            standing.setdefault(cell.row, []).append(text)
    kept = {row for row, texts in standing.items() if len(texts) > 1 or texts[0] > _NUMBER}
    for cell in cells:
        lines = [
            line if cell.row in kept or not line.struck else replace(line, text=line.struck)
            for line in cell.lines
        ]
        yield replace(cell, lines=tuple(lines))


def _table(table: ExactTable, page: int, top: float) -> PageTable:
    table = replace(table, cells=tuple(_without_struck(table.cells)))
    widths = [max(width, _NARROWEST) for width in table.widths]
    xs = tuple(accumulate(widths, initial=0.0))
    n_rows = max((cell.row + cell.row_span for cell in table.cells), default=0)
    heights = [_LINE] * n_rows
    for cell in sorted(table.cells, key=lambda c: c.row_span):
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = len(cell.lines) * _LINE - sum(heights[row] for row in rows)
        heights[rows[-1]] += max(0.0, lacking)
    ys = tuple(accumulate(heights, initial=top))
    cells = tuple(_cell(cell, page, xs, ys) for cell in table.cells)
    box = union([Box(xs[0], ys[0], xs[-1], ys[-1])])
    return PageTable(page, box, xs, ys, cells, table.header_rows)


def _cell(cell: ExactCell, page: int, xs: Sequence[float], ys: Sequence[float]) -> PageCell:
    x0, x1 = xs[cell.col], xs[cell.col + cell.col_span]
    top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
    lines = tuple(
        _line(line, page, Box(x0, top + i * _LINE, x1, top + (i + 1) * _LINE))
        for i, line in enumerate(line for line in cell.lines if line.text)
    )
    struck = " ".join(line.struck for line in cell.lines if line.struck)
    box = Box(x0, top, x1, bottom)
    piece = Piece(page, box, lines, address=cell.address, struck=struck)
    return PageCell(cell.row, cell.col, cell.row_span, cell.col_span, piece)
