"""Which files there are, and whether a file is fit to be read: kind, size, password, damage."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.read.reader import START
from pipeline.read.readers import reader_for, suffixes
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Source


class FoundFile(Struct, frozen=True):
    """A file to be read. `name` is its path as the user knows it, with forward slashes."""

    path: Path
    name: str


def discover(inputs: Sequence[Path]) -> list[FoundFile]:
    """Return the files to be read, in the order of their names.

    A file that is named is taken whatever its suffix; folders are searched through for the
    suffixes of what can be read, hidden files and what editors leave behind ("~$…") left out.
    Raises FileNotFoundError for an input that does not exist.
    """
    found: dict[Path, FoundFile] = {}
    for given in inputs:
        if not given.exists():
            raise FileNotFoundError(given)
        if given.is_file():
            found.setdefault(given.resolve(), FoundFile(given, shown(given.name)))
            continue
        for path in _files_below(given):
            name = shown(path.relative_to(given).as_posix())
            found.setdefault(path.resolve(), FoundFile(path, name))
    return sorted(found.values(), key=lambda f: (unicodedata.normalize("NFC", f.name), str(f.path)))


def shown(name: str) -> str:
    """Return a file name as it can be written: bytes that are no UTF-8 as "\\xe1".

    An archive that was unpacked on another system leaves such names behind.
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _files_below(folder: Path) -> Iterable[Path]:
    usual = suffixes()
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if path.suffix.lower() in usual and not name.startswith((".", "~$")):
                yield path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's content, in hex; raises PhulucError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PhulucError(
            FailureCode.DAMAGED_FILE, stage="ingest", reason=error.strerror or str(error)
        ) from error


def open_source(path: Path, name: str, sha256: str | None = None) -> Source:
    """Return the file as a `Source`, or raise a PhulucError that says why it cannot be read.

    `sha256` is that of its content, where it is known already.
    """
    sha256 = sha256 or sha256_of(path)
    with path.open("rb") as file:
        start = file.read(START)
    if not start:
        raise PhulucError(FailureCode.EMPTY_FILE, stage="ingest")
    reader = reader_for(start, path)
    if reader is None:
        raise PhulucError(FailureCode.UNSUPPORTED_FILE, stage="ingest")
    return Source(
        path=path, name=name, sha256=sha256, kind=reader.kind, pages=reader.pages_of(path)
    )
