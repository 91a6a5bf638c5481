"""A zip that an office program wrote, opened with limits: what unpacks without end is refused."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import error as ZlibError  # noqa: N812

from schemas.failure import FailureCode, PhulucError

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_PART = 100 << 20  # bytes unpacked; 230 pages of a resolution are 11 MB
_LARGEST_SUM = 400 << 20
_MOST_PARTS = 20_000
_MOST_TAGS = 4_000_000  # opening and closing; 2 million elements take about 500 MB
# ValueError: names of parts that are no text.
_DAMAGED = (
    zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError,
)  # fmt: skip
# Strict files (ISO 29500-1) name their vocabularies otherwise; the words are the same.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


class Zipped:
    """The parts of an open zip. Bytes are counted as they are unpacked, not as the zip says."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._unpacked = 0

    @property
    def names(self) -> list[str]:
        """The names of the parts, in order."""
        return sorted(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return a part, b"" where there is none; raises PhulucError for one that is too large."""
        if name not in self._names:
            return b""
        try:
            with self._archive.open(name) as part:
                data = part.read(_LARGEST_PART + 1)
        except _DAMAGED as error:
            raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=str(error)) from error
        except RuntimeError as error:  # what zipfile says of a part under a password
            raise PhulucError(FailureCode.PASSWORD_PROTECTED, stage="read") from error
        self._unpacked += len(data)
        if len(data) > _LARGEST_PART or self._unpacked > _LARGEST_SUM:
            raise PhulucError(FailureCode.TOO_LARGE, stage="read", limit="unpacked size")
        return data

    def xml(self, name: str) -> "_Element | None":
        """Return the root of a part, None where there is none; raises PhulucError as `read`."""
        data = self.read(name)
        return parsed(data) if data else None


@contextmanager
def unzipped(path: Path) -> Iterator[Zipped]:
    """Yield the parts of a zip; raises PhulucError where it is damaged, locked or too large."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=str(error)) from error
    with archive:
        if len(archive.filelist) > _MOST_PARTS:
            raise PhulucError(FailureCode.TOO_LARGE, stage="read", limit="parts")
        yield Zipped(archive)


def parsed(data: bytes) -> "_Element":
    """Return the root of an XML part; raises PhulucError where it is damaged or too large.

    A document type is refused: office programs write none, and entities come with one.
    """
    from lxml import etree  # noqa: PLC0415  20 ms, and only office files need it

    if data.count(b"<") > _MOST_TAGS:
        raise PhulucError(FailureCode.TOO_LARGE, stage="read", limit="elements")
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL.items():
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", reason="DOCTYPE")
    return root
