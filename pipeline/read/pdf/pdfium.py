"""PDF files as pdfium sees them. It must not be called from two threads at once: one lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2

from schemas.reading import Source

_lock = threading.Lock()


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Yield the document; nobody else may use pdfium meanwhile."""
    with _lock, pypdfium2.PdfDocument(path) as document:
        yield document


def pictures_on(page: Any) -> Iterator[Any]:
    """Yield the pictures on a page of pdfium, those in forms included."""
    yield from page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)


def pictures_only(source: Source) -> set[int]:
    """Return the numbers (from 1) of the pages of a PDF that hold pictures and not one character.

    Asking pdfium costs a millisecond a page; such pages need not be parsed for text and rules.
    """
    found = set()
    with opened(source.path) as document:
        for number in range(1, source.pages + 1):
            page = document[number - 1]
            text = page.get_textpage()
            if text.count_chars() == 0 and any(True for _ in pictures_on(page)):
                found.add(number)
            text.close()
            page.close()
    return found
