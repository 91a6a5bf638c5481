"""Letters mended by the words around them, in whole cells and paragraphs.

A step of its own behind reading and stitching, so that neither the end of a line nor that of a page
cuts a sentence. Text that no OCR has read is never touched.
"""

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pipeline.agencies import Office
from pipeline.knowledge import read_bytes
from pipeline.letters import TABLE, WEIGHTS
from pipeline.letters.passages import passages_of
from pipeline.titles import lines_before_tables, parse_head
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.reading import Stitched
from schemas.table import Piece, Row

if TYPE_CHECKING:
    from pipeline.letters.marks import Mended

_Key = tuple[int, Box]


@cache
def context_digest() -> str:
    """Return "sha256:" and 16 hex digits of all that decides how letters are mended."""
    digest = hashlib.sha256(read_bytes(TABLE) + read_bytes(WEIGHTS)).hexdigest()
    return f"sha256:{digest[:16]}"


def in_context(stitched: Stitched, office: Office) -> Stitched:
    """Return a document with those letters mended that its OCR took for others.

    `office` tells names of agencies, the title block the province, which tells those of its units.

    Each changed line keeps what was read; each word that may be read in two ways says so.
    """
    if not any(page.method == "ocr" for page in stitched.pages):
        return stitched
    # numpy: not for digital files
    from pipeline.letters.known import known_of  # noqa: PLC0415
    from pipeline.letters.mend import mended  # noqa: PLC0415

    head = parse_head(lines_before_tables(stitched))
    known = known_of(office.registry(head.unit, head.province), head.province)
    passages = list(passages_of(stitched))
    words = [[word for line in lines for word in line.words] for lines in passages]
    made: dict[_Key, TextLine] = {}
    for lines, whole in zip(passages, mended(words, known), strict=True):
        rest = iter(whole)
        for line in lines:
            made[line.page, line.box] = _line(line, [next(rest) for _ in line.words])
    tables = [
        replace(
            table,
            header=tuple(_row(row, made) for row in table.header),
            rows=tuple(_row(row, made) for row in table.rows),
        )
        for table in stitched.tables
    ]
    outside = {
        page: [made.get((line.page, line.box), line) for line in lines]
        for page, lines in stitched.outside.items()
    }
    return replace(stitched, tables=tables, outside=outside)


def _line(line: TextLine, words: "list[Mended]") -> TextLine:
    risk = sum(word.risk for word in words)
    if not risk:  # an empty line, or one of a text layer
        return line
    text = " ".join(word.text for word in words if word.text)
    return replace(
        line,
        text=text,
        read=line.text if text != line.text else "",
        rereads=tuple(word.reread for word in words if word.reread is not None),
        risk=risk,
    )


def _row(row: Row, made: dict[_Key, TextLine]) -> Row:
    return replace(
        row,
        cells=tuple(
            replace(cell, pieces=tuple(_piece(piece, made) for piece in cell.pieces))
            for cell in row.cells
        ),
    )


def _piece(piece: Piece, made: dict[_Key, TextLine]) -> Piece:
    lines = tuple(made.get((line.page, line.box), line) for line in piece.lines)
    return piece if lines == piece.lines else replace(piece, lines=lines)
