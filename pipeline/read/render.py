"""Pages into pixels: PDF pages at the resolution of their scan, pictures as they are.

pdfium must not be called from two threads at once, so rendering goes through one lock.
"""

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from pipeline.read.page_image import PageImage
from schemas.failure import FailureCode, PhulucError
from schemas.stages import Source

_POINTS_PER_INCH = 72
# Below 200 dpi Tesseract loses tone marks, above 300 it only gets slower.
_LEAST_DPI, _MOST_DPI = 200, 300
# Cameras and some scanners write 72 or 1 dpi; then the long side is taken for that of A4.
_BELIEVED_DPI = (90, 1300)
_A4_HEIGHT = 842.0

_pdfium = threading.Lock()
_PICTURE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE


def render_page(source: Source, number: int, max_pixels: int) -> PageImage:
    """Return page `number` (from 1) as pixels, BGR or grey; raises PhulucError if too large."""
    if source.kind == "image":
        return _picture(source.path, number, max_pixels)
    with _pdfium:
        page = _document(source.path)[number - 1]
        try:
            return _rendered(page, number, max_pixels)
        finally:
            page.close()


def pictures_only(source: Source) -> set[int]:
    """Return the numbers (from 1) of the pages of a PDF that hold pictures and not one character.

    Asking pdfium costs a millisecond a page; such pages need not be parsed for text and rules.
    """
    found = set()
    with _pdfium:
        document = _document(source.path)
        for number in range(1, source.pages + 1):
            page = document[number - 1]
            text = page.get_textpage()
            pictures = page.get_objects(filter=[_PICTURE], max_depth=3)
            if text.count_chars() == 0 and any(True for _ in pictures):
                found.add(number)
            text.close()
            page.close()
    return found


@lru_cache(maxsize=1)
def _document(path: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(path)


def _rendered(page: Any, number: int, max_pixels: int) -> PageImage:
    width, height = page.get_size()
    scale = _dpi_of(page, width) / _POINTS_PER_INCH
    _check_size(width * scale * height * scale, number, max_pixels)
    bitmap = page.render(scale=scale, may_draw_forms=True)
    return PageImage(np.array(bitmap.to_numpy()[:, :, :3]), bitmap.width / width)


def _dpi_of(page: Any, width: float) -> float:
    """The resolution of the largest picture on the page, within what is good for the OCR."""
    pixels = [image.get_px_size() for image in page.get_objects(filter=[_PICTURE], max_depth=3)]
    widest = max((w if page.get_rotation() % 180 == 0 else h for w, h in pixels), default=0)
    return float(np.clip(widest / width * _POINTS_PER_INCH, _LEAST_DPI, _MOST_DPI))


def _picture(path: Path, number: int, max_pixels: int) -> PageImage:
    try:
        with Image.open(path) as image:
            image.seek(number - 1)
            _check_size(image.width * image.height, number, max_pixels)
            dpi = float(image.info.get("dpi", (0, 0))[0])
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, EOFError) as error:
        raise PhulucError(
            FailureCode.DAMAGED_FILE, stage="read", page=number, reason=str(error)
        ) from error
    if not _BELIEVED_DPI[0] <= dpi <= _BELIEVED_DPI[1]:
        dpi = max(upright.size) / _A4_HEIGHT * _POINTS_PER_INCH
    factor = float(np.clip(dpi, _LEAST_DPI, _MOST_DPI)) / dpi
    if not 0.98 < factor < 1.02:
        size = (round(upright.width * factor), round(upright.height * factor))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
        dpi *= factor
    return PageImage(np.asarray(upright)[:, :, ::-1].copy(), dpi / _POINTS_PER_INCH)


def _check_size(pixels: float, number: int, max_pixels: int) -> None:
    if pixels > max_pixels:
        raise PhulucError(
            FailureCode.TOO_LARGE,
            stage="read",
            page=number,
            limit=f"{max_pixels / 1e6:.0f} megapixels",
        )
