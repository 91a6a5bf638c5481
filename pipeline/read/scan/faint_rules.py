"""Dotted and faint rules: thin long ridges of darkness, whatever their dots look like.

Darkness is averaged along the page; what stands out from both of its sides over a long way is a
ridge. Images are 8-bit grey of shape (height, width), ink dark; `scale` is pixels a point.
"""

import cv2
import numpy as np

from pipeline.read.scan.pixels import Grey, as_grey, kernel, mean_along
from schemas.geometry import Box

# Lengths in points.
_SHORTEST = 120.0  # a faint rule is believed from this length on
_SHORTEST_PART = 9.0
_THICKEST = 4.5
_WINDOW = 80.0  # over which darkness is averaged
_GAP = 7.0  # an upright rule that is not seen over this length has ended: a heading crosses
_ACCENT = 14.0  # a level one has not, yet: an accent of the letters below touches it
_WORD_SPACE = 3.0
_BODY = 1.5  # from this to three times as far from their edge the bodies of letters are dark
_SIDES = 1.6  # how far from the middle of a rule its sides are
_CROSSING = (1.2, 2.6)  # letters that stand across an upright edge are dark on both sides so far

# Grey levels: print counts as no darker than this; by how much a ridge exceeds its sides; from
# which on a side is dark.
_DARKEST, _RIDGE, _LETTER = 120, 10, 40
# Of level ridges that were taken for rules on 352 pages 42 of the 79 lower ones were letters, and
# none of the 2,252 higher ones.
_WEAK = 24.0
_NEARLY_ALL = 0.1  # so many of the white places may be without ink
_WHITE_SHARE = 0.04  # of text at least is white, between its words or its lines
_FADED = 0.35  # of a ridge's usual height, below which it has ended


def faint_rules(grey: Grey, scale: float, *, across: bool) -> list[Box]:
    """Return the faint rules of an upright page, level ones (`across`) or upright ones, in pixels.

    What a rule shows of its dots varies from scan to scan; that it is thin, long and even does
    not. It ends where it is not seen over 7 pt: there a heading runs across the edge.
    """
    dark = np.minimum(cv2.bitwise_not(grey), _DARKEST)
    dark = dark if across else np.ascontiguousarray(dark.T)
    # A rule that still slopes a little steps from one row to the next.
    thick = as_grey(cv2.blur(dark, (1, 3)))
    ridges = _ridges(thick, _WINDOW, scale)
    binary = cv2.threshold(ridges, _RIDGE, 255, cv2.THRESH_BINARY)[1]
    outlines, _ = cv2.findContours(binary, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    boxes = []
    for outline in sorted(outlines, key=lambda o: tuple(cv2.boundingRect(o))):
        x, y, width, height = cv2.boundingRect(outline)
        box = Box(x, y, x + width, y + height)
        if width < _SHORTEST * scale or height > _THICKEST * scale:
            continue
        ridge = float(ridges[y : y + height, x : x + width].max(axis=0).mean())
        if not _edge_of_text(thick, ridge, box, scale, strict=across and ridge < _WEAK):
            boxes += _parts(thick, box, scale, across=across)
    return boxes if across else [Box(b.top, b.x0, b.bottom, b.x1) for b in boxes]


def _ridges(dark: Grey, length: float, scale: float) -> Grey:
    """By how much the mean darkness along `length` points exceeds that of both sides."""
    mean = mean_along(dark, round(length * scale), across=True)
    off = round(_SIDES * scale) + 1
    beside = np.maximum(np.roll(mean, off, axis=0), np.roll(mean, -off, axis=0))
    return as_grey(cv2.subtract(mean, beside))


def _edge_of_text(dark: Grey, ridge: float, box: Box, scale: float, *, strict: bool) -> bool:
    """Whether a ridge of some height is made by letters: the feet of a line, or its first ones.

    A rule goes on where nothing stands beside it; letters end between the words, or the lines.
    Within a wide letter it is white beside its foot as well: `strict` asks that a ridge goes on
    nearly everywhere.
    """
    x0, top, x1, bottom = map(round, box)
    off = round(_BODY * scale)
    sides = (slice(max(0, top - 3 * off), max(0, top - off)), slice(bottom + off, bottom + 3 * off))
    blurred = mean_along(dark[:, x0:x1], off, across=True)
    beside = np.max([blurred[rows].mean(axis=0) for rows in sides if blurred[rows].size], axis=0)
    # Between capitals their feet nearly meet: only the white between words tells.
    around = cv2.blur(beside[None, :].astype(np.float32), (round(_WORD_SPACE * scale) | 1, 1))[0]
    white = around <= np.quantile(around, _WHITE_SHARE)
    line = blurred[top:bottom].max(axis=0)
    least = np.quantile(line[white], _NEARLY_ALL if strict else 0.5)
    return float(least - np.median(beside[white])) < ridge / 2


def _parts(dark: Grey, box: Box, scale: float, *, across: bool) -> list[Box]:
    """The stretches in which a ridge is seen from near by, too, thickened by a pixel.

    They may run on beyond it, where accents close by hide it from afar. The dots of a rule fade
    to its sides.
    """
    x0, top, x1, bottom = map(round, box)
    margin = round(4 * _SIDES * scale)
    first = max(0, top - margin)
    band = as_grey(dark[first : bottom + margin])
    rows = slice(top - first, bottom - first)
    along = _ridges(band, _GAP, scale)[rows].max(axis=0)
    seen = along >= max(2.0, _FADED * float(np.median(along[x0:x1])))
    if not across:
        seen &= ~_crossed(band, rows, scale)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(np.uint8), [0]])))
    gap = (_ACCENT if across else _GAP) * scale
    runs: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    reach = _WINDOW / 2 * scale  # at its ends a rule fills but half of the window
    return [
        Box(start, max(0, top - 1), end, bottom + 1)
        for start, end in runs
        if end - start >= _SHORTEST_PART * scale and start < x1 + reach and end > x0 - reach
    ]


def _crossed(band: Grey, rows: slice, scale: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where letters stand on both sides of an upright rule, close by: they stand across it."""
    near, far = (round(distance * scale) + 1 for distance in _CROSSING)
    blurred = mean_along(band, round(_GAP / 2 * scale), across=True)
    before = blurred[max(0, rows.start - far) : max(0, rows.start - near + 1)]
    behind = blurred[rows.stop + near - 1 : rows.stop + far]
    if not before.size or not behind.size:
        return np.zeros(band.shape[1], np.bool_)
    # One letter's leg is low and the next one's arm is high: a line's height lies around both.
    around = kernel(round(2 * _GAP * scale), 1)
    both = [
        cv2.dilate((side.max(axis=0) >= _LETTER).astype(np.uint8)[None, :], around)[0]
        for side in (before, behind)
    ]
    return np.asarray((both[0] & both[1]) > 0, np.bool_)
