"""Pictures that show what was seen: rules, cells, words, joins and roles drawn over each page."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.read.scan.render import render_page
from pipeline.settings import Settings
from schemas.geometry import Box
from schemas.page import Page
from schemas.plan import Plan
from schemas.reading import Stitched

# BGR
_RULE = (200, 60, 200)
_CELL = (60, 160, 60)
_SURE_WORD = (230, 180, 60)
_DOUBTFUL_WORD = (40, 40, 230)
_TEXT = (160, 0, 0)
_JOIN = (0, 120, 255)
_DOUBTFUL = 0.7  # words read less surely than this are drawn in red

_Picture = NDArray[np.uint8]


def draw_pages(stitched: Stitched, plan: Plan, folder: Path, settings: Settings) -> None:
    """Write `<name>-<page>.png` for every page of a document into a folder.

    Drawn are: rules (purple), cells (green), words (blue, doubtful ones red), the role of every
    piece, and at joins the score and the reasons. Raises PhulucError for pages too large to draw.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = Path(stitched.source.name).stem
    for page in stitched.pages if stitched.source.pages else ():
        image = render_page(stitched.source, page.number, settings.max_pixels)
        picture = np.ascontiguousarray(image.pixels)
        _draw_seen(picture, page, image.scale)
        _draw_cells(picture, stitched, page, image.scale)
        _draw_understood(picture, plan, page.number, image.scale)
        cv2.imwrite(str(folder / f"{stem}-{page.number}.png"), picture)


def _draw_seen(picture: _Picture, page: Page, scale: float) -> None:
    for rule in page.rules:
        x, y = rule.box.center
        ends = (
            [(rule.box.x0, y), (rule.box.x1, y)]
            if rule.horizontal
            else [(x, rule.box.top), (x, rule.box.bottom)]
        )
        start, end = (page.to_display.apply(Box(a, b, a, b)) for a, b in ends)
        _line(picture, start, end, scale)
    for word in page.words:
        colour = _SURE_WORD if word.confidence >= _DOUBTFUL else _DOUBTFUL_WORD
        _box(picture, page.to_display.apply(word.box), scale, colour, 1)


def _draw_cells(picture: _Picture, stitched: Stitched, page: Page, scale: float) -> None:
    for table in stitched.tables:
        for part in table.parts:
            if part.page != page.number:
                continue
            for cell in part.cells:
                x0, top, x1, bottom = page.to_display.apply(cell.piece.box)
                _box(picture, Box(x0 + 1.5, top + 1.5, x1 - 1.5, bottom - 1.5), scale, _CELL, 2)


def _draw_understood(picture: _Picture, plan: Plan, number: int, scale: float) -> None:
    for item in plan.items:
        for fragment in item.fragments:
            if fragment.page == number and fragment.bbox:
                label = fragment.column if fragment.column.isascii() else "extra"
                _label(picture, f"{item.id} {label}", Box(*fragment.bbox), scale, _TEXT)
        for join in item.joins:
            boxes = [f.bbox for f in item.fragments if f.page == number == join.page and f.bbox]
            if boxes:
                words = f"{item.id} joined {join.score:.2f}: {', '.join(join.reasons[:4])}"
                top = min(box[1] for box in boxes)
                left = min(box[0] for box in boxes)
                _label(picture, words, Box(left, top - 9, left, top), scale, _JOIN)
    for section in plan.sections:
        for fragment in section.fragments:
            if fragment.page == number and fragment.bbox:
                _label(picture, f"{section.id} section", Box(*fragment.bbox), scale, _TEXT)


def _line(picture: _Picture, start: Box, end: Box, scale: float) -> None:
    first, last = ((round(p.x0 * scale), round(p.top * scale)) for p in (start, end))
    cv2.line(picture, first, last, _RULE, 2)


def _box(
    picture: _Picture, box: Box, scale: float, colour: tuple[int, int, int], thickness: int
) -> None:
    x0, top, x1, bottom = (round(v * scale) for v in box)
    cv2.rectangle(picture, (x0, top), (x1, bottom), colour, thickness)


def _label(
    picture: _Picture, text: str, box: Box, scale: float, colour: tuple[int, int, int]
) -> None:
    place = (round(box.x0 * scale), round((box.top - 1) * scale))
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.17 * scale, colour, 1)
