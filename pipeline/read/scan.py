"""A picture of a page into a `Page`: clean, straighten, find rules, read the text once."""

from dataclasses import dataclass

import numpy as np

from pipeline.grid import find_grids
from pipeline.read import pixels, tesseract
from pipeline.read.regions import moved_back, stack_regions
from pipeline.settings import Settings
from schemas.geometry import Box
from schemas.stages import Page, Rule, Word


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels (BGR or grey, shape (h, w[, 3])) and how many of them make a point."""

    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    scale: float


def read_scan(image: PageImage, number: int, reasons: tuple[str, ...], settings: Settings) -> Page:
    """Return the page that a picture shows, read by OCR; words and rules in points."""
    scale = image.scale
    grey = pixels.without_streaks(pixels.ink_of(image.pixels))
    upright, matrix = pixels.turned(grey, pixels.skew_of(grey))
    drawn = pixels.find_rules(upright, scale)
    grids = find_grids(drawn.boxes, unit=scale)
    bare = pixels.sharpened(pixels.without_rules(upright, drawn))
    stack = stack_regions(bare, pixels.text_mask(bare, scale), grids, scale)
    words: list[Word] = []
    if stack is not None:
        read = tesseract.recognise(
            stack.image,
            language=settings.ocr_language,
            dpi=round(scale * 72),
            timeout=settings.ocr_timeout,
            page=number,
        )
        words = [Word(w.text, _scaled(w.box, scale), w.confidence) for w in moved_back(read, stack)]
    height, width = grey.shape
    return Page(
        number=number,
        width=width / scale,
        height=height / scale,
        words=tuple(words),
        rules=tuple(Rule(_scaled(box, scale)) for box in drawn.boxes),
        method="ocr" if words else "blank",
        reasons=reasons,
        to_display=pixels.back_transform(matrix, scale),
    )


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 / scale, box.top / scale, box.x1 / scale, box.bottom / scale)
