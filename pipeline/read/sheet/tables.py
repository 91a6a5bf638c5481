"""The tables of a sheet, and the texts above, between and below them.

A table is what borders frame; on a sheet without borders it is what stands under a row of known
headers. Hidden rows and columns are left out. Tables side by side are parted where a column between
them holds nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from msgspec import Struct

from pipeline.language.text import clean
from pipeline.read.exact import Abreast, Block, ExactCell, ExactLine, ExactSection, ExactTable
from pipeline.read.sheet.workbook import POINTS_A_LETTER, USUAL_WIDTH, Sheet, ShownCell
from pipeline.tables.header_words import is_header
from schemas.table import CellAddress

_FEWEST_HEADERS = 3
_FEWEST_ROWS = 4  # of a table without borders and known headers: a letterhead has fewer
_DEEPEST_HEADER = 4  # rows
_TEXT_WIDTH = 700.0  # points: A4 landscape


class _Shown(Struct, frozen=True):
    """What is shown of a sheet: cells by row, and the columns without the hidden ones."""

    sheet: Sheet
    rows: dict[int, list[ShownCell]]

    def filled(self, row: int) -> list[ShownCell]:
        """The cells with text that begin in a row, from left to right."""
        return [cell for cell in self.rows.get(row, ()) if cell.text]


def section_of(sheet: Sheet) -> ExactSection:
    """Return a sheet as a section: its texts and its tables from top to bottom."""
    visible = _visible(sheet)
    rows: dict[int, list[ShownCell]] = {}
    for cell in sorted(visible, key=lambda c: (c.row, c.col)):
        rows.setdefault(cell.row, []).append(cell)
    return ExactSection(_TEXT_WIDTH, tuple(_blocks(_Shown(sheet, rows))))


def _visible(sheet: Sheet) -> Iterator[ShownCell]:
    """The cells that are shown; a merged one of which some rows are hidden begins at the first."""
    for cell in sheet.cells:
        rows = [row for row in cell.rows if row not in sheet.hidden_rows]
        cols = [col for col in cell.cols if col not in sheet.hidden_cols]
        if rows and cols:
            yield ShownCell(
                rows[0], cols[0], clean_lines(cell.text), rows[-1] - rows[0] + 1,
                cols[-1] - cols[0] + 1, cell.bold, cell.struck, cell.centred, cell.bordered,
            )  # fmt: skip


def clean_lines(text: str) -> str:
    """Return the text of a cell with each line cleaned, empty ones left out."""
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _blocks(shown: _Shown) -> Iterator[Block]:
    table_rows = _table_rows(shown)
    spans = sorted(set(shown.rows) | table_rows)
    for in_table, group in groupby(spans, key=lambda row: row in table_rows):
        rows = list(group)
        if not in_table:
            for row in rows:
                yield from _texts(shown.filled(row))
            continue
        for run in _consecutive(rows, shown.sheet.hidden_rows):
            if any(len(shown.filled(row)) > 1 for row in run):
                yield from _tables(shown, run)
            else:  # a line drawn under a title
                for row in run:
                    yield from _texts(shown.filled(row))


def _texts(cells: Sequence[ShownCell]) -> Iterator[Block]:
    columns = [_lines(cell) for cell in cells]
    columns = [column for column in columns if column]
    if len(columns) == 1:
        yield from columns[0]
    elif columns:
        yield Abreast(tuple(columns))


def _lines(cell: ShownCell) -> tuple[ExactLine, ...]:
    centred = cell.centred or cell.col_span > 1
    return tuple(
        ExactLine("" if cell.struck else line, cell.bold, centred, line if cell.struck else "")
        for line in cell.text.split("\n")
        if line
    )


def _table_rows(shown: _Shown) -> set[int]:
    framed = {
        row
        for row, cells in shown.rows.items()
        if sum(cell.col_span for cell in cells if cell.bordered) > 1
    }
    if framed:
        bordered = [cell for row in framed for cell in shown.rows[row] if cell.bordered]
        covered = {row for cell in bordered for row in cell.rows}
        return {row for row in framed | covered if row not in shown.sheet.hidden_rows}
    header = next((row for row in sorted(shown.rows) if _is_header(shown.filled(row))), None)
    return set(_under(shown, header) if header is not None else _in_rows(shown))


def _in_rows(shown: _Shown) -> Iterator[int]:
    """Rows that stand straight beneath each other, several cells filled in each."""
    several = sorted(row for row in shown.rows if len(shown.filled(row)) > 1)
    for run in _consecutive(several, shown.sheet.hidden_rows) if several else ():
        if len(run) >= _FEWEST_ROWS:
            yield from run


def _is_header(cells: Sequence[ShownCell]) -> bool:
    texts = [cell.text for cell in cells]
    return len(texts) >= _FEWEST_HEADERS and is_header(texts)


def _under(shown: _Shown, header: int) -> Iterator[int]:
    """The rows of a table without borders: up to an empty row after which few cells are filled."""
    before = header
    for row in sorted(row for row in shown.rows if row >= header and shown.filled(row)):
        gap = [r for r in range(before + 1, row) if r not in shown.sheet.hidden_rows]
        if gap and len(shown.filled(row)) < _FEWEST_HEADERS:
            return
        yield row
        before = row


def _consecutive(rows: Sequence[int], hidden: frozenset[int]) -> Iterator[list[int]]:
    """Runs of rows between which no row is shown."""
    run = [rows[0]]
    for row in rows[1:]:
        if any(between not in hidden for between in range(run[-1] + 1, row)):
            yield run
            run = []
        run.append(row)
    yield run


def _tables(shown: _Shown, rows: Sequence[int]) -> Iterator[ExactTable]:
    last = max(row for row in rows if shown.filled(row))
    rows = [row for row in rows if row <= last]  # below it are lines to be filled in
    cells = [cell for row in rows for cell in shown.rows.get(row, ()) if cell.text or cell.bordered]
    used = sorted({col for cell in cells for col in cell.cols} - shown.sheet.hidden_cols)
    if not any(cell.text for cell in cells):
        return
    for run in _consecutive(used, shown.sheet.hidden_cols):
        columns = frozenset(run)
        inside = [cell for cell in cells if cell.col in columns]
        if any(cell.text for cell in inside):
            yield _table(shown.sheet, inside, rows, run)


def _table(
    sheet: Sheet, cells: Sequence[ShownCell], rows: Sequence[int], cols: Sequence[int]
) -> ExactTable:
    row_at = {row: i for i, row in enumerate(rows)}
    col_at = {col: i for i, col in enumerate(cols)}
    usual = USUAL_WIDTH * POINTS_A_LETTER
    return ExactTable(
        tuple(sheet.widths.get(col, usual) for col in cols),
        tuple(
            ExactCell(
                row_at[cell.row],
                col_at[cell.col],
                sum(row in row_at for row in cell.rows),
                sum(col in col_at for col in cell.cols),
                _lines(cell),
                CellAddress(cell.row, cell.col, sheet=sheet.name),
            )
            for cell in cells
        ),
        _header_rows(rows, sheet.printed_titles),
    )


def _header_rows(rows: Sequence[int], titles: frozenset[int]) -> int:
    """How many of the first rows are called header; none where all are, or more than one has."""
    first = list(takewhile(lambda row: row in titles, rows))
    return len(first) if len(first) < min(len(rows), _DEEPEST_HEADER + 1) else 0
