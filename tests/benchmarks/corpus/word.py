"""Writes a plan as a Word document. Word's own habits are kept: rows may break across pages."""

import random
from collections.abc import Sequence
from html import escape
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section as DocxSection
from docx.shared import Cm, Pt

from tests.benchmarks.corpus import others, surroundings
from tests.benchmarks.corpus.layouts import Layout, load_layouts
from tests.benchmarks.corpus.model import Plan
from tests.benchmarks.corpus.rows import (
    CellText,
    Paragraph,
    Style,
    TableRow,
    table_rows,
)

TWIPS_PER_CM = 567
NS = nsdecls("w")
NO_LINES = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), "nil")
ALL_LINES = dict.fromkeys(NO_LINES, "single")
BORDERS = {
    "all": ALL_LINES,
    "no_vertical": ALL_LINES | dict.fromkeys(("left", "right", "insideV"), "nil"),
    "no_horizontal": ALL_LINES | {"insideH": "nil"},
    "dotted": ALL_LINES | {"insideH": "dotted"},
    "none": NO_LINES,
}


class _Marks:
    """Numbers bookmarks: two a cell, at its start and at its end."""

    def __init__(self) -> None:
        self._next = 0

    def xml(self, name: str) -> str:
        self._next += 1
        return (
            f'<w:bookmarkStart w:id="{self._next}" w:name="{name}"/>'
            f'<w:bookmarkEnd w:id="{self._next}"/>'
        )


def write_docx(
    plan: Plan, styles: Sequence[Style], rng: random.Random, path: Path, *, repeat: bool
) -> None:
    """Write the document, with one style an appendix.

    `repeat` asks for the header to be repeated on every page.
    """
    layout = load_layouts()[plan.appendices[0].layout]
    document, marks = Document(), _Marks()
    _defaults(document, layout, widow_control=rng.random() < 0.5)
    section = document.sections[0]
    if plan.body:
        _page(section, landscape=False)
        _blocks(document, surroundings.letterhead(plan) + surroundings.body(plan), layout.font + 1)
        section = _new_section(document)
    for i, appendix in enumerate(plan.appendices):
        its = load_layouts()[appendix.layout]
        if i:
            section = _new_section(document)
        _page(section, landscape=its.landscape)
        _page_number(section, shown=layout.page_numbers)
        heading = surroundings.appendix_heading(rng, plan, appendix)
        _blocks(document, heading, its.font + 1)
        _append(document, _body_xml(plan, i, styles[i], marks, repeat=repeat))
        if its.tail:
            _blocks(document, surroundings.tail(plan, its), its.font)
    if layout.blank_last_page:
        _append(document, f'<w:p {NS}><w:r><w:br w:type="page"/></w:r></w:p>')
    document.save(str(path))


def _body_xml(plan: Plan, index: int, style: Style, marks: _Marks, *, repeat: bool) -> str:
    layout = load_layouts()[plan.appendices[index].layout]
    if layout.form == "no_table":
        return ""
    if layout.form == "empty_form":
        rows = surroundings.empty_form(layout, style.headers)
    elif layout.form == "other":
        rows = others.table_rows(plan.appendices[index].texts, layout, style.headers)
    else:
        rows = table_rows(plan.appendices[index], layout, style, f"a{index}")
    widths = [column.width for column in layout.columns]
    return table_xml(rows, widths, layout, marks, repeat=repeat)


def _defaults(document: DocxDocument, layout: Layout, *, widow_control: bool) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = layout.face, Pt(layout.font)
    normal.element.rPr.rFonts.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia", layout.face
    )
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = widow_control


def _new_section(document: DocxDocument) -> DocxSection:
    """Begin a section on a new page; the paragraph that ends the last one takes no room."""
    section: DocxSection = document.add_section(WD_SECTION.NEW_PAGE)
    breaks = document.paragraphs[-1]
    breaks.paragraph_format.line_spacing = Pt(1)
    breaks.add_run().font.size = Pt(1)
    return section


def _page(section: DocxSection, *, landscape: bool) -> None:
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin, section.right_margin = (
        (Cm(1.8), Cm(1.4)) if landscape else (Cm(2.5), Cm(1.5))
    )
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = Cm(1)


