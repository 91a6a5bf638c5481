"""Word documents (DOCX), read from their own XML: every cell is exact, and no page cuts a row."""

from pathlib import Path

from pipeline.read.exact import laid_out
from pipeline.read.reader import Reader
from pipeline.read.word.document import read_sections
from pipeline.read.zipped import names_in, unzipped
from pipeline.settings import Settings
from schemas.reading import Reading, Source

_ZIP = b"PK\x03\x04"
_SUFFIXES = frozenset({".docx", ".docm", ".dotx"})


def _recognises(start: bytes, path: Path) -> bool:
    return start.startswith(_ZIP) and any(name.startswith("word/") for name in names_in(path))


def _read(source: Source, _: Settings) -> Reading:
    with unzipped(source.path) as parts:
        return laid_out(read_sections(parts))


WORD = Reader("word", _SUFFIXES, _recognises, lambda _: 0, _read)
