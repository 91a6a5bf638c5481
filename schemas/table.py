"""Tables: the grid that one page shows, and the logical table that is stitched of them."""

from msgspec import Struct

from schemas.geometry import Box
from schemas.page import TextLine
from schemas.plan import Decision


class CellAddress(Struct, frozen=True):
    """Where a cell stands in a file without pages of its own. All count from 1.

    Either the table of the document or the sheet of the workbook is set.
    """

    row: int
    column: int
    table: int | None = None
    sheet: str | None = None


class Shown(Struct, frozen=True):
    """Where a rendering of a file without pages shows a cell: page from 1, box in its points."""

    page: int
    box: Box


class Piece(Struct, frozen=True):
    """What one page shows of one cell: its printed lines, and the box of the cell itself.

    `closed_top` and `closed_bottom` say whether a rule is drawn there. With an `address` the cell
    is known exactly, and `page` and `box` are only an order of reading (see `pipeline.read.exact`);
    `shown` is where a rendering shows it. `struck` are words that are crossed out: no part of the
    lines, but where all of a row is struck, which is then shown as it was.
    Where a person typed the lines, `read` are those that were read. `doubts` are codes of what
    could not be read in the cell as it is seen.
    """

    page: int
    box: Box
    lines: tuple[TextLine, ...]
    closed_top: bool = True
    closed_bottom: bool = True
    address: CellAddress | None = None
    shown: Shown | None = None
    struck: str = ""
    read: tuple[TextLine, ...] | None = None
    doubts: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, Box]:
        """Where it stands: no two cells of one page have one box, whatever they say."""
        return self.page, self.box

    @property
    def text(self) -> str:
        """The lines, separated by line breaks."""
        return "\n".join(line.text for line in self.lines)


class PageCell(Struct, frozen=True):
    """A cell of the grid of one page; `row_span` and `col_span` count grid rows and columns."""

    row: int
    col: int
    row_span: int
    col_span: int
    piece: Piece


class PageTable(Struct, frozen=True):
    """The grid of cells that one page shows. Edges are in points: len(col_edges) == columns + 1.

    `header_rows` is how many of the first rows the file itself calls header, 0 where it says none.
    """

    page: int
    box: Box
    col_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    cells: tuple[PageCell, ...]
    header_rows: int = 0

    @property
    def n_cols(self) -> int:
        """Number of grid columns."""
        return len(self.col_edges) - 1

    @property
    def n_rows(self) -> int:
        """Number of grid rows."""
        return len(self.row_edges) - 1

    @property
    def exact(self) -> bool:
        """Whether the file itself holds these cells: nothing was found, so nothing was cut."""
        return any(cell.piece.address is not None for cell in self.cells)


class Cell(Struct, frozen=True):
    """A cell of the logical table: one piece a page, in reading order. Spans count columns.

    `merged` says that it runs down over several rows, in each of which it stands; `inferred` that
    this was concluded over a page break and not seen.
    """

    col: int
    col_span: int
    pieces: tuple[Piece, ...]
    merged: bool = False
    inferred: bool = False

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """All printed lines, across pages."""
        return tuple(line for piece in self.pieces for line in piece.lines)

    @property
    def room(self) -> float:
        """How wide it is, in points."""
        return min(piece.box.width for piece in self.pieces)


class RowJoin(Struct, frozen=True):
    """A remainder on `page` was put to the row above it, and why. `score` is 0..1."""

    page: int
    score: float
    reasons: tuple[str, ...]


class Row(Struct, frozen=True):
    """A row of the logical table."""

    cells: tuple[Cell, ...]
    joins: tuple[RowJoin, ...] = ()


class Table(Struct, frozen=True):
    """The logical table: header rows once, then body rows made whole, over all of its pages.

    `col_edges` are in points of the reference page; `headings` tells which rows are headings.
    """

    col_edges: tuple[float, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    headings: tuple[bool, ...]
    parts: tuple[PageTable, ...]
    decisions: tuple[Decision, ...] = ()

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.col_edges) - 1

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page."""
        return self.parts[0].page, self.parts[-1].page
