"""Tables as they are printed, whole over their pages: what a plan and its CSV files show."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pipeline.interpret.places import page_of, place_of
from pipeline.interpret.roles import BETWEEN, Column
from pipeline.stitch.header import column_names
from pipeline.stitch.rows import texts_of
from pipeline.titles import is_caption, parse_caption
from schemas.geometry import Placement
from schemas.page import TextLine
from schemas.plan import Place, PrintedColumn, PrintedRow, PrintedTable, TableKind
from schemas.table import Cell, Row, Table

_LONGEST_TITLE = 30  # words of a line that may name the table beneath it


class TableLabel(Struct, frozen=True):
    """What a table is called: its id and its appendix's, its kind, its title."""

    id: str
    appendix_id: str | None
    kind: TableKind
    title: str


def header_names(table: Table) -> list[str]:
    """Return one header a column, "" where it has none."""
    return [BETWEEN.join(name) for name in column_names(table.header, table.n_cols)]


def table_id(number: int) -> str:
    """Return the id of a document's table, of which the first is number 1."""
    return f"t{number}"


def printed_texts(tables: Sequence[Table]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return tables as they are printed, by id: the header as one row, then the rows."""
    return {
        table_id(number): (
            tuple(header_names(table)),
            *(tuple(texts_of(row, table.n_cols)) for row in table.rows),
        )
        for number, table in enumerate(tables, 1)
    }


def printed_table(
    table: Table, columns: Sequence[Column], label: TableLabel, to_display: Mapping[int, Placement]
) -> PrintedTable:
    """Return a table as the plan shows it; rows stand there only where they are no items."""
    paged = not any(part.exact for part in table.parts)
    rows = [_row(row, table.n_cols, to_display, paged=paged) for row in table.rows]
    return PrintedTable(
        id=label.id,
        appendix_id=label.appendix_id,
        kind=label.kind,
        title=label.title,
        pages=table.pages if paged else _shown_on(rows),
        columns=tuple(
            PrintedColumn(header=name, role=column.role)
            for name, column in zip(header_names(table), columns, strict=True)
        ),
        row_count=len(rows),
        rows=tuple(rows) if label.kind == "other" else (),
    )


def _shown_on(rows: Sequence[PrintedRow]) -> tuple[int, int] | None:
    """The first and the last page on which a rendering shows the rows, None without one."""
    pages = [page for row in rows for page in row.pages or ()]
    return (min(pages), max(pages)) if pages else None


def title_of(above: Sequence[TextLine]) -> str:
    """Return what the lines before a table call it: its appendix, else the last of them."""
    if any(is_caption(line) for line in above):
        return parse_caption(above).title
    last = above[-1].text if above else ""
    return last if len(last.split()) <= _LONGEST_TITLE else ""


def _row(row: Row, n_cols: int, to_display: Mapping[int, Placement], *, paged: bool) -> PrintedRow:
    places: list[Place | None] = [None] * n_cols
    for cell in row.cells:
        places[cell.col] = _place(cell, to_display)
    filled = [piece for cell in row.cells for piece in cell.pieces if piece.lines]
    pages = sorted({page for piece in filled if (page := page_of(piece)) is not None})
    return PrintedRow(
        cells=tuple(texts_of(row, n_cols)),
        places=tuple(places),
        pages=tuple(pages) if paged or pages else None,
    )


def _place(cell: Cell, to_display: Mapping[int, Placement]) -> Place | None:
    filled = [piece for piece in cell.pieces if piece.lines]
    if not filled:
        return None
    page, bbox, address = place_of(filled[0], to_display)
    letters = sum(len(line.text) for line in cell.lines)
    sure = sum(line.confidence * len(line.text) for line in cell.lines) / letters
    return Place(page=page, bbox=bbox, confidence=round(sure, 3), cell=address)
