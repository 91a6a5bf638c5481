"""Workbooks (XLSX, XLS, ODS, and CSV that is called so): tables and texts as they are shown."""

from pathlib import Path

from msgspec.structs import replace

from pipeline.read.exact import laid_out
from pipeline.read.reader import Reader
from pipeline.read.sheet.csv import read_csv
from pipeline.read.sheet.ods import read_ods
from pipeline.read.sheet.tables import section_of
from pipeline.read.sheet.xls import read_xls
from pipeline.read.sheet.xlsx import read_xlsx
from pipeline.read.sheet.xml2003 import read_xml2003
from pipeline.read.sniff import office_kind
from pipeline.settings import Settings
from schemas.reading import Reading, Source

_READ = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "csv": read_csv,
    "xml2003": read_xml2003,
}
_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


def _recognises(_: bytes, path: Path) -> bool:
    return office_kind(path) in _READ


def _read(source: Source, _: Settings, __: Path | None) -> Reading:
    workbook = _READ[office_kind(source.path) or ""](source.path)
    reading = laid_out([section_of(sheet) for sheet in workbook.sheets])
    return replace(reading, flags=workbook.flags)


SHEET = Reader("sheet", _SUFFIXES, _recognises, lambda _: 0, _read)