def _page_number(section: DocxSection, *, shown: bool) -> None:
    """Number the pages at the top, from 1 in every appendix."""
    section.header.is_linked_to_previous = False
    if not shown:
        return
    start = parse_xml(f'<w:pgNumType {NS} w:start="1"/>')
    section._sectPr.append(start)
    field = (
        f'<w:p {NS}><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/>'
        '</w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    header = section.header._element
    for old in list(header):
        header.remove(old)
    header.append(parse_xml(field))


def _append(document: DocxDocument, xml: str) -> None:
    if xml:
        document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _blocks(document: DocxDocument, blocks: list[surroundings.Block], size: float) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            _append(document, _paragraph_xml(block, "", size=size, ns=NS, spacing=60))
        else:
            _append(document, _pair_xml(block, size))


def _pair_xml(pair: surroundings.Pair, size: float) -> str:
    """Two blocks of lines side by side, in a table without lines."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{int(width * TWIPS_PER_CM)}" w:type="dxa"/></w:tcPr>'
        + "".join(_paragraph_xml(p, "", size=size) for p in side)
        + "</w:tc>"
        for width, side in zip(pair.widths, (pair.left, pair.right), strict=True)
    )
    return _table(f"<w:tr>{cells}</w:tr>", list(pair.widths), NO_LINES)


def table_xml(
    rows: list[TableRow], widths: list[float], layout: Layout, marks: _Marks, *, repeat: bool
) -> str:
    """Return the table as WordprocessingML; widths in centimetres."""
    body = "".join(_row_xml(row, widths, layout, marks, repeat=repeat) for row in rows)
    return _table(body, widths, BORDERS[layout.borders])


def _table(rows: str, widths: list[float], borders: dict[str, str]) -> str:
    lines = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>'
        for side, kind in borders.items()
    )
    grid = "".join(f'<w:gridCol w:w="{int(w * TWIPS_PER_CM)}"/>' for w in widths)
    return (
        f'<w:tbl {NS}><w:tblPr><w:tblW w:w="{int(sum(widths) * TWIPS_PER_CM)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(
    row: TableRow, widths: list[float], layout: Layout, marks: _Marks, *, repeat: bool
) -> str:
    flags = "<w:cantSplit/>" if row.keep else ""
    flags += "<w:tblHeader/>" if row.header and repeat else ""
    properties = f"<w:trPr>{flags}</w:trPr>" if flags else ""
    cells, col = "", 0
    for cell in row.cells:
        width = sum(widths[col : col + cell.span])
        # A header keeps its rules even where the body has none.
        cells += _cell_xml(
            cell, width, layout.font, marks, ruled=row.header and layout.borders != "none"
        )
        col += cell.span
    return f"<w:tr>{properties}{cells}</w:tr>"


def _cell_xml(cell: CellText, width: float, size: float, marks: _Marks, *, ruled: bool) -> str:
    properties = f'<w:tcW w:w="{int(width * TWIPS_PER_CM)}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.merge:
        properties += f'<w:vMerge w:val="{"restart" if cell.merge == "start" else "continue"}"/>'
    if ruled:
        line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
        properties += f"<w:tcBorders><w:top {line}/><w:bottom {line}/></w:tcBorders>"
    if ruled or cell.centre:
        properties += '<w:vAlign w:val="center"/>'
    paragraphs = ""
    for i, paragraph in enumerate(cell.paragraphs):
        start = marks.xml(f"b{cell.mark}") if cell.mark and i == 0 else ""
        end = marks.xml(f"e{cell.mark}") if cell.mark and i == len(cell.paragraphs) - 1 else ""
        paragraphs += _paragraph_xml(paragraph, start, end, size=size)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _paragraph_xml(
    paragraph: Paragraph, start: str, end: str = "", *, size: float, ns: str = "", spacing: int = 0
) -> str:
    face = ("<w:b/>" if paragraph.bold else "") + ("<w:i/>" if paragraph.italic else "")
    run = (
        f"<w:r><w:rPr>{face}"
        f'<w:sz w:val="{int(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(paragraph.text)}</w:t></w:r>'
    )
    return (
        f'<w:p {ns}><w:pPr><w:spacing w:before="{spacing}" w:after="{spacing}"/>'
        f'<w:jc w:val="{paragraph.align}"/></w:pPr>{start}{run}{end}</w:p>'
    )
