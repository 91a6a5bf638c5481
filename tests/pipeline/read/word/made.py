"""Word documents written by hand, as small as they can be."""

import zipfile
from pathlib import Path

from pipeline.read.exact import Abreast, ExactLine, ExactSection, ExactTable
from pipeline.read.word.document import read_sections
from pipeline.read.zipped import unzipped

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """Write a document with that body; `parts` are the contents of styles, numbering, footnotes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(("document", *parts)))
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        archive.writestr(
            "word/_rels/document.xml.rels", _relations({kind: f"{kind}.xml" for kind in parts})
        )
        archive.writestr(
            "word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>"
        )
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {NS}>{content}</w:{kind}>")
    return path


def _content_types(parts: tuple[str, ...]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rows = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}.'
        f'{"document.main" if part == "document" else part}+xml"/>'
        for part in parts
    )
    default = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{default}"/>{rows}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def sections(folder: Path, body: str, **parts: str) -> list[ExactSection]:
    """Return what is read of a document with that body."""
    with unzipped(write_docx(folder / "made.docx", body, **parts)) as archive:
        return read_sections(archive)


def blocks(folder: Path, body: str, **parts: str) -> list[ExactLine | Abreast | ExactTable]:
    """Return the blocks of its sections."""
    return [block for section in sections(folder, body, **parts) for block in section.blocks]


def texts(folder: Path, body: str, **parts: str) -> list[str]:
    """Return its lines outside of tables."""
    found = blocks(folder, body, **parts)
    return [block.text for block in found if isinstance(block, ExactLine)]


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what is no markup is a run of text."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = "".join(x if x.startswith("<") else p(x) for x in paragraphs or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells; what is no markup is the text of one."""
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = (), ruled: bool = True) -> str:
    """A table; widths in twentieths of a point."""
    line = "single" if ruled else "nil"
    borders = f'<w:insideH w:val="{line}"/><w:insideV w:val="{line}"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def grid(table: ExactTable) -> list[tuple[int, int, int, int, str]]:
    """Return row, column, spans and text of each cell."""
    return [
        (c.row, c.col, c.row_span, c.col_span, "|".join(line.text for line in c.lines))
        for c in table.cells
    ]
