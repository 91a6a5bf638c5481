"""A Word document into sections of paragraphs and tables, in the order of the file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pipeline.language.text import plain
from pipeline.read.exact import (
    TEXT_WIDTH,
    Abreast,
    Block,
    ExactCell,
    ExactLine,
    ExactSection,
    ExactTable,
)
from pipeline.read.word.fonts import old_encodings
from pipeline.read.word.grid import CellSpan, simplified
from pipeline.read.word.numbering import Labels
from pipeline.read.word.styles import Styles
from pipeline.read.word.tables import WordCell, WordTable, is_ruled, read_table
from pipeline.read.word.text import Text, TextRun, boxes, lines_of
from pipeline.read.word.xml import TWIPS, W, child, toggle, unwrapped, value, whole
from pipeline.read.zipped import Zipped
from pipeline.tables.header_words import is_header
from schemas.failure import FailureCode, PhulucError
from schemas.table import CellAddress

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ROWS, _MOST_COLUMNS = 4, 3  # of a letterhead
_DEEPEST_HEADER = 4  # rows; where more are called so, somebody marked them all
_MOTTO = "cong hoa xa hoi chu nghia"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_MAIN = "word/document.xml"


def read_sections(parts: Zipped) -> list[ExactSection]:
    """Return what a document holds; raises PhulucError where it is damaged or too large."""
    main = _target(parts, "_rels/.rels", "/officeDocument", "") or _USUAL_MAIN
    root = parts.xml(main)
    body = child(root, "body")
    if root is None or body is None:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason="no document part")
    folder, _, name = main.rpartition("/")
    beside = f"{folder}/_rels/{name}.rels"

    def part(kind: str) -> "_Element | None":
        target = _target(parts, beside, kind, folder)
        return parts.xml(target) if target else None

    styles = Styles(part("/styles"))
    reader = _Document(root, styles, Labels(part("/numbering"), styles))
    sections = reader.sections(body)
    notes = [line for each in ("/footnotes", "/endnotes") for line in reader.notes(part(each))]
    sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, *notes))
    return sections


def _target(parts: Zipped, relations: str, kind: str, folder: str) -> str | None:
    """The part that a part is related to in that way, None where there is none."""
    root = parts.xml(relations)
    for relation in () if root is None else root.iterfind(_RELATIONS):
        if relation.get("Type", "").endswith(kind):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            return path.lstrip("/") if path.lstrip("/") in parts else None
    return None


class _Document:
    """Walks a document once, in its order: labels are counted and fields are open across blocks."""

    def __init__(self, root: "_Element", styles: Styles, labels: Labels) -> None:
        self._styles = styles
        self._labels = labels
        self._text = Text(styles, old_encodings(root, styles))
        self._tables = 0
        self._rest: list[TextRun] = []  # of a paragraph whose end was deleted: the next one goes on

    def sections(self, body: "_Element") -> list[ExactSection]:
        """Return the sections of the body, at least one."""
        sections: list[ExactSection] = []
        blocks: list[Block] = []
        for element in unwrapped(body):
            blocks += self._blocks_of(element)
            properties = element if element.tag == W + "sectPr" else child(element, "pPr", "sectPr")
            if properties is not None:
                sections.append(ExactSection(_width(properties), tuple(blocks)))
                blocks = []
        if blocks or not sections:
            sections.append(ExactSection(TEXT_WIDTH, tuple(blocks)))
        return sections

    def notes(self, root: "_Element | None") -> list[ExactLine]:
        """Return the lines of footnotes or endnotes; the rules that part them are none."""
        return [
            line
            for note in (() if root is None else root)
            if note.get(W + "type", "normal") == "normal"
            for line in self._lines(note)
        ]

    def _blocks_of(self, element: "_Element") -> Iterator[Block]:
        if element.tag == W + "p":
            yield from self._paragraph(element)
        elif element.tag == W + "tbl":
            yield from self._table(element)

    def _paragraph(self, element: "_Element") -> Iterator[ExactLine]:
        properties = child(element, "pPr")
        centred = (value(properties, "jc") or "") == "center" or (
            value(properties, "jc") is None and self._styles.centred(value(properties, "pStyle"))
        )
        runs = [*self._rest, *self._text.runs(element)]
        self._rest = []
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._rest = runs
            return
        hidden = toggle(mark, "vanish") and not any(run.text for run in runs)
        label = "" if hidden else self._labels.label(properties)
        yield from lines_of(runs, label, centred=centred)
        for box in boxes(element):
            yield from self._lines(box)

    def _lines(self, container: "_Element") -> Iterator[ExactLine]:
        """The lines of a cell, a text box or a note; of a table within it a line a row."""
        for element in unwrapped(container):
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from self._nested(element)
        if self._rest:  # nothing follows that the rest could go on in
            yield from lines_of(self._rest, "", centred=False)
            self._rest = []

    def _nested(self, element: "_Element") -> Iterator[ExactLine]:
        rows: dict[int, list[ExactLine]] = {}
        for cell in read_table(element).cells:
            rows.setdefault(cell.row, []).extend(self._lines(cell.element))
        for lines in rows.values():
            if lines:
                yield replace(lines[0], text=" ".join(line.text for line in lines))

    def _table(self, element: "_Element") -> Iterator[Block]:
        table = read_table(element)
        self._tables += 1
        at = self._tables
        if self._sets_texts_abreast(element, table):
            yield from self._abreast(table)
            return
        lines = [tuple(self._lines_of_cell(cell)) for cell in table.cells]
        yield from _as_blocks(table, lines, at)

    def _lines_of_cell(self, cell: WordCell) -> Iterator[ExactLine]:
        for line in self._lines(cell.element):
            text = f"{line.text} {line.struck}".strip()
            yield replace(line, text="", struck=text) if cell.gone else line

    def _sets_texts_abreast(self, element: "_Element", table: WordTable) -> bool:
        """Whether a table only sets texts side by side, or a frame around one."""
        if len(table.cells) <= 1:
            return True
        first = [_raw_text(cell.element) for cell in table.cells if cell.row == 0]
        if len(first) > 1 and is_header(first):
            return False
        letterhead = table.n_rows <= _MOST_ROWS and len(first) <= _MOST_COLUMNS
        if letterhead and any(_MOTTO in plain(text) for text in first):
            return True
        if table.n_rows > _MOST_ROWS and len(first) >= _MOST_COLUMNS:
            return False  # too much for two halves and a gap: a table that draws no lines
        return not is_ruled(element, self._styles.chain_of_table(element))

    def _abreast(self, table: WordTable) -> Iterator[Block]:
        """The texts of a table that is none, row by row; tables in its cells follow their row."""
        for row in range(table.n_rows):
            columns: list[tuple[ExactLine, ...]] = []
            tables: list[Block] = []
            for cell in (c for c in table.cells if c.row == row):
                blocks = [b for e in unwrapped(cell.element) for b in self._blocks_of(e)]
                columns.append(tuple(b for b in blocks if isinstance(b, ExactLine)))
                tables += (b for b in blocks if not isinstance(b, ExactLine))
            columns = [column for column in columns if column]
            if len(columns) == 1:
                yield from columns[0]
            elif columns:
                yield Abreast(tuple(columns))
            yield from tables


def _raw_text(cell: "_Element") -> str:
    return " ".join(t.text or "" for t in cell.iter(W + "t"))


def _width(properties: "_Element") -> float:
    """The width of the text of a section, in points."""
    size, margins = child(properties, "pgSz"), child(properties, "pgMar")
    if size is None or margins is None:
        return TEXT_WIDTH
    page = whole(size.get(W + "w")) or 0
    sides = sum(whole(margins.get(W + side)) or 0 for side in ("left", "right"))
    width = (page - sides) / TWIPS
    return width if width > 0 else TEXT_WIDTH


def _as_blocks(
    table: WordTable, lines: Sequence[tuple[ExactLine, ...]], at: int
) -> Iterator[Block]:
    filled = [any(line.text for line in cell) for cell in lines]
    found = [
        CellSpan(c.row, c.col, c.row_span, c.col_span, key, filled[key])
        for key, c in enumerate(table.cells)
    ]
    widths, cells = simplified(table.widths, found)
    yield ExactTable(
        tuple(widths),
        tuple(
            ExactCell(
                c.row,
                c.col,
                c.row_span,
                c.col_span,
                lines[c.key],
                CellAddress(c.row + 1, c.col + 1, table=at),
            )
            for c in cells
        ),
        table.header_rows if table.header_rows <= _DEEPEST_HEADER else 0,
    )
