"""Word tables: rows and cells as the file holds them, merged ones once, with their spans."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.read.word.xml import TWIPS, W, child, number, toggle, unwrapped, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_COLUMNS = 63  # Word's own limit; a span of 2,000,000,000 is an attack
_SIDES = ("top", "left", "start", "bottom", "right", "end")
_INSIDE = ("insideH", "insideV")
_NO_BORDER = frozenset({"nil", "none"})
_RULED = 0.5  # share of cells that show borders of their own


class WordCell(Struct, frozen=True):
    """A cell: its place from 0, its spans, and the element that holds its paragraphs."""

    row: int
    col: int
    row_span: int
    col_span: int
    element: "_Element"
    gone: bool  # its row was deleted, and the deletion is tracked


class WordTable(Struct, frozen=True):
    """A table: the widths of its grid in points (as far as it says them), its cells by row.

    `header_rows` is how many of the first rows are repeated on every page.
    """

    widths: tuple[float, ...]
    cells: tuple[WordCell, ...]
    n_rows: int
    header_rows: int


def read_table(element: "_Element") -> WordTable:
    """Return the cells of a w:tbl, those of tables within it left in them."""
    open_cells: dict[int, int] = {}  # by column: a cell that may go on in the next row
    cells: list[WordCell] = []
    row = header_rows = 0
    for tr in _rows(element):
        header_rows += header_rows == row and bool(toggle(child(tr, "trPr"), "tblHeader"))
        gone = child(tr, "trPr", "del") is not None
        col = _clamped(number(child(tr, "trPr"), "gridBefore") or 0)
        still_open: dict[int, int] = {}
        for tc in _cells(tr):
            properties = child(tc, "tcPr")
            span = max(1, _clamped(number(properties, "gridSpan") or 1))
            if col + span > _MOST_COLUMNS:
                break
            merge = child(properties, "vMerge")
            goes_on = merge is not None and value(properties, "vMerge") in (None, "continue")
            at = open_cells.get(col)
            if goes_on and at is not None and cells[at].col_span == span:
                cells[at] = _grown(cells[at])
            elif child(properties, "hMerge") is not None and _continues(properties) and cells:
                cells[-1] = _widened(cells[-1], span)
                col += span
                continue
            else:
                at = len(cells)
                cells.append(WordCell(row, col, 1, span, tc, gone))
            if merge is not None:
                still_open[col] = at
            col += span
        open_cells = still_open
        row += 1
    return WordTable(_widths(element), tuple(cells), row, header_rows)


def _continues(properties: "_Element | None") -> bool:
    return value(properties, "hMerge") in (None, "continue")


def _grown(cell: WordCell) -> WordCell:
    return WordCell(cell.row, cell.col, cell.row_span + 1, cell.col_span, cell.element, cell.gone)


def _widened(cell: WordCell, span: int) -> WordCell:
    width = cell.col_span + span
    return WordCell(cell.row, cell.col, cell.row_span, width, cell.element, cell.gone)


def _clamped(count: int) -> int:
    return min(max(count, 0), _MOST_COLUMNS)


def _rows(element: "_Element") -> Iterator["_Element"]:
    return (each for each in unwrapped(element) if each.tag == W + "tr")


def _cells(row: "_Element") -> Iterator["_Element"]:
    return (each for each in unwrapped(row) if each.tag == W + "tc")


def _widths(element: "_Element") -> tuple[float, ...]:
    columns = child(element, "tblGrid")
    widths = [
        (whole(column.get(W + "w")) or 0) / TWIPS
        for column in (() if columns is None else columns.iterfind(W + "gridCol"))
    ]
    return tuple(widths[:_MOST_COLUMNS]) if any(widths) else ()


def is_ruled(element: "_Element", styles: "list[_Element]") -> bool:
    """Whether borders part the cells of a table; `styles` are its own and those it is based on.

    A table without them sets texts side by side: a letterhead, a place for signatures.
    """
    own = child(element, "tblPr", "tblBorders")
    borders = [own, *(child(style, "tblPr", "tblBorders") for style in styles)]
    for side in _INSIDE:
        said = next((v for b in borders if (v := value(b, side)) is not None), None)
        if said is not None and said not in _NO_BORDER:
            return True
    cells = [tc for tr in _rows(element) for tc in _cells(tr)]
    return bool(cells) and sum(map(_has_borders, cells)) >= _RULED * len(cells)


def _has_borders(cell: "_Element") -> bool:
    borders = child(cell, "tcPr", "tcBorders")
    shown = [v for side in _SIDES if (v := value(borders, side)) is not None]
    return sum(v not in _NO_BORDER for v in shown) >= 2
