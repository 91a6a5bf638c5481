"""Places of a digital page that show letters without characters, read by OCR: each by itself."""

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.language.plausibility import is_plausible
from pipeline.read.ocr.engine import OcrEngine, OcrWord
from pipeline.read.pdf.pdfium import opened, page_of
from pipeline.read.scan.page_image import PageImage
from pipeline.read.scan.pixels import Grey, as_grey
from schemas.geometry import Box
from schemas.page import Page, PlaceDoubt, Word
from schemas.reading import Source

UNREAD = "place_unread"
# The resolution, in dots an inch, and the white that the OCR needs around letters, in pixels.
_DPI, _WHITE = 300, 30
_AROUND = 1.5  # points of the page about a place
_SURE = 0.6  # what was read less surely stays in doubt


def read_places(source: Source, page: Page, engine: OcrEngine) -> Page:
    """Return a page with its unread places read by OCR; those stay in doubt that make no sense."""
    words: list[Word] = list(page.words)
    doubts: list[PlaceDoubt] = []
    for doubt in page.doubts:
        found = _read(source, page, doubt.box, engine) if doubt.code == UNREAD else []
        if found:
            words += found
        else:
            doubts.append(doubt)
    return replace(page, words=tuple(words), doubts=tuple(doubts))


def _read(source: Source, page: Page, box: Box, engine: OcrEngine) -> list[Word]:
    """The words of a place; none where they make no sense."""
    shown = page.to_display.apply(box)
    image = _rendered(source, page, shown)
    found = engine.recognise(_on_white(image.pixels), dpi=_DPI, page=page.number)
    if not all(word.confidence >= _SURE and is_plausible(word.text) for word in found):
        return []
    left, top = box.x0 - shown.x0 - _AROUND, box.top - shown.top - _AROUND
    return [_word(word, image.scale, shown.x0 + left, shown.top + top) for word in found]


def _word(word: OcrWord, scale: float, left: float, top: float) -> Word:
    x0, y0, x1, y1 = ((edge - _WHITE) / scale for edge in word.box)
    box = Box(left + x0, top + y0, left + x1, top + y1)
    return Word(word.text, box, word.confidence, symbols=tuple(word.symbols))


def _rendered(source: Source, page: Page, shown: Box) -> PageImage:
    """A place of a page as pixels, its annotations and fields drawn."""
    with opened(source.path) as document:
        document.init_forms()
        held = page_of(document, page.number)
        width, height = held.get_size()
        margins = (
            max(0.0, shown.x0 - _AROUND),
            max(0.0, height - shown.bottom - _AROUND),
            max(0.0, width - shown.x1 - _AROUND),
            max(0.0, shown.top - _AROUND),
        )
        scale = _DPI / 72
        bitmap = held.render(scale=scale, crop=margins, may_draw_forms=True)
        return PageImage(np.array(bitmap.to_numpy()[:, :, :3]), scale)


def _on_white(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Grey:
    grey = as_grey(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    return as_grey(
        cv2.copyMakeBorder(grey, _WHITE, _WHITE, _WHITE, _WHITE, cv2.BORDER_CONSTANT, value=(255,))
    )
