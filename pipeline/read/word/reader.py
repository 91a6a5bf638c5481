"""Word documents, read from their own XML: every cell is exact, and no page cuts a row."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline.read.exact import Section, laid_out
from pipeline.read.reader import Reader
from pipeline.read.sniff import office_kind
from pipeline.read.word.document import read_sections
from pipeline.read.word.html import read_html
from pipeline.read.zipped import unzipped
from pipeline.settings import Settings
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Reading, Source

_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".doc"})


def _docx(path: Path) -> list[Section]:
    with unzipped(path) as parts:
        return read_sections(parts)


_READ: Mapping[str | None, Callable[[Path], list[Section]]] = {
    "docx": _docx,
    "html": read_html,
    "mhtml": partial(read_html, archived=True),
}


def _recognises(_: bytes, path: Path) -> bool:
    return office_kind(path) in (*_READ, "locked")


def _read(source: Source, _: Settings) -> Reading:
    kind = office_kind(source.path)
    if kind == "locked":
        raise PhulucError(FailureCode.PASSWORD_PROTECTED, stage="read")
    return laid_out(_READ[kind](source.path))


WORD = Reader("word", _SUFFIXES, _recognises, lambda _: 0, _read)
