"""The kinds of file that can be read, in the order in which they are tried."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.read.pdf.reader import PDF
from pipeline.read.reader import Reader
from pipeline.read.scan.reader import IMAGE
from pipeline.read.sheet.reader import SHEET
from pipeline.read.word.reader import WORD

READERS: Sequence[Reader] = (PDF, IMAGE, WORD, SHEET)


def suffixes() -> frozenset[str]:
    """Return what readable files are usually called, in lower case."""
    return frozenset().union(*(reader.suffixes for reader in READERS))


def reader_for(start: bytes, path: Path) -> Reader | None:
    """Return the reader of a file by its content, None where there is none.

    The first bytes tell what a file is; its suffix is only what somebody called it.
    """
    return next((reader for reader in READERS if reader.recognises(start, path)), None)


def reader_of(kind: str) -> Reader:
    """Return the reader of a kind of file; raises KeyError for a kind that there is not."""
    return {reader.kind: reader for reader in READERS}[kind]
