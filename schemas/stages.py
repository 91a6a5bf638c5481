"""What passes from stage to stage: Source -> Page -> PageTable -> Table (-> Plan, see `plan`).

All types are frozen; every stage is a plain function from one to the next, and none overwrites
what an earlier one saw.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from schemas.geometry import IDENTITY, Affine, Box
from schemas.plan import Decision

FileKind = Literal["pdf", "image"]
ReadMethod = Literal["text_layer", "ocr", "blank"]


class Source(Struct, frozen=True):
    """A file that was found fit to be read.

    `name` is the path as the user knows it (relative to the folder that was given), `sha256` is
    of the whole content.
    """

    path: Path
    name: str
    sha256: str
    kind: FileKind
    pages: int


class Word(Struct, frozen=True):
    """A run of characters without a space. `confidence` is 0..1, and 1.0 from a text layer."""

    text: str
    box: Box
    confidence: float = 1.0
    bold: bool = False


class Rule(Struct, frozen=True):
    """A straight drawn line, as the thin box that it fills."""

    box: Box

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page rather than down it."""
        return self.box.width >= self.box.height


class Page(Struct, frozen=True):
    """One page, read. Words and rules are in points of the *straightened* page.

    `to_display` leads from there to the page as a reader sees it (skew and sideways scanning put
    back), which is what every box in the results is measured on. `number` counts from 1.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    method: ReadMethod
    reasons: tuple[str, ...] = ()
    to_display: Affine = IDENTITY


class TextLine(Struct, frozen=True):
    """Words that stand on one printed line of one cell or of running text, joined by spaces."""

    text: str
    box: Box
    page: int
    confidence: float = 1.0
    bold: bool = False


class Piece(Struct, frozen=True):
    """What one page shows of one cell: its printed lines, and the box of the cell itself.

    `closed_top` and `closed_bottom` say whether a rule is drawn there.
    """

    page: int
    box: Box
    lines: tuple[TextLine, ...]
    closed_top: bool = True
    closed_bottom: bool = True

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
    """The grid of cells that one page shows. Edges are in points: len(col_edges) == columns + 1."""

    page: int
    box: Box
    col_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    cells: tuple[PageCell, ...]

    @property
    def n_cols(self) -> int:
        """Number of grid columns."""
        return len(self.col_edges) - 1

    @property
    def n_rows(self) -> int:
        """Number of grid rows."""
        return len(self.row_edges) - 1


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


class Reading(Struct, frozen=True):
    """All that was read of a document, before it is understood.

    `outside` are the lines that stand in no table, by page.
    """

    source: Source
    pages: Sequence[Page]
    tables: Sequence[Table]
    outside: dict[int, list[TextLine]]
    decisions: Sequence[Decision]
