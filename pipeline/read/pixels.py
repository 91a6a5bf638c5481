"""What the pixels of a scanned page tell: ink, skew, rules. Images are 8-bit grey, ink dark.

All functions take and return numpy arrays of shape (height, width) unless they say otherwise;
lengths are in pixels, `scale` is pixels a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

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
_FAINT_WINDOW = 80.0  # over which the darkness of a faint rule is averaged
_FAINT_GAP = 7.0  # a faint rule that is not seen over this length has ended
_BODY = 1.5  # from this to three times as far from their feet the bodies of letters are dark
# How far from a faint rule it must be white: text stands nearer to level rules than to upright.
_SIDES_ACROSS, _SIDES_DOWN = (1.6,), (1.6, 2.9, 4.2)
_LINE_PITCH = 16.0  # from one line of 12 pt to the next
_THICKEST_RULE = 4.5
_GAP_IN_RULE = 1.5
_WORD_SPACE = 3.5
_SPECK = 0.75  # the side of what is dust; a full stop at 12 pt is about 1.2 wide

# The share of its length over which a rule must show ink; faint print and 1-bit scans break it.
_INKED_LONG, _INKED_SHORT = 0.6, 0.93
# Grey levels: print counts as no darker than this in a faint rule; by how much that exceeds its
# sides.
_DARKEST, _RIDGE = 120, 10
_WHITE_SHARE = 0.05  # of a line of text at least is white between its words
_SEEN = 0.35  # of a ridge's usual height, where it goes on
# A page that keeps less of its ink than this when colours are taken out is printed in colour.
_PRINT_LEFT = 0.1
_BLACK, _WHITE = 70, 190
_INK = 128  # after the paper has been made white, what is darker than this is ink
_WIDEST_SKEW = 6.0  # degrees
# At which share of the size, in which steps, how far around the best so far: degrees.
_SKEW_STEPS = ((0.25, 0.5, _WIDEST_SKEW), (0.5, 0.1, 0.4), (0.5, 0.02, 0.08))
_STREAK_RUNS = 0.9  # a scanner's streak runs over this share of the page's height


def _grey(picture: Any) -> Grey:
    """What OpenCV gives back, as the 8-bit picture that it is."""
    return np.asarray(picture, np.uint8)


def ink_of(image: Colour) -> Grey:
    """Return a BGR (or grey) picture as grey with white paper: coloured ink and shading taken out.

    The brightest channel shows a red seal and blue initials as paper and black print as ink.
    What a seal leaves at its rims, where JPEG has smeared the colour, is lifted to white. A page
    that is printed in colour throughout keeps it.
    """
    if image.ndim == 2:
        return _white_paper(image)
    blue, green, red = cv2.split(image)
    brightest = _grey(cv2.max(cv2.max(blue, green), red))
    darkest = cv2.min(cv2.min(blue, green), red)
    shown = _grey(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    print_left, print_all = (cv2.countNonZero(_dark(part, _INK)) for part in (brightest, shown))
    if print_left < _PRINT_LEFT * print_all:
        return _white_paper(shown)  # the text itself is coloured
    _, colourful = cv2.threshold(cv2.subtract(brightest, darkest), 48, 255, cv2.THRESH_BINARY)
    grey = _white_paper(brightest)
    if cv2.countNonZero(colourful):
        near = cv2.dilate(colourful, _kernel(5, 5))
        faint = cv2.threshold(grey, 170, 255, cv2.THRESH_BINARY)[1]
        grey = _grey(cv2.max(grey, cv2.min(near, faint)))
    return grey


def _white_paper(grey: Grey) -> Grey:
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _grey(cv2.divide(grey, paper, scale=255))


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
    best = 0.0
    shrunk: dict[float, Grey] = {}
    for share, step, span in _SKEW_STEPS:
        if share not in shrunk:
            small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
            ink = cv2.threshold(cv2.bitwise_not(small), 80, 255, cv2.THRESH_TOZERO)[1]
            # Turning blurs: without a blur beforehand the page as it is would seem the sharpest.
            shrunk[share] = _grey(cv2.GaussianBlur(ink, (0, 0), 1.0))
        angles = np.arange(best - span, best + span + step / 2, step)
        # A blank page is as sharp at every angle: then it is taken to stand straight.
        by_nearness = sorted(angles.tolist(), key=abs)
        best = max(by_nearness, key=partial(_sharpness, shrunk[share]))
    return best


def _sharpness(ink: Grey, angle: float) -> float:
    """How sharply the sums of ink over the rows change once the page is turned by an angle."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    level = cv2.warpAffine(ink, turn, (width, height))
    sums = cv2.reduce(level, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)
    return float((np.diff(sums, axis=0) ** 2).sum())


