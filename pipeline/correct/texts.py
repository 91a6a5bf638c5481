"""Texts that people typed, put into stitched tables; what was read stays beside them."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pipeline.correct.anchors import pairs
from pipeline.correct.told import Spot, spot_of
from pipeline.files.addresses import cell_name, cell_of
from schemas.correction import Correction
from schemas.geometry import Box, Placement, union
from schemas.page import TextLine
from schemas.reading import Stitched
from schemas.table import Cell, Piece, Row, Table


def with_texts(stitched: Stitched, corrections: Sequence[Correction]) -> Stitched:
    """Return the tables with the text of every corrected piece as people typed it.

    A piece keeps what was read in `read`. A correction whose place is gone changes nothing.
    """
    told = [entry for entry in corrections if entry.verdict == "correct" and entry.field == "text"]
    if not told:
        return stitched
    to_display = {page.number: page.to_display for page in stitched.pages}
    tables = [_table(table, told, to_display) for table in stitched.tables]
    return replace(stitched, tables=tables)


def as_read(row: Row) -> Row:
    """Return the row without what people typed."""
    return replace(
        row,
        cells=tuple(
            replace(cell, pieces=tuple(_as_read(piece) for piece in cell.pieces))
            for cell in row.cells
        ),
    )


def was_corrected(row: Row) -> bool:
    """Whether a person typed some text of the row."""
    return any(piece.read is not None for cell in row.cells for piece in cell.pieces)


def _as_read(piece: Piece) -> Piece:
    return piece if piece.read is None else replace(piece, lines=piece.read, read=None)


def _table(table: Table, told: Sequence[Correction], to_display: Mapping[int, Placement]) -> Table:
    rows = [*table.header, *table.rows]
    pieces = list(
        dict.fromkeys(
            piece for row in rows for cell in row.cells for piece in cell.pieces if piece.lines
        )
    )
    spots = [_spot(piece, to_display) for piece in pieces]
    typed = {
        pieces[k]: retyped(pieces[k], told[i].value or "") for i, k in pairs(told, spots).items()
    }
    if not typed:
        return table
    return replace(
        table,
        header=tuple(_row(row, typed) for row in table.header),
        rows=tuple(_row(row, typed) for row in table.rows),
    )


def _spot(piece: Piece, to_display: Mapping[int, Placement]) -> Spot:
    if piece.address is not None:
        return Spot(None, None, cell_name(cell_of(piece.address)))
    return spot_of(piece, to_display)


def _row(row: Row, typed: Mapping[Piece, Piece]) -> Row:
    if not any(piece in typed for cell in row.cells for piece in cell.pieces):
        return row
    return replace(row, cells=tuple(_cell(cell, typed) for cell in row.cells))


def _cell(cell: Cell, typed: Mapping[Piece, Piece]) -> Cell:
    return replace(cell, pieces=tuple(typed.get(piece, piece) for piece in cell.pieces))


def retyped(piece: Piece, text: str) -> Piece:
    """Return the piece with a text that a person typed, its lines where the printed ones stood.

    With as many lines as were printed each keeps its place, so that paragraphs begin where they
    did; else whoever typed it began the lines on purpose.
    """
    texts = [line.strip() for line in text.splitlines() if line.strip()]
    whole = union(line.box for line in piece.lines)
    if len(texts) == len(piece.lines):
        boxes, hard = [line.box for line in piece.lines], False
    else:
        height = whole.height / max(1, len(texts))
        boxes, hard = (
            [
                Box(whole.x0, whole.top + i * height, whole.x1, whole.top + (i + 1) * height)
                for i in range(len(texts))
            ],
            True,
        )
    bold = all(line.bold for line in piece.lines)
    lines = tuple(
        TextLine(typed, box, piece.lines[0].page, bold=bold, hard=hard and i > 0)
        for i, (typed, box) in enumerate(zip(texts, boxes, strict=True))
    )
    return replace(piece, lines=lines, read=piece.lines)
