"""Places of a digital page of which only its picture tells what a reader sees there.

Letters without characters are read by OCR, each place by itself. Where the file does not tell
whether words are seen (blend modes, patterns, odd clips), the picture has ink there or has not.
"""

from collections.abc import Iterable

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.plausibility import is_plausible
from pipeline.read.ocr.engine import OcrEngine, OcrWord
from pipeline.read.pdf.pdfium import opened, page_of
from pipeline.read.scan.page_image import PageImage
from pipeline.read.scan.pixels import Grey, as_grey
from schemas.geometry import Box
from schemas.page import Page, PlaceDoubt, Word
from schemas.reading import Source

UNREAD, UNSEEN = "place_unread", "ink_unsure"
_INK_DPI = 100
_INK = 40  # grey levels between the lightest and the darkest of a place that shows letters
# The resolution, in dots an inch, and the white that the OCR needs around letters, in pixels.
_DPI, _WHITE = 300, 30
_AROUND = 1.5  # points of the page about a place
_SURE = 0.6  # what was read less surely stays in doubt


def read_places(source: Source, page: Page, engine: OcrEngine) -> Page:
    """Return a page with its unread places read by OCR; those stay in doubt that make no sense.

    Words that may not be seen are left out where the picture shows nothing.
    """
    unsure = {doubt.box for doubt in page.doubts if doubt.code == UNSEEN}
    blank = _without_ink(source, page, unsure) if unsure else set()
    words: list[Word] = [word for word in page.words if word.box not in blank]
    doubts: list[PlaceDoubt] = []
    for doubt in page.doubts:
        if doubt.code == UNSEEN:
            continue
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


def _without_ink(source: Source, page: Page, boxes: Iterable[Box]) -> set[Box]:
    """Those boxes of a page in which its picture shows nothing."""
    scale = _INK_DPI / 72
    with opened(source.path) as document:
        document.init_forms()
        bitmap = page_of(document, page.number).render(
            scale=scale, may_draw_forms=True, grayscale=True
        )
        grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width, -1)[:, :, 0]
    blank = set()
    for box in boxes:
        x0, top, x1, bottom = (round(edge * scale) for edge in page.to_display.apply(box))
        shown = grey[max(0, top) : bottom + 1, max(0, x0) : x1 + 1]
        if shown.size == 0 or int(shown.max()) - int(shown.min()) < _INK:
            blank.add(box)
    return blank


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
