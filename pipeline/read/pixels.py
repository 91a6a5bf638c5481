"""What the pixels of a scanned page tell: ink, skew, rules. Images are 8-bit grey, ink dark.

All functions take and return numpy arrays of shape (height, width) unless they say otherwise;
lengths are in pixels, `scale` is pixels a point.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Affine, Box

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]

# Lengths in points.
_SHORTEST_ACROSS = 24.0  # longer than the serifs of bold capitals that run together
_SHORTEST_DOWN = 9.0  # the lowest row: a line of 9 pt
_SURELY_DOWN = 40.0  # longer than any stem, brackets over two lines included
_TOUCH = 4.0
_LONG = 90.0
_LINE_PITCH = 16.0  # from one line of 12 pt to the next
_THICKEST_RULE = 4.5
_GAP_IN_RULE = 1.5
_SPECK = 0.75  # the side of what is dust; a full stop at 12 pt is about 1.2 wide

# The share of its length over which a rule must show ink; faint print and 1-bit scans break it.
_INKED_LONG, _INKED_SHORT = 0.6, 0.93
_BLACK, _WHITE = 70, 190
_INK = 128  # after the paper has been made white, what is darker than this is ink
_WIDEST_SKEW = 6.0  # degrees
_STREAK_RUNS = 0.9  # a scanner's streak runs over this share of the page's height


def ink_of(image: Colour) -> Grey:
    """Return a BGR (or grey) picture as grey with white paper: coloured ink and shading taken out.

    The brightest channel shows a red seal and blue initials as paper and black print as ink.
    What a seal leaves at its rims, where JPEG has smeared the colour, is lifted to white.
    """
    if image.ndim == 2:
        return _white_paper(image)
    grey = image.max(axis=2)
    colourful = (cv2.subtract(grey, image.min(axis=2)) > 48).astype(np.uint8)
    grey = _white_paper(grey)
    if cv2.countNonZero(colourful):
        near = cv2.dilate(colourful, np.ones((5, 5), np.uint8))
        grey[(near > 0) & (grey > 170)] = 255
    return grey


def _white_paper(grey: Grey) -> Grey:
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)


def without_streaks(grey: Grey) -> Grey:
    """Return the picture without the thin lines that dirt on a scanner draws down the whole page.

    A streak is exactly upright, runs from edge to edge, which no rule of a table does, and is
    narrow: it is painted over with what stands left and right of it.
    """
    reach = 4
    left, right = np.roll(grey, reach, axis=1), np.roll(grey, -reach, axis=1)
    darker = cv2.subtract(np.minimum(left, right), grey) > 24
    runs = darker.mean(axis=0) > _STREAK_RUNS
    runs[:reach] = runs[-reach:] = False
    columns = np.flatnonzero(runs)
    if not columns.size:
        return grey
    mended = grey.copy()
    for x in columns:
        mended[:, x] = np.minimum(left[:, x], right[:, x])
    return mended


def skew_of(grey: Grey) -> float:
    """Return the angle in degrees by which to turn the page counter-clockwise to make it upright.

    The angle at which the sums of ink over the rows change most sharply from row to row
    (Postl, "Detection of linear oblique structures and skew scan", ICPR 1986), coarse to fine.
    """
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = np.where(small < 175, 255 - small, 0).astype(np.uint8)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        sums = cv2.reduce(cv2.warpAffine(ink, turn, (width, height)), 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)
        return float((np.diff(sums, axis=0) ** 2).sum())

    best = 0.0
    for step, span in ((0.5, _WIDEST_SKEW), (0.1, 0.5), (0.02, 0.1)):
        best = max(np.arange(best - span, best + span + step / 2, step), key=sharpness)
    return float(best)


def is_sideways(grey: Grey, scale: float) -> bool:
    """Whether the lines of text run up or down the page, told from the ink alone.

    Lines of text make the sums of ink rise and fall across them, not along them. Looked at in
    strips, so that the columns of a table do not blur it; rules are left out first.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = np.where(half < 160, 255, 0).astype(np.uint8)
    long = round(_SHORTEST_ACROSS * scale / 2)
    for kernel in (_kernel(long, 1), _kernel(1, long)):
        rules = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), _kernel(3, 3))
        ink[rules > 0] = 0
    window = max(3, round(_LINE_PITCH * scale / 2))
    return _rise_and_fall(ink.T, window) > _rise_and_fall(ink, window)


def _rise_and_fall(ink: Grey, window: int) -> float:
    """How much the sums of ink over rows vary within `window` rows, over strips of columns."""
    total = 0.0
    for strip in np.array_split(ink, 8, axis=1):
        sums = strip.sum(axis=1, dtype=np.float64)
        smooth = np.convolve(sums, np.ones(window) / window, mode="same")
        total += float(((sums - smooth) ** 2).sum())
    return total / ink.shape[1]


