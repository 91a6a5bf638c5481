"""What the readers of spreadsheets give: cells as they are shown, with their borders."""

from msgspec import Struct

POINTS_A_LETTER = 5.5  # of a column's width, which counts letters
USUAL_WIDTH = 8.43  # letters


class ShownCell(Struct, frozen=True):
    """A cell with its text or its border, from row 1 and column 1; a merged one stands once."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    struck: bool = False
    centred: bool = False
    bordered: bool = False

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return range(self.row, self.row + self.row_span)

    @property
    def cols(self) -> range:
        """The columns that it covers."""
        return range(self.col, self.col + self.col_span)


class Sheet(Struct, frozen=True):
    """A sheet that is shown. `widths` are of columns in points, as far as the file says them.

    `printed_titles` are the rows that are repeated on every printed page.
    """

    name: str
    cells: tuple[ShownCell, ...]
    widths: dict[int, float]
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    printed_titles: frozenset[int] = frozenset()


class Workbook(Struct, frozen=True):
    """The sheets in their order; `flags` say what was left out or may be missing."""

    sheets: tuple[Sheet, ...]
    flags: tuple[str, ...] = ()
