"""PDF files as pdfium sees them. It must not be called from two threads at once: one lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from schemas.failure import FailureCode, PhulucError
from schemas.reading import Source

_lock = threading.Lock()


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Yield the document; nobody else may use pdfium meanwhile."""
    # It takes a path as UTF-8 only; a file of another name it reads from memory.
    given = path if _is_utf8(path) else path.read_bytes()
    with _lock, pypdfium2.PdfDocument(given) as document:
        yield document


def _is_utf8(path: Path) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in str(path))


def page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Return page `number` (from 1); raises PhulucError where pdfium cannot load it."""
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise PhulucError(
            FailureCode.DAMAGED_FILE, stage="read", page=number, reason=str(error)
        ) from error


def pictures_on(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    """Yield the pictures on a page of pdfium, those in forms included."""
    yield from page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)


def pictures_only(source: Source) -> set[int]:
    """Return the numbers (from 1) of the pages of a PDF that hold pictures and not one character.

    Asking pdfium costs a millisecond a page; such pages need not be parsed for text and rules.
    """
    found = set()
    with opened(source.path) as document:
        for number in range(1, source.pages + 1):
            page = page_of(document, number)
            text = page.get_textpage()
            if text.count_chars() == 0 and any(True for _ in pictures_on(page)):
                found.add(number)
            text.close()
            page.close()
    return found