def quarter_turned(grey: Grey, turns: int, scale: float) -> tuple[Grey, Affine]:
    """Return the picture turned counter-clockwise by quarters, and the map back in points."""
    height, width = grey.shape[0] / scale, grey.shape[1] / scale
    back = {
        0: Affine(1, 0, 0, 0, 1, 0),
        1: Affine(0, -1, width, 1, 0, 0),
        2: Affine(-1, 0, width, 0, -1, height),
        3: Affine(0, 1, 0, -1, 0, height),
    }[turns]
    return np.ascontiguousarray(np.rot90(grey, turns)), back


def turned(grey: Grey, angle: float) -> tuple[Grey, NDArray[np.float64]]:
    """Return the picture turned by `angle` degrees about its middle, and the 2x3 matrix used."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    if abs(angle) < 0.02:
        return grey, np.array([[1.0, 0, 0], [0, 1, 0]])
    upright = cv2.warpAffine(
        grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    return np.asarray(upright, np.uint8), matrix


def back_transform(matrix: NDArray[np.float64], scale: float) -> Affine:
    """Return the map from points of the turned page to points of the page as it was scanned."""
    inverse = cv2.invertAffineTransform(matrix)
    (a, b, c), (d, e, f) = inverse.tolist()
    return Affine(a, b, c / scale, d, e, f / scale)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rules of a page: their boxes in pixels, and a mask (255 = rule) of shape (h, w)."""

    boxes: tuple[Box, ...]
    mask: Grey


def find_rules(grey: Grey, scale: float) -> Drawn:
    """Return the straight upright and level lines that are drawn on an upright page.

    A short upright line counts only where it ends at level ones, as a cell's side does: stems of
    letters do not.
    """
    ink = np.where(grey < 160, 255, 0).astype(np.uint8)
    mask = np.zeros_like(ink)
    level = _thin_runs(ink, scale, mask, across=True)
    near = _TOUCH * scale

    def ends_at_level(x: float, y: float) -> bool:
        return any(b.x0 - near <= x <= b.x1 + near and abs(b.center[1] - y) <= near for b in level)

    def holds(box: Box) -> bool:
        x = box.center[0]
        long = box.height >= _SURELY_DOWN * scale
        return long or (ends_at_level(x, box.top) and ends_at_level(x, box.bottom))

    upright = _thin_runs(ink, scale, mask, across=False, holds=holds)
    return Drawn((*level, *upright), mask)


def _thin_runs(
    ink: Grey,
    scale: float,
    mask: Grey,
    *,
    across: bool,
    holds: Callable[[Box], bool] = lambda _: True,
) -> list[Box]:
    """Return the boxes of thin straight runs of ink that `holds` accepts, and draw them on `mask`."""
    shortest = round((_SHORTEST_ACROSS if across else _SHORTEST_DOWN) * scale)
    gap = max(3, round(_GAP_IN_RULE * scale))
    # A rule that still slopes a little steps from one pixel row to the next: thicken it across
    # its run first, so that the steps overlap.
    thick, bridge, run = ((1, 3), (gap, 1), (shortest, 1))
    if not across:
        thick, bridge, run = thick[::-1], bridge[::-1], run[::-1]
    wide = cv2.dilate(ink, _kernel(*thick))
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, _kernel(*bridge))
    runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, _kernel(*run))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    boxes = []
    for label in range(1, count):
        x, y, width, height, area = stats[label].tolist()
        box = Box(x, y, x + width, y + height)
        part = np.s_[y : y + height, x : x + width]
        if (
            area <= _THICKEST_RULE * scale * max(width, height)
            and _unbroken(ink[part], across=across, long=max(width, height) > _LONG * scale)
            and holds(box)
        ):
            boxes.append(box)
            mask[part][labels[part] == label] = 255
    return boxes


def _unbroken(ink: Grey, *, across: bool, long: bool) -> bool:
    """Whether there is ink all along: the feet of letters in a row, bridged, leave gaps."""
    along = ink.max(axis=0 if across else 1) > 0
    return bool(along.mean() >= (_INKED_LONG if long else _INKED_SHORT))


def _kernel(width: int, height: int) -> Grey:
    return np.ones((height, width), np.uint8)


def without_rules(grey: Grey, drawn: Drawn) -> Grey:
    """Return the picture with its rules painted white, for the OCR to see only text."""
    around = cv2.dilate(drawn.mask, np.ones((3, 3), np.uint8))
    bare = grey.copy()
    bare[around > 0] = 255
    return bare


def sharpened(grey: Grey) -> Grey:
    """Return the picture with ink made black and paper white, the greys between stretched.

    Tesseract confuses ể with ế and ẩn with ấn where their marks are grey; on our scans this
    step takes away a third of the words that it gets wrong (`make bench`).
    """
    levels = np.arange(256, dtype=np.float32)
    table = np.clip((levels - _BLACK) * 255 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, table), np.uint8)


def text_mask(grey: Grey, scale: float) -> Grey:
    """Return where there is text (255), dust left out, of shape (h, w)."""
    ink = np.where(grey < _INK, 255, 0).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    speck = (_SPECK * scale) ** 2
    keep = stats[:, cv2.CC_STAT_AREA] > speck
    keep[0] = False
    return np.where(keep[labels], 255, 0).astype(np.uint8) if count > 1 else ink
