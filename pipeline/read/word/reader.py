"""Word documents, read from their own XML: every cell is exact, and no page cuts a row.

Old formats (DOC, RTF, ODT) are made DOCX by LibreOffice first. Where the machine has it, it also
renders documents, and cells get their places on pages.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from pipeline.read.exact import ExactSection, laid_out
from pipeline.read.libreoffice import soffice
from pipeline.read.libreoffice.places import with_places
from pipeline.read.libreoffice.prepared import OLD_KINDS, as_docx, rendering_of
from pipeline.read.reader import Reader
from pipeline.read.sniff import office_kind
from pipeline.read.word.document import read_sections
from pipeline.read.word.html import read_html
from pipeline.read.zipped import unzipped
from pipeline.settings import Settings
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Reading, Source

_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf"})
_PAGES: Mapping[str | None, Callable[[Path], list[ExactSection]]] = {
    "html": read_html,
    "mhtml": partial(read_html, archived=True),
}


def _recognises(_: bytes, path: Path) -> bool:
    return office_kind(path) in {"docx", "locked", *OLD_KINDS, *_PAGES}


def _read(source: Source, _: Settings, kept: Path | None) -> Reading:
    kind = office_kind(source.path)
    if kind == "locked":
        raise PhulucError(FailureCode.PASSWORD_PROTECTED, stage="read")
    if kind in _PAGES:
        return laid_out(_PAGES[kind](source.path))
    if kind in OLD_KINDS:
        with as_docx(source.path, source.sha256, kept) as docx:
            return _of_docx(docx, source.sha256, kept)
    return _of_docx(source.path, source.sha256, kept)


def _of_docx(path: Path, sha256: str, kept: Path | None) -> Reading:
    with unzipped(path) as parts:
        reading = laid_out(read_sections(parts))
    rendering = rendering_of(path, sha256, kept)
    if rendering is None:
        return replace(reading, unrendered=soffice.find() is None)
    return with_places(reading, rendering)


WORD = Reader("word", _SUFFIXES, _recognises, lambda _: 0, _read)
