"""The rules of a scanned page: straight level and upright lines, drawn or dotted.

Images are 8-bit grey of shape (height, width), ink dark; `scale` is pixels a point.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.read.scan.faint_rules import faint_rules
from pipeline.read.scan.pixels import Grey, as_grey, darker_than, kernel
from schemas.geometry import Box

# Lengths in points.
_SHORTEST_ACROSS = 24.0  # longer than the serifs of bold capitals that run together
_SHORTEST_DOWN = 9.0  # the lowest row: a line of 9 pt
_SURELY_DOWN = 40.0  # longer than any stem, brackets over two lines included
_TOUCH = 1.8
_OVERHANG = 13.0
_SAME_END = 8.0
_WIDE = 300.0
_LOW_ROWS = 12.0
_SURELY_ROW = 16.0  # taller than letters
_APART = 14.0  # narrower than a column
_FEWEST_BESIDE = 3
_LONG = 90.0
_THICKEST = 4.5
_GAP = 1.5
# The share of its length over which a rule must show ink; faint print and 1-bit scans break it.
_INKED_LONG, _INKED_SHORT = 0.6, 0.93
_BEYOND = 1.0  # points beyond a run at which letters go on, and a rule does not
# The share of a run's length over which ink goes on beyond it: 0.4 to 0.8 where a row of letters
# made it, on 266 scanned pages.
_LETTERS = 0.3
_INK = 160  # what is darker than this may be a rule


class Drawn(Struct, frozen=True):
    """The rules of a page: their boxes in pixels, and a mask (255 = rule) of shape (h, w)."""

    boxes: tuple[Box, ...]
    mask: Grey


def find_rules(grey: Grey, scale: float) -> Drawn:
    """Return the straight upright and level lines that are drawn on an upright page.

    A short upright line counts only where it ends at level ones, as a cell's side does: stems of
    letters do not. Dotted and faint lines count where they are long and meet others.
    """
    ink = darker_than(grey, _INK)
    mask = np.zeros_like(ink)
    level = _drawn(mask, _thin_runs(ink, scale, _SHORTEST_ACROSS, across=True))
    half = as_grey(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    faint_level = [
        box for box in _doubled(half, scale, across=True) if not _drawn_already(mask, box)
    ]
    near = _TOUCH * scale

    def ends_at_level(x: float, y: float) -> bool:
        return any(
            b.x0 - near <= x <= b.x1 + near and abs(b.center[1] - y) <= near
            for b in (*level, *faint_level)
        )

    def is_side(box: Box) -> bool:
        x = box.center[0]
        long = box.height >= _SURELY_DOWN * scale
        return long or (ends_at_level(x, box.top) and ends_at_level(x, box.bottom))

    found = _thin_runs(ink, scale, _SHORTEST_DOWN, across=False)
    aligned = _aligned([run.box for run in found], scale)
    sides = [run for run in found if is_side(run.box) or run.box in aligned]
    upright = _trimmed(mask, _drawn(mask, sides), [*level, *faint_level], scale)
    faint_upright = [
        box for box in _doubled(half, scale, across=False) if not _drawn_already(mask, box)
    ]
    meeting_level = _meeting(faint_level, [*upright, *faint_upright], near, least=2)
    meeting_level += _alike(
        [box for box in faint_level if box not in meeting_level], [*level, *faint_level], scale
    )
    meeting_upright = _meeting(faint_upright, [*level, *faint_level], near, least=1)
    across = (*level, *meeting_level)
    down = [_within(box, across, scale) for box in meeting_upright]
    return with_boxes(Drawn((*level, *upright), mask), (*meeting_level, *down))


def with_boxes(drawn: Drawn, boxes: Sequence[Box]) -> Drawn:
    """Return the rules of a page with some more, given as boxes."""
    mask = drawn.mask.copy() if boxes else drawn.mask
    for box in boxes:
        x0, top, x1, bottom = map(round, box)
        mask[top:bottom, x0:x1] = 255
    return Drawn((*drawn.boxes, *boxes), mask)


def without_edges(drawn: Drawn, edges: Sequence[Box], scale: float) -> Drawn:
    """Return the rules of a page without the stretches of upright ones that lie along `edges`."""
    near = _THICKEST * scale
    mask = drawn.mask.copy() if edges else drawn.mask
    boxes = list(drawn.boxes)
    for edge in edges:
        kept: list[Box] = []
        for box in boxes:
            along = box.height > box.width and abs(box.center[0] - edge.center[0]) <= near
            if not along or box.bottom <= edge.top or box.top >= edge.bottom:
                kept.append(box)
                continue
            mask[round(edge.top) + 2 : round(edge.bottom) - 2, round(box.x0) : round(box.x1)] = 0
            parts = ((box.top, edge.top), (edge.bottom, box.bottom))
            kept += [Box(box.x0, a, box.x1, b) for a, b in parts if b - a > near]
        boxes = kept
    return Drawn(tuple(boxes), mask)


def _aligned(boxes: Sequence[Box], scale: float) -> set[Box]:
    """Short upright lines that begin and end with others at some distance: sides of a row that
    no level rule closes."""
    near, apart = _TOUCH * scale, _APART * scale
    tall = [box for box in boxes if box.height >= _SURELY_ROW * scale]

    def beside(a: Box, b: Box) -> bool:
        ends = abs(a.top - b.top) <= near and abs(a.bottom - b.bottom) <= near
        return ends and abs(a.x0 - b.x0) >= apart

    return {box for box in tall if sum(beside(box, other) for other in tall) >= _FEWEST_BESIDE}


def _trimmed(mask: Grey, upright: Sequence[Box], level: Sequence[Box], scale: float) -> list[Box]:
    """Cut off, on the mask as well, what sticks out beyond the last level rule (see `_within`)."""
    trimmed = []
    for box in upright:
        cut = _within(box, level, scale)
        for y0, y1 in ((box.top, cut.top), (cut.bottom, box.bottom)):
            mask[round(y0) : round(y1), round(box.x0) : round(box.x1)] = 0
        if cut.height >= _SHORTEST_DOWN * scale:
            trimmed.append(cut)
    return trimmed


def _within(box: Box, level: Sequence[Box], scale: float) -> Box:
    """An upright rule without what sticks out beyond the last level one by less than a line.

    There a letter stands on the edge, of a heading that runs across it.
    """
    near, most = _TOUCH * scale, _OVERHANG * scale
    x = box.center[0]
    meets = [b.center[1] for b in level if b.x0 - near <= x <= b.x1 + near]
    within = [y for y in meets if box.top - near <= y <= box.bottom + near]
    top, bottom = box.top, box.bottom
    if within and near < min(within) - top < most:
        top = min(within)
    if within and near < bottom - max(within) < most:
        bottom = max(within)
    return Box(box.x0, top, box.x1, bottom)


def _doubled(half: Grey, scale: float, *, across: bool) -> list[Box]:
    """The faint rules of a picture of half the size, on that of full size."""
    return [Box(*(2 * v for v in box)) for box in faint_rules(half, scale / 2, across=across)]


def _meeting(boxes: Sequence[Box], others: Sequence[Box], near: float, least: int) -> list[Box]:
    """Those boxes that touch so many others: a dotted line by itself is there to write on."""

    def meet(a: Box, b: Box) -> bool:
        return (
            a.x0 - near <= b.x1
            and b.x0 - near <= a.x1
            and a.top - near <= b.bottom
            and b.top - near <= a.bottom
        )

    return [box for box in boxes if sum(meet(box, other) for other in others) >= least]


def _alike(boxes: Sequence[Box], others: Sequence[Box], scale: float) -> list[Box]:
    """Those boxes that are as wide as a table and begin and end like another: level rules alone."""
    near, wide = _SAME_END * scale, _WIDE * scale

    def alike(a: Box, b: Box) -> bool:
        apart = abs(a.center[1] - b.center[1]) >= _LOW_ROWS * scale  # not head and foot of a line
        return apart and abs(a.x0 - b.x0) <= near and abs(a.x1 - b.x1) <= near

    return [
        box for box in boxes if box.width >= wide and any(alike(box, other) for other in others)
    ]


class _Run(Struct, frozen=True):
    """A thin straight run of ink: its box and its outline as OpenCV gives it, (n, 1, 2)."""

    box: Box
    outline: NDArray[np.int32]


def _thin_runs(ink: Grey, scale: float, least: float, *, across: bool) -> list[_Run]:
    """Return the thin straight runs of ink of `least` points or more, from left to right."""
    shortest, gap = round(least * scale), max(3, round(_GAP * scale))
    # A rule that still slopes a little steps from one pixel row to the next: thicken it across
    # its run first, so that the steps overlap.
    wide = as_grey(cv2.dilate(ink, kernel(1, 3) if across else kernel(3, 1)))
    bridged = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, _line(gap, across=across))
    runs = as_grey(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, _line(shortest, across=across)))
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in sorted(outlines, key=lambda o: tuple(cv2.boundingRect(o))):
        x, y, width, height = cv2.boundingRect(outline)
        length = max(width, height)
        part = np.s_[y : y + height, x : x + width]
        inked = (ink[part].max(axis=0 if across else 1) > 0).mean()
        # The feet of letters in a row, bridged, leave gaps.
        enough = _INKED_LONG if length > _LONG * scale else _INKED_SHORT
        thickness = cv2.countNonZero(runs[part]) / length
        if thickness <= _THICKEST * scale and inked >= enough:
            if across and length <= _LONG * scale and _is_made_of_letters(ink, outline, scale):
                continue
            box = Box(x, y, x + width, y + height)
            found.append(_Run(box, np.asarray(outline, np.int32)))
    return found


def _is_made_of_letters(ink: Grey, outline: NDArray[Any], scale: float) -> bool:
    """Whether a level run is but the feet, or the heads, of a bold word's letters: their stems go
    on above it, or below."""
    x, y, width, height = cv2.boundingRect(outline)
    run = np.zeros((height, width), np.uint8)
    cv2.drawContours(run, [outline], -1, (1,), cv2.FILLED, offset=(-x, -y))
    beyond = round(_BEYOND * scale) + 1
    above = y + run.argmax(axis=0) - beyond
    below = y + height - 1 - run[::-1].argmax(axis=0) + beyond
    columns = np.arange(x, x + width)
    sides = (ink[rows.clip(0, len(ink) - 1), columns] for rows in (above, below))
    return bool(max((side > 0).mean() for side in sides) >= _LETTERS)


def _line(length: int, *, across: bool) -> Grey:
    odd = length | 1  # about its middle
    return kernel(odd, 1) if across else kernel(1, odd)


def _drawn_already(mask: Grey, box: Box) -> bool:
    x0, top, x1, bottom = map(round, box)
    part = mask[max(0, top) : bottom, max(0, x0) : x1]
    along = 0 if box.width > box.height else 1
    return bool(part.size) and bool((part.max(axis=along) > 0).mean() > 0.5)


def _drawn(mask: Grey, runs: Sequence[_Run]) -> list[Box]:
    """Draw the runs on the mask and return their boxes."""
    cv2.drawContours(mask, [run.outline for run in runs], -1, (255,), cv2.FILLED)
    return [run.box for run in runs]


def without_rules(grey: Grey, drawn: Drawn) -> Grey:
    """Return the picture with its rules painted white, for the OCR to see only text."""
    around = cv2.dilate(drawn.mask, kernel(3, 3))
    bare = grey.copy()
    bare[around > 0] = 255
    return bare
