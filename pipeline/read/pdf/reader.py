"""PDF: told by its header, refused where damaged or locked, read page by page."""

from pathlib import Path

from pipeline.read.reader import Reader
from pipeline.settings import Settings
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Reading, Source

# A PDF may carry up to 1024 bytes of junk before it (ISO 32000-1, implementation note 13).
_MAGIC = b"%PDF-"


def _recognises(start: bytes, _: Path) -> bool:
    return _MAGIC in start


def _pages_of(path: Path) -> int:
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


def _read(source: Source, settings: Settings, _: Path | None) -> Reading:
    # pdfplumber, 14 MiB: a process that only interprets what was read, as that of the pages, needs
    # none of it.
    from pipeline.read.pages import read_pages  # noqa: PLC0415

    return read_pages(source, settings)


PDF = Reader("pdf", frozenset({".pdf"}), _recognises, _pages_of, _read)
