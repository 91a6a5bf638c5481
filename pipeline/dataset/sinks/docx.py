"""A table as a Word document for an office's own plan: A4 across, Times New Roman 13.

Written as the XML that it is (ECMA-376): the same rows give the same bytes, and a thousand rows
take a moment. The header row comes on every page; a row is not cut by a page break where it fits.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from pipeline.files.spreadsheet_text import plain

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DAY = (2000, 1, 1, 0, 0, 0)  # a fixed day, so that the same rows give the same bytes
_WIDTH = 14_570  # twentieths of a point between margins of 2 cm on A4 across
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/footer.xml" ContentType="{_MAIN}.footer+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_OF_DOCUMENT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/footer" Target="footer.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
    'w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/>'
    '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
)
_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_NAMESPACE}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="r2"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" '
    'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARKED = '<w:shd w:val="clear" w:color="auto" w:fill="FFE699"/>'


class DocxColumn(Struct, frozen=True):
    """A column: its header, and its share of the width."""

    title: str
    share: int
    centred: bool = False


class DocxRow(Struct, frozen=True):
    """A row; the first cell of one that is `marked` is coloured."""

    cells: tuple[str, ...]
    marked: bool = False


class DocxHeading(Struct, frozen=True):
    """A row of one bold cell over all columns, which stays with the row below it."""

    text: str
    centred: bool = False


def docx_table(
    title: str,
    columns: Sequence[DocxColumn],
    rows: Iterable[DocxRow | DocxHeading],
    notes: Iterable[str] = (),
) -> bytes:
    """Return a document with a heading and one table; line breaks in a text begin paragraphs.

    `notes` stand below the table; they are read when all rows were, and may come of these.
    """
    file = io.BytesIO()
    document = "".join(_document(title, columns, rows, notes))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/footer.xml": _FOOTER,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _document(
    title: str,
    columns: Sequence[DocxColumn],
    rows: Iterable[DocxRow | DocxHeading],
    notes: Iterable[str],
) -> Iterator[str]:
    whole = sum(column.share for column in columns)
    widths = [_WIDTH * column.share // whole for column in columns]
    yield f'{_HEAD}<w:document xmlns:w="{_NAMESPACE}" xmlns:r="{_OFFICE}"><w:body>'
    yield _paragraph(title, bold=True, centred=True, after=160)
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}'
    yield '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for column, width in zip(columns, widths, strict=True):
        yield _cell(column.title, width, bold=True, centred=True)
    yield "</w:tr>"
    for row in rows:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        if isinstance(row, DocxHeading):
            yield _heading(row, len(columns), sum(widths))
        else:
            for n, (text, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
                more = _MARKED if row.marked and n == 0 else ""
                yield _cell(text, width, more, centred=column.centred)
        yield "</w:tr>"
    below = "".join(_paragraph(plain(note)) for note in ("", *notes))
    yield f"</w:tbl>{below}{_SECTION}</w:body></w:document>"


def _heading(heading: DocxHeading, columns: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>'
    text = plain(heading.text).replace("\n", " ")
    paragraph = _paragraph(text, bold=True, centred=heading.centred, with_next=True)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{paragraph}</w:tc>'


def _cell(
    text: str, width: int, more: str = "", *, bold: bool = False, centred: bool = False
) -> str:
    lines = plain(text).split("\n")
    paragraphs = "".join(_paragraph(line, bold=bold, centred=centred) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    after: int = 40,
    with_next: bool = False,
) -> str:
    keep = "<w:keepNext/>" if with_next else ""
    align = '<w:jc w:val="center"/>' if centred else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    spacing = f'<w:spacing w:before="40" w:after="{after}"/>'
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{keep}{spacing}{align}</w:pPr>{run}</w:p>"
