"""The parts of a workbook around its rows, and the archive that they are in (ECMA-376)."""

import re
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from msgspec import Struct

from pipeline.files.addresses import column_letters


class CellFormats(Struct, frozen=True):
    """Numbers of the cell formats of a sheet, as `_STYLES` has them.

    `line` is the height of a line in points, `letters` how many letters of Vietnamese text stand in
    the width of a digit.
    """

    text: int
    header: int
    day: int
    marked: int
    number: int
    line: int
    letters: float


PLAIN = CellFormats(text=1, header=2, day=3, marked=4, number=1, line=15, letters=1.2)
PRINTED = CellFormats(text=5, header=6, day=7, marked=8, number=9, line=16, letters=1.05)

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WRAP = '<alignment vertical="top" wrapText="1"/>'
_TOP = '<alignment horizontal="center" vertical="top" wrapText="1"/>'
_MIDDLE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font>\
<font><sz val="12"/><name val="Times New Roman"/></font>\
<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>
<fills count="4"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFFFE699"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>\
<bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf fontId="0"/></cellStyleXfs>
<cellXfs count="10"><xf xfId="0" fontId="0"/>
<xf xfId="0" fontId="0" applyFont="1" applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="0" numFmtId="164" applyFont="1" applyNumberFormat="1" \
applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="0" fillId="3" borderId="1" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="2" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="3" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1">{_MIDDLE}</xf>
<xf xfId="0" fontId="2" numFmtId="164" borderId="1" applyFont="1" applyNumberFormat="1" \
applyBorder="1" applyAlignment="1">{_TOP}</xf>
<xf xfId="0" fontId="2" fillId="3" borderId="1" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1">{_WRAP}</xf>
<xf xfId="0" fontId="2" borderId="1" applyFont="1" applyBorder="1" \
applyAlignment="1">{_TOP}</xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
# The workbook says when it was made; a fixed day, so that the same content gives the same bytes.
_CORE = f"""{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>\
</cp:coreProperties>"""
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1  # of deflate: the higher ones take a multiple of the time for a tenth of the size


def escaped(content: str) -> str:
    """Return the text as it stands in XML."""
    return escape(content, quote=True)


class Book:
    """A workbook that is being written, one sheet at a time."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._titles: list[str] = []
        self._ranges: list[str] = []
        self._printed: set[int] = set()
        self._sheet: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        elif self._sheet is not None:
            self._sheet.close()
        self._archive.close()

    def begin_sheet(self, title: str, widths: Sequence[int], *, printed: bool) -> None:
        """Begin a sheet; its rows are written as XML by `write`."""
        self._titles.append(title)
        number = len(self._titles)
        if printed:
            self._printed.add(number)
        entry = _entry(f"xl/worksheets/sheet{number}.xml")
        self._sheet = self._archive.open(entry, "w", force_zip64=True)
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
            for n, width in enumerate(widths, 1)
        )
        fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if printed else ""
        chosen = ' tabSelected="1"' if number == 1 else ""
        parts = (
            f'{_XML}<worksheet xmlns="{_MAIN}">{fit}',
            f'<sheetViews><sheetView{chosen} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ',
            'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>\n',
        )
        self.write("".join(parts).encode())

    def write(self, content: bytes | memoryview) -> None:
        """Write into the sheet that was begun."""
        if self._sheet is None:
            raise ValueError("no sheet was begun")
        self._sheet.write(content)

    def end_sheet(self, rows: int, columns: int, *, printed: bool) -> None:
        """End the sheet, whose rows and columns can be filtered."""
        whole = f"A1:{column_letters(columns)}{rows}"
        self._ranges.append(whole)
        page = (
            '<pageMargins left="0.3" right="0.3" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
            '<headerFooter><oddHeader>&amp;C&amp;"Times New Roman,Bold"&amp;A</oddHeader>'
            "<oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter>"
        )
        # Excel warns at each text that is a number, such as those of plans and pages.
        quiet = f'<ignoredErrors><ignoredError sqref="{whole}" numberStoredAsText="1"/>'
        end = f'</sheetData><autoFilter ref="{whole}"/>{page if printed else ""}{quiet}'
        self.write(f"{end}</ignoredErrors></worksheet>".encode())
        if self._sheet is not None:
            self._sheet.close()
        self._sheet = None

    def _finish(self) -> None:
        numbers = range(1, len(self._titles) + 1)
        sheets = "".join(
            f'<sheet name="{escaped(title)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, title in enumerate(self._titles, 1)
        )
        parts = {
            "[Content_Types].xml": _content_types(numbers),
            "_rels/.rels": _relations(
                (f"{_LINKS}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": _CORE,
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
            f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>"
            f"<definedNames>{self._names()}</definedNames></workbook>",
            "xl/_rels/workbook.xml.rels": _relations(
                *((f"{_LINKS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                (f"{_LINKS}/styles", "styles.xml"),
            ),
            "xl/styles.xml": _STYLES,
        }
        for name, content in parts.items():
            self._archive.writestr(_entry(name), content, compresslevel=_LEVEL)

    def _names(self) -> str:
        """Excel wants each filtered range, and rows that are printed on each page, as a name."""
        names = []
        for n, (title, whole) in enumerate(zip(self._titles, self._ranges, strict=True)):
            sheet = escaped("'" + title.replace("'", "''") + "'")
            names.append(_name("_FilterDatabase", n, f"{sheet}!{_fixed(whole)}", ' hidden="1"'))
            if n + 1 in self._printed:
                names.append(_name("Print_Titles", n, f"{sheet}!$1:$1"))
        return "".join(names)


def _name(name: str, sheet: int, meaning: str, more: str = "") -> str:
    return f'<definedName name="_xlnm.{name}" localSheetId="{sheet}"{more}>{meaning}</definedName>'


def _fixed(whole: str) -> str:
    """ "A1:AB9" as "$A$1:$AB$9"."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", whole)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _relations(*relations: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _content_types(sheets: range) -> str:
    parts = {
        "/xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPE}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{_TYPE}.worksheet+xml" for n in sheets},
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{relations}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )
