"""Which files there are, and whether a file is fit to be read: kind, size, password, damage."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from schemas.failure import FailureCode, PhulucError
from schemas.reading import FileKind, Source

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})

# The first bytes tell what a file is; its suffix is only what somebody called it. A PDF may
# carry up to 1024 bytes of junk before its header (ISO 32000-1, implementation note 13).
_PDF_MAGIC = b"%PDF-"
_PDF_HEADER_WITHIN = 1024
_IMAGE_MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
)


class Found(Struct, frozen=True):
    """A file to be read. `name` is its path as the user knows it, with forward slashes."""

    path: Path
    name: str


def discover(inputs: Sequence[Path]) -> list[Found]:
    """Return the files to be read, in the order of their names.

    A file that is named is taken whatever its suffix; folders are searched through for PDF and
    images, hidden files and what editors leave behind ("~$…") left out. Raises FileNotFoundError
    for an input that does not exist.
    """
    found: dict[Path, Found] = {}
    for given in inputs:
        if not given.exists():
            raise FileNotFoundError(given)
        if given.is_file():
            found.setdefault(given.resolve(), Found(given, given.name))
            continue
        for path in _files_below(given):
            name = path.relative_to(given).as_posix()
            found.setdefault(path.resolve(), Found(path, name))
    return sorted(found.values(), key=lambda f: (unicodedata.normalize("NFC", f.name), str(f.path)))


def _files_below(folder: Path) -> Iterable[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")):
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
        start = file.read(_PDF_HEADER_WITHIN)
    if not start:
        raise PhulucError(FailureCode.EMPTY_FILE, stage="ingest")
    kind = _kind_of(start)
    pages = _pages_of_pdf(path) if kind == "pdf" else _pages_of_image(path)
    return Source(path=path, name=name, sha256=sha256, kind=kind, pages=pages)


def _kind_of(start: bytes) -> FileKind:
    if _PDF_MAGIC in start:
        return "pdf"
    if start.startswith(_IMAGE_MAGIC):
        return "image"
    raise PhulucError(FailureCode.UNSUPPORTED_FILE, stage="ingest")


def _pages_of_pdf(path: Path) -> int:
    from pypdfium2 import PdfiumError  # noqa: PLC0415  pictures do not need it

    from pipeline.read.pdf.pdfium import opened  # noqa: PLC0415

    try:
        with opened(path) as document:
            pages = len(document)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise PhulucError(FailureCode.PASSWORD_PROTECTED, stage="ingest") from error
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="ingest", reason=str(error)) from error
    if pages == 0:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="ingest", reason="no pages")
    return pages


def _pages_of_image(path: Path) -> int:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(path) as image:
            return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except Image.DecompressionBombError as error:
        raise PhulucError(FailureCode.TOO_LARGE, stage="ingest", limit="pixels") from error
    except (UnidentifiedImageError, OSError) as error:
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="ingest", reason=str(error)) from error
