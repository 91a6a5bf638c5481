"""What the pixels of a scanned page tell: ink, skew, text. Images are 8-bit grey, ink dark.

All functions take and return numpy arrays of shape (height, width) unless they say otherwise;
lengths are in pixels, `scale` is pixels a point.
"""

import math
from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Affine, Box

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]
Sums = NDArray[np.float32]

# Lengths in points.
_SHORTEST_RULE = 24.0
_LINE_PITCH = 16.0  # from one line of 12 pt to the next
_WORD_SPACE = 3.5
_SPECK = 0.75  # the side of what is dust; a full stop at 12 pt is about 1.2 wide

# A page that keeps less of its ink than this when colours are taken out is printed in colour.
_PRINT_LEFT = 0.1
_BLACK, _WHITE = 70, 190
# What is darker than paper is ink; of print that is not faint a twentieth is as dark as the next
# (measured: 2 to 41 at 200 and 300 dpi, 76 at 110 dpi); show-through is lighter than the third.
_PAPER, _DARK_ENOUGH, _SHOWS_THROUGH, _MADE_DARK = 200, 60, 180, 20
_DARKEST, _LEAST_PRINT = 0.05, 0.001  # shares: of the ink, of the page
_INK = 128  # after the paper has been made white, what is darker than this is ink
_WIDEST_SKEW = 6.0  # degrees
# In which steps, how far around the best so far: degrees.
_SKEW_STEPS = ((0.25, _WIDEST_SKEW), (0.05, 0.2))
_STRIPS = 48
_AS_LARGE = 0.99
_AS_SHARP, _MOST_PEAKS = 0.85, 3
# A streak of the scanner is darker than its sides by this much, in nearly all parts of the page;
# what is darker than the second counts as that.
_STREAK, _STREAK_FULL, _STREAK_PARTS = 12, 60, 32


def as_grey(picture: Any) -> Grey:
    """Return what OpenCV gives back, as the 8-bit picture that it is."""
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
    brightest = as_grey(cv2.max(cv2.max(blue, green), red))
    darkest = cv2.min(cv2.min(blue, green), red)
    shown = as_grey(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    print_left, print_all = (
        cv2.countNonZero(darker_than(part, _INK)) for part in (brightest, shown)
    )
    if print_left < _PRINT_LEFT * print_all:
        return _white_paper(shown)  # the text itself is coloured
    _, colourful = cv2.threshold(cv2.subtract(brightest, darkest), 48, 255, cv2.THRESH_BINARY)
    grey = _white_paper(brightest)
    if cv2.countNonZero(colourful):
        near = cv2.dilate(colourful, kernel(5, 5))
        faint = cv2.threshold(grey, 170, 255, cv2.THRESH_BINARY)[1]
        grey = as_grey(cv2.max(grey, cv2.min(near, faint)))
    return grey


def _white_paper(grey: Grey) -> Grey:
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return as_grey(cv2.divide(grey, paper, scale=255))


def darkened(grey: Grey) -> Grey:
    """Return a picture with white paper whose print is faint with its ink made dark.

    Faint is print of which not even a twentieth is dark; what shows through from the back of a
    sheet is fainter yet, and stays. Print that is dark enough is given back as it is.
    """
    counts = np.bincount(grey[::2, ::2].ravel(), minlength=256)[:_PAPER]
    inked = int(counts.sum())
    if inked < _LEAST_PRINT * grey.size / 4:
        return grey
    level = int(np.searchsorted(np.cumsum(counts), _DARKEST * inked))
    if not _DARK_ENOUGH < level < _SHOWS_THROUGH:
        return grey
    levels = np.arange(256, dtype=np.float32)
    stretched = 255 - (255 - levels) * ((255 - _MADE_DARK) / (255 - level))
    return as_grey(cv2.LUT(grey, np.clip(stretched, 0, 255).astype(np.uint8)))


def without_streaks(grey: Grey) -> Grey:
    """Return the picture without the thin lines that dirt on a scanner draws down the whole page.

    A streak runs exactly along the picture, from edge to edge, which no rule of a table does, and
    is narrow: it is painted over with what stands on both sides of it. On a page that was turned
    after it was scanned, it runs across.
    """
    return _without_streaks_along(_without_streaks_along(grey, axis=0), axis=1)


def _without_streaks_along(grey: Grey, axis: int) -> Grey:
    """Streaks down the page (axis 0) or across it (axis 1)."""
    across = 1 - axis
    reach = 4
    # They are the same all along: every fourth pixel there tells.
    sample = grey[::4] if axis == 0 else grey[:, ::4]
    darker = np.minimum(cv2.subtract(_sides(sample, reach, across), sample), _STREAK_FULL)
    shape = (grey.shape[1], _STREAK_PARTS) if axis == 0 else (_STREAK_PARTS, grey.shape[0])
    parts = cv2.resize(darker, shape, interpolation=cv2.INTER_AREA)
    # All but one of its parts: there a dark picture or a black margin may hide it.
    second = np.asarray(np.sort(parts, axis=axis).take(1, axis=axis))
    runs = np.asarray(second > _STREAK)
    runs[:reach] = runs[-reach:] = False
    lines = np.flatnonzero(runs)
    if not lines.size:
        return grey
    mended = grey.copy()
    where = (slice(None), lines) if axis == 0 else (lines, slice(None))
    mended[where] = _sides(grey, reach, across)[where]
    return mended


def _sides(grey: Grey, reach: int, axis: int) -> Grey:
    """What stands so many pixels before and behind every pixel, the darker of the two."""
    return as_grey(cv2.min(np.roll(grey, reach, axis=axis), np.roll(grey, -reach, axis=axis)))


def shrunk(grey: Grey, share: float) -> Grey:
    """Return the picture at a share of its size; as it is from 0.99 on."""
    if share > _AS_LARGE:
        return grey
    return as_grey(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))