def is_sideways(grey: Grey, scale: float) -> bool:
    """Whether the lines of text run up or down the page, told from the ink alone.

    Lines of text make the sums of ink rise and fall across them, not along them. Looked at in
    strips, so that the columns of a table do not blur it; rules are left out first.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = _dark(_grey(half), 160)
    long = round(_SHORTEST_ACROSS * scale / 2)
    for kernel in (_kernel(long, 1), _kernel(1, long)):
        rules = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), _kernel(3, 3))
        ink[rules > 0] = 0
    window = max(3, round(_LINE_PITCH * scale / 2))
    return _rise_and_fall(ink.T, window) > _rise_and_fall(ink, window)


def _rise_and_fall(ink: Grey, window: int) -> float:
    """How much the sums of ink over rows vary within `window` rows, over strips of columns."""
    total: float = 0.0
    for strip in np.array_split(ink, 8, axis=1):
        sums = strip.sum(axis=1, dtype=np.float64)
        smooth = np.convolve(sums, np.ones(window) / window, mode="same")
        total += float(((sums - smooth) ** 2).sum())
    return float(total / ink.shape[1])


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
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    matrix = np.asarray(turn, np.float64)
    if abs(angle) < 0.02:
        return grey, np.array([[1.0, 0, 0], [0, 1, 0]])
    upright = cv2.warpAffine(
        grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    return _grey(upright), matrix


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
    ink = _dark(grey, 160)
    mask = np.zeros_like(ink)
    half = _grey(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))

    def dotted(*, across: bool) -> list[_Run]:
        found = _faint_runs(half, scale / 2, across=across)
        doubled = (_Run(Box(*(2 * v for v in run.box)), run.outline * 2) for run in found)
        return [run for run in doubled if not _drawn_already(mask, run.box)]

    level = _drawn(mask, _thin_runs(ink, scale, _SOLID_ACROSS, across=True))
    level += _drawn(mask, dotted(across=True))
    near = _TOUCH * scale

    def ends_at_level(x: float, y: float) -> bool:
        return any(b.x0 - near <= x <= b.x1 + near and abs(b.center[1] - y) <= near for b in level)

    def is_side(box: Box) -> bool:
        x = box.center[0]
        long = box.height >= _SURELY_DOWN * scale
        return long or (ends_at_level(x, box.top) and ends_at_level(x, box.bottom))

    found = _thin_runs(ink, scale, _SOLID_DOWN, across=False)
    upright = _drawn(mask, [run for run in found if is_side(run.box)])
    upright += _drawn(mask, dotted(across=False))
    return Drawn((*level, *upright), mask)


@dataclass(frozen=True, slots=True)
class _Run:
    """A thin straight run of ink: its box and its outline as OpenCV gives it, (n, 1, 2)."""

    box: Box
    outline: NDArray[np.int32]


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


def _thin_runs(ink: Grey, scale: float, kind: _Kind, *, across: bool) -> list[_Run]:
    """Return the thin straight runs of ink, from left to right."""
    shortest, gap = round(kind.shortest * scale), max(3, round(kind.gap * scale))
    # A rule that still slopes a little steps from one pixel row to the next: thicken it across
    # its run first, so that the steps overlap.
    wide = _grey(cv2.dilate(ink, _kernel(1, 3) if across else _kernel(3, 1)))
    bridged = _eroded(_dilated(wide, gap, across=across), gap, across=across)
    runs = _dilated(_eroded(bridged, shortest, across=across), shortest, across=across)
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in sorted(outlines, key=lambda o: tuple(cv2.boundingRect(o))):
        x, y, width, height = cv2.boundingRect(outline)
        length = max(width, height)
        part = np.s_[y : y + height, x : x + width]
        inked = (ink[part].max(axis=0 if across else 1) > 0).mean()
        # The feet of letters in a row, bridged, leave gaps.
        least = kind.inked_long if length > _LONG * scale else kind.inked
        thickness = cv2.countNonZero(runs[part]) / length
        if thickness <= _THICKEST_RULE * scale and inked >= least:
            box = Box(x, y, x + width, y + height)
            found.append(_Run(box, np.asarray(outline, np.int32)))
    return found


def _faint_runs(grey: Grey, scale: float, *, across: bool) -> list[_Run]:
    """Return dotted and faint rules: thin long ridges of darkness, whatever their dots look like.

    Darkness is averaged along the run, and what stands out from both of its sides is a ridge.
    The rows of letters in lines of text average to wide bands, not to ridges as long and thin.
    A ridge is cut where it is not seen over `_FAINT_GAP`: there a heading runs across the edge.
    """
    dark = cv2.min(cv2.bitwise_not(grey), _DARKEST)
    dark = _grey(dark if across else cv2.transpose(dark))
    thick = _grey(cv2.blur(dark, (1, 3)))
    sides = _SIDES_ACROSS if across else _SIDES_DOWN
    ridges = _ridges(thick, _FAINT_WINDOW, sides, scale)
    binary = cv2.threshold(ridges, _RIDGE, 255, cv2.THRESH_BINARY)[1]
    local = _ridges(thick, _FAINT_GAP, sides, scale)
    reach = round(_FAINT_WINDOW / 2 * scale)  # at its ends a rule fills half of the window
    outlines, _ = cv2.findContours(binary, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for outline in sorted(outlines, key=lambda o: tuple(cv2.boundingRect(o))):
        x, y, width, height = cv2.boundingRect(outline)
        if width < _DOTTED * scale or height > _THICKEST_RULE * scale:
            continue
        height_of_ridge = float(ridges[y : y + height, x : x + width].max(axis=0).mean())
        if _foot_of_text(thick, height_of_ridge, Box(x, y, x + width, y + height), scale):
            continue
        first = max(0, x - reach)
        for start, end in _seen(local[y : y + height, first : x + width + reach], scale):
            # Thickened by a pixel: its dots fade to its sides.
            box = Box(first + start, y - 1, first + end, y + height + 1)
            found.append(_outlined(box if across else Box(box.top, box.x0, box.bottom, box.x1)))
    return found


def _foot_of_text(dark: Grey, ridge: float, box: Box, scale: float) -> bool:
    """Whether a ridge of some height is the foot of a line of letters.

    A rule goes on where nothing stands beside it; the feet of letters end between the words.
    """
    x0, top, x1, bottom = map(round, box)
    off = round(_BODY * scale)
    sides = (slice(max(0, top - 3 * off), top - off), slice(bottom + off, bottom + 3 * off))
    blurred = _mean_along(dark[:, x0:x1], round(_BODY * scale), across=True)
    beside = np.max([blurred[rows].mean(axis=0) for rows in sides if blurred[rows].size], axis=0)
    white = beside <= np.quantile(beside, _WHITE_SHARE)
    line = blurred[top:bottom].max(axis=0)
    return float(line[white].mean() - beside[white].mean()) < ridge / 2


def _ridges(dark: Grey, length: float, sides: Sequence[float], scale: float) -> Grey:
    """By how much the mean darkness along `length` points exceeds that of both sides.

    `sides` are the distances, in points, at which it must: the first letters of lines of text
    stand in a row as well, but their bodies are dark to one side.
    """
    mean = _mean_along(dark, round(length * scale), across=True)
    beside = np.zeros_like(mean)
    for distance in sides:
        off = round(distance * scale) + 1
        for shifted in (np.roll(mean, off, axis=0), np.roll(mean, -off, axis=0)):
            np.maximum(beside, shifted, out=beside)
    return _grey(cv2.subtract(mean, beside))


def _seen(ridge: Grey, scale: float) -> list[tuple[int, int]]:
    """The stretches of a ridge in which it is seen from near by, too."""
    along = ridge.max(axis=0)
    present = (along >= max(2.0, _SEEN * float(np.median(along)))).astype(np.uint8)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], present, [0]]))).reshape(-1, 2)
    shortest = _SHORTEST_DOWN * scale
    gap = _FAINT_GAP * scale
    runs: list[tuple[int, int]] = []
    for start, end in edges.tolist():
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return [(start, end) for start, end in runs if end - start >= shortest]


def _outlined(box: Box) -> _Run:
    x0, top, x1, bottom = map(round, box)
    corners = [[[x0, top]], [[x1 - 1, top]], [[x1 - 1, bottom - 1]], [[x0, bottom - 1]]]
    return _Run(box, np.array(corners, np.int32))


def _mean_along(ink: Grey, length: int, *, across: bool) -> Grey:
    """The mean of every `length` pixels in a row (made odd): a running sum, whatever the length."""
    odd = length | 1
    return np.asarray(cv2.blur(ink, (odd, 1) if across else (1, odd)), np.uint8)


def _dilated(ink: Grey, length: int, *, across: bool) -> Grey:
    mean = _mean_along(ink, length, across=across)
    return _grey(cv2.threshold(mean, 0, 255, cv2.THRESH_BINARY)[1])


def _eroded(ink: Grey, length: int, *, across: bool) -> Grey:
    # One white pixel in `length` lowers the mean of 255 by 255 / length, more than its rounding
    # for every length below 500.
    mean = _mean_along(ink, length, across=across)
    return _grey(cv2.threshold(mean, 254, 255, cv2.THRESH_BINARY)[1])


def _drawn_already(mask: Grey, box: Box) -> bool:
    x0, top, x1, bottom = map(round, box)
    return bool(
        (mask[top:bottom, x0:x1].max(axis=0 if box.width > box.height else 1) > 0).mean() > 0.5
    )


def _drawn(mask: Grey, runs: Sequence[_Run]) -> list[Box]:
    """Draw the runs on the mask and return their boxes."""
    cv2.drawContours(mask, [run.outline for run in runs], -1, (255,), cv2.FILLED)
    return [run.box for run in runs]


def _dark(grey: Grey, limit: int) -> Grey:
    """255 where the picture is darker than `limit`, else 0."""
    return _grey(cv2.threshold(grey, limit - 1, 255, cv2.THRESH_BINARY_INV)[1])


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
    return _grey(cv2.LUT(grey, table))


def text_mask(grey: Grey, scale: float) -> Grey:
    """Return where there is text (255), dust left out, of shape (h, w)."""
    ink = _dark(grey, _INK)
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    side = _SPECK * scale
    dust = [o for o in outlines if len(o) <= 4 * side and _is_dust(ink, o, side)]
    cv2.drawContours(ink, dust, -1, (0,), cv2.FILLED)
    return ink


def _is_dust(ink: Grey, outline: Any, side: float) -> bool:
    x, y, width, height = cv2.boundingRect(outline)
    return cv2.countNonZero(ink[y : y + height, x : x + width]) <= side * side


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
