"""Word tables: rows and cells as the file holds them, merged ones once, with their spans."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.read.word.xml import TWIPS, VAL, W, child, number, toggle, unwrapped, value, whole

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
    grid = _Grid()
    n_rows = header_rows = 0
    for tr in _rows(element):
        header_rows += header_rows == n_rows and bool(toggle(child(tr, "trPr"), "tblHeader"))
        grid.add_row(n_rows, tr)
        n_rows += 1
    return WordTable(_widths(element), tuple(grid.cells), n_rows, header_rows)


class _Grid:
    """The cells of a table while its rows are put to it."""

    def __init__(self) -> None:
        self.cells: list[WordCell] = []
        self._open: dict[int, int] = {}  # by column: the cell that may go on in the next row

    def add_row(self, row: int, tr: "_Element") -> None:
        """Put a row to the table; cells beyond the columns that Word allows are left out."""
        gone = child(tr, "trPr", "del") is not None
        col = _clamped(number(child(tr, "trPr"), "gridBefore") or 0)
        still_open: dict[int, int] = {}
        for tc in _cells(tr):
            properties = child(tc, "tcPr")
            span = max(1, _clamped(number(properties, "gridSpan") or 1))
            if col + span > _MOST_COLUMNS:
                break
            at = self._put(WordCell(row, col, 1, span, tc, gone), properties)
            if child(properties, "vMerge") is not None:
                still_open[col] = at
            col += span
        self._open = still_open

    def _put(self, cell: WordCell, properties: "_Element | None") -> int:
        """Put a cell to the table, or to the one that it continues; returns which one holds it."""
        above = self._open.get(cell.col)
        if above is not None and _continues(properties, "vMerge"):
            held = self.cells[above]
            if held.col_span == cell.col_span:
                self.cells[above] = replace(held, row_span=held.row_span + 1)
                return above
        if _continues(properties, "hMerge") and self.cells and self.cells[-1].row == cell.row:
            held = self.cells[-1]
            self.cells[-1] = replace(held, col_span=held.col_span + cell.col_span)
        else:
            self.cells.append(cell)
        return len(self.cells) - 1


def _continues(properties: "_Element | None", merge: str) -> bool:
    """Whether a cell goes on with the one above (vMerge) or before it (hMerge)."""
    found = child(properties, merge)
    return found is not None and found.get(VAL) in (None, "continue")


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