def skew_of(grey: Grey) -> float:
    """Return the angle in degrees by which to turn the page counter-clockwise to make it upright.

    The angle at which the sums of ink over the rows change most sharply from row to row
    (Postl, "Detection of linear oblique structures and skew scan", ICPR 1986), coarse to fine.
    A page with little on it can look sharp at several angles from afar: all are looked at closer.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = as_grey(cv2.threshold(cv2.bitwise_not(half), 80, 255, cv2.THRESH_TOZERO)[1])
    strips = _strips(ink)
    likely = [0.0]
    for step, span in _SKEW_STEPS:
        sharp = {
            angle: _sharpness(strips, ink.shape[1], angle)
            for middle in likely
            for angle in np.arange(middle - span, middle + span + step / 2, step).tolist()
        }
        likely = _peaks(sharp, step)
    return likely[0] + _beside(sharp, likely[0], step)


def _strips(ink: Grey) -> Sums:
    """The sums of ink over the rows of narrow upright strips of a picture, of shape (strips, h)."""
    sums = [part.sum(axis=1, dtype=np.float32) for part in np.array_split(ink, _STRIPS, axis=1)]
    # Turning by a part of a pixel blurs: without a blur beforehand the page as it is would seem
    # the sharpest.
    return np.asarray(cv2.GaussianBlur(np.array(sums), (0, 0), sigmaX=1.5, sigmaY=1e-3))


def _peaks(sharp: Mapping[float, float], step: float) -> list[float]:
    """The angles that are sharper than those beside them and nearly as sharp as any, best first.

    A blank page is as sharp at every angle: then it is taken to stand straight.
    """
    least = _AS_SHARP * max(sharp.values())
    by_sharpness = sorted(sharp, key=lambda angle: (-sharp[angle], abs(angle)))
    peaks: list[float] = []
    for angle in by_sharpness:
        if sharp[angle] >= least and all(abs(angle - peak) > 2.5 * step for peak in peaks):
            peaks.append(angle)
    return peaks[:_MOST_PEAKS]


def _beside(sharp: Mapping[float, float], peak: float, step: float) -> float:
    """How far from the sharpest angle looked at the sharpest of all lies: on a parabola through it
    and those on both sides."""
    near = sorted(sharp, key=lambda angle: abs(angle - peak))[1:3]
    if len(near) < 2 or near[0] - peak > 0 < near[1] - peak or near[0] - peak < 0 > near[1] - peak:
        return 0.0
    below, above = (sharp[angle] for angle in sorted(near))
    bend = below - 2 * sharp[peak] + above
    return step * (below - above) / (2 * bend) if bend else 0.0


def _sharpness(strips: Sums, width: int, angle: float) -> float:
    """How sharply the sums of ink over the rows change once the page is turned by an angle.

    Turning by a small angle moves each strip up or down by its distance from the middle.
    """
    middles = (np.arange(len(strips)) + 0.5) * width / len(strips) - width / 2
    shifts = math.tan(math.radians(angle)) * middles
    count, height = strips.shape
    most = math.ceil(abs(shifts).max()) + 1
    around = np.zeros((count, height + 2 * most), np.float32)
    around[:, most : most + height] = strips
    sums = np.zeros(height, np.float32)
    for strip, shift in zip(around, shifts.tolist(), strict=True):
        whole = math.floor(shift)
        start, part = most + whole, shift - whole
        sums += (1 - part) * strip[start : start + height]
        sums += part * strip[start + 1 : start + 1 + height]
    return float((np.diff(sums) ** 2).sum(dtype=np.float64))


def is_sideways(grey: Grey, scale: float) -> bool:
    """Whether the lines of text run up or down the page, told from the ink alone.

    Lines of text make the sums of ink rise and fall across them, not along them. Looked at in
    strips, so that the columns of a table do not blur it; rules are left out first.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = darker_than(as_grey(half), 160)
    long = round(_SHORTEST_RULE * scale / 2)
    for line in (kernel(long, 1), kernel(1, long)):
        rules = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, line), kernel(3, 3))
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
    return as_grey(upright), matrix


