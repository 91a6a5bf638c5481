"""What an office file is by its content: a .doc is often a DOCX, a .xls often a page of HTML."""

import codecs
import re
import zipfile
from pathlib import Path
from typing import Literal

OfficeKind = Literal[
    "docx",
    "odt",
    "doc",
    "rtf",
    "wordml",
    "html",
    "mhtml",
    "xlsx",
    "ods",
    "xls",
    "xml2003",
    "csv",
    "locked",
]

START = 4096  # bytes that tell
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|p)\b", re.IGNORECASE)
# The XML files of Office 2003, whose first element names its vocabulary.
_WORDML = b"http://schemas.microsoft.com/office/word/2003/wordml"
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods"}
_SHEET_SUFFIXES = frozenset({".xls", ".xlsx", ".ods", ".csv"})
_DOCUMENT_SUFFIXES = frozenset({".doc", ".docx", ".htm", ".html", ".mht", ".xls", ".xlsx", ".xml"})
_MAIL = (b"mime-version:", b"from:")
_SEPARATORS = (b"\t", b";", b",")


def office_kind(path: Path) -> OfficeKind | None:
    """Return what kind of office file it is, None for any other; raises OSError."""
    with path.open("rb") as file:
        start = file.read(START)
    if start.startswith(_ZIP):
        return _in_zip(path)
    if start.startswith(_OLE):
        return _in_compound(path)
    if start.lstrip().startswith(_RTF):
        return "rtf"
    return _in_text(start, path.suffix.lower())


def _in_zip(path: Path) -> OfficeKind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
            if "word/document.xml" in names or any(n.startswith("word/") for n in names):
                return "docx"
            if any(name.startswith("xl/worksheets/") for name in names):
                return "xlsx"
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    kind = part.read(100).decode("ascii", "replace").rpartition(".")[2]
                found = _OPEN_DOCUMENT.get(kind.removesuffix("-template").strip())
                return "odt" if found == "odt" else "ods" if found == "ods" else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return None


def _in_compound(path: Path) -> OfficeKind | None:
    """What an OLE file holds: Word, Excel, or an OOXML file under a password."""
    import olefile  # noqa: PLC0415  only old files need it

    try:
        with olefile.OleFileIO(path) as compound:
            if compound.exists("EncryptedPackage"):
                return "locked"
            if compound.exists("WordDocument"):
                return "doc"
            if compound.exists("Workbook") or compound.exists("Book"):
                return "xls"
    except (
        Exception
    ):  # it raises whatever the file's chains meet: OSError, IndexError, struct.error
        return None
    return None


def _in_text(start: bytes, suffix: str) -> OfficeKind | None:
    text = start
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start.decode("utf-16", "replace").encode()
    document, sheet = suffix in _DOCUMENT_SUFFIXES, suffix in _SHEET_SUFFIXES
    kinds: tuple[tuple[OfficeKind, bool], ...] = (
        ("wordml", document and _WORDML in text),
        ("xml2003", document and _SPREADSHEETML in text),
        ("mhtml", document and text[:200].lower().lstrip().startswith(_MAIL)),
        ("html", document and _HTML.search(text) is not None),
        ("csv", sheet and any(text.count(sign) >= 2 for sign in _SEPARATORS)),
    )
    return None if b"\0" in text else next((kind for kind, holds in kinds if holds), None)
