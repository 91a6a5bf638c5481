"""What the pixels of a scanned page tell: ink, skew, rules. Images are 8-bit grey, ink dark.

All functions take and return numpy arrays of shape (height, width) unless they say otherwise;
lengths are in pixels, `scale` is pixels a point.
"""

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
_TOUCH = 1.8
_LONG = 90.0
_DOTTED = 120.0  # a dotted rule is believed from this length on: no line of text runs so far
_DOT_GAP = 2.6  # narrower than the space between words of 12 pt
_LINE_PITCH = 16.0  # from one line of 12 pt to the next
_THICKEST_RULE = 4.5
_GAP_IN_RULE = 1.5
_WORD_SPACE = 3.5
_SPECK = 0.75  # the side of what is dust; a full stop at 12 pt is about 1.2 wide

# The share of its length over which a rule must show ink; faint print and 1-bit scans break it.
_INKED_LONG, _INKED_SHORT, _INKED_DOTTED = 0.6, 0.93, 0.3
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
    letters do not. Dotted lines count where they are long.
    """
    ink = np.where(grey < 160, 255, 0).astype(np.uint8)
    mask = np.zeros_like(ink)

    def runs(kind: _Kind, *, across: bool) -> list[Box]:
        found = _thin_runs(ink, scale, kind, across=across)
        return [box for box in found if not _drawn_already(mask, box)]

    level = [*runs(_SOLID_ACROSS, across=True)]
    _draw(mask, level)
    dotted = runs(_DOTTED_RULE, across=True)
    _draw(mask, dotted)
    level += dotted
    near = _TOUCH * scale

    def ends_at_level(x: float, y: float) -> bool:
        return any(b.x0 - near <= x <= b.x1 + near and abs(b.center[1] - y) <= near for b in level)

    def is_side(box: Box) -> bool:
        x = box.center[0]
        long = box.height >= _SURELY_DOWN * scale
        return long or (ends_at_level(x, box.top) and ends_at_level(x, box.bottom))

    upright = [box for box in runs(_SOLID_DOWN, across=False) if is_side(box)]
    _draw(mask, upright)
    dotted = runs(_DOTTED_RULE, across=False)
    _draw(mask, dotted)
    return Drawn((*level, *upright, *dotted), mask)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is taken for a rule, in points: the shortest, and gaps that are bridged.

    `inked` is the share of a run that must show ink; a run longer than `_LONG` needs `inked_long`.
    """

    shortest: float
    gap: float
    inked: float
    inked_long: float


_SOLID_ACROSS = _Kind(_SHORTEST_ACROSS, _GAP_IN_RULE, _INKED_SHORT, _INKED_LONG)
_SOLID_DOWN = _Kind(_SHORTEST_DOWN, _GAP_IN_RULE, _INKED_SHORT, _INKED_LONG)
_DOTTED_RULE = _Kind(_DOTTED, _DOT_GAP, _INKED_DOTTED, _INKED_DOTTED)


def _thin_runs(ink: Grey, scale: float, kind: _Kind, *, across: bool) -> list[Box]:
    """Return the boxes of thin straight runs of ink."""
    shortest, gap = round(kind.shortest * scale), max(3, round(kind.gap * scale))
    # A rule that still slopes a little steps from one pixel row to the next: thicken it across
    # its run first, so that the steps overlap.
    thick, bridge, run = ((1, 3), (gap, 1), (shortest, 1))
    if not across:
        thick, bridge, run = thick[::-1], bridge[::-1], run[::-1]
    wide = cv2.dilate(ink, _kernel(*thick))
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, _kernel(*bridge))
    runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, _kernel(*run))
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    boxes = []
    for x, y, width, height, area in stats[1:count].tolist():
        length = max(width, height)
        part = ink[y : y + height, x : x + width]
        inked = (part.max(axis=0 if across else 1) > 0).mean()
        # The feet of letters in a row, bridged, leave gaps.
        least = kind.inked_long if length > _LONG * scale else kind.inked
        if area <= _THICKEST_RULE * scale * length and inked >= least:
            boxes.append(Box(x, y, x + width, y + height))
    return boxes


def _drawn_already(mask: Grey, box: Box) -> bool:
    x0, top, x1, bottom = map(round, box)
    return bool((mask[top:bottom, x0:x1].max(axis=0 if box.width > box.height else 1) > 0).mean() > 0.5)


def _draw(mask: Grey, boxes: list[Box]) -> None:
    for box in boxes:
        x0, top, x1, bottom = map(round, box)
        mask[top:bottom, x0:x1] = 255


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


def marks_across(mask: Grey, box: Box, scale: float) -> list[tuple[float, float]]:
    """Return the stretches (x0, x1) of a box in which some text stands, word spaces bridged."""
    x0, top, x1, bottom = map(round, box)
    inset = round(2 * scale)
    part = mask[top + inset : bottom - inset, x0:x1]
    if part.size == 0:
        return []
    marked = (part.max(axis=0) > 0).astype(np.uint8)[None, :]
    closed = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, _kernel(round(_WORD_SPACE * scale), 1))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed, [0]])))
    return [(x0 + float(a), x0 + float(b)) for a, b in edges.reshape(-1, 2)]