def back_transform(matrix: NDArray[np.float64], scale: float) -> Affine:
    """Return the map from points of the turned page to points of the page as it was scanned."""
    inverse = cv2.invertAffineTransform(matrix)
    (a, b, c), (d, e, f) = inverse.tolist()
    return Affine(a, b, c / scale, d, e, f / scale)


def mean_along(grey: Grey, length: int, *, across: bool) -> Grey:
    """Return the mean of every `length` pixels in a row (made odd), level or upright.

    A running sum: it takes as long whatever the length.
    """
    odd = length | 1
    return np.asarray(cv2.blur(grey, (odd, 1) if across else (1, odd)), np.uint8)


def darker_than(grey: Grey, limit: int) -> Grey:
    """Return 255 where the picture is darker than `limit`, else 0."""
    return as_grey(cv2.threshold(grey, limit - 1, 255, cv2.THRESH_BINARY_INV)[1])


def kernel(width: int, height: int) -> Grey:
    """Return a rectangle of ones, for OpenCV's morphology."""
    return np.ones((height, width), np.uint8)


def sharpened(grey: Grey) -> Grey:
    """Return the picture with ink made black and paper white, the greys between stretched.

    Tesseract confuses ể with ế and ẩn with ấn where their marks are grey.
    """
    levels = np.arange(256, dtype=np.float32)
    table = np.clip((levels - _BLACK) * 255 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
    return as_grey(cv2.LUT(grey, table))


def text_mask(grey: Grey, scale: float) -> Grey:
    """Return where there is text (255), dust left out, of shape (h, w)."""
    ink = darker_than(grey, _INK)
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
    closed = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, kernel(round(_WORD_SPACE * scale), 1))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed, [0]])))
    return [(x0 + float(a), x0 + float(b)) for a, b in edges.reshape(-1, 2)]
