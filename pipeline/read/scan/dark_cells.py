"""Light letters on dark cells, and the black that a scanner leaves around a page: made as usual.

Images are 8-bit of shape (height, width[, 3]), `scale` is pixels a point.
"""

import cv2
import numpy as np

from pipeline.read.scan.pixels import Colour, Grey, as_grey, darker_than, kernel

# In points.
_STROKE = 2.6  # white letters are no thicker
_LOWEST, _NARROWEST = 9.0, 12.0  # a cell with one line of letters
_FRAME = 0.8  # how thick the outline of a cell is drawn, for the rules lie in its ground
# Grey levels and shares.
_DARK = 165  # ground that white letters are read on
_LIGHTER = 50  # than the ground: letters; darker by as much: letters of the usual kind
_SOLID = 0.6  # of a dark area is ground
_RECTANGULAR = 0.85  # of the rectangle around it
_ALONG = 0.25  # of an edge of the picture: what a lid leaves
_LETTERS = (0.02, 0.4)  # of the area
_LIGHTEST = 0.995  # quantile of the levels of a cell
_WHITE = 190  # letters are as light at their lightest: the worn rubber of a seal is not
_SEAL = 60.0  # points: what is red and narrower is the star of a seal


def with_usual_cells(grey: Grey, image: Colour, scale: float) -> Grey:
    """Return the ink of a page (`grey`, from `image`) with dark cells as dark letters on white.

    Each such cell gets an outline, since its rules cannot be told from its ground. Dark areas
    along an edge of the picture are no part of the page: they are made white.
    """
    shown = image if image.ndim == 2 else as_grey(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    dark = darker_than(shown, _DARK)
    solid = _without_thin(dark, scale)
    if not cv2.countNonZero(solid):
        return grey
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    usual = grey.copy()
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        part = np.s_[y : y + height, x : x + width]
        inside = np.zeros((height, width), np.uint8)
        cv2.drawContours(inside, [outline - (x, y)], -1, (255,), cv2.FILLED)
        star = width < _SEAL * scale and _is_red(image[part], inside)
        letters = _is_rectangle(outline, scale) and _has_light_letters(shown[part], inside)
        if letters and not star:
            usual[part] = np.where(inside > 0, _inverted(shown[part], inside), usual[part])
            thick = max(1, round(_FRAME * scale))
            cv2.drawContours(usual, [outline], -1, (0,), thick)
    beyond = cv2.dilate(_beyond_page(solid), kernel(5, 5))
    return as_grey(cv2.max(usual, beyond))


def _beyond_page(solid: Grey) -> Grey:
    """The dark areas that run along an edge of the picture."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    height, width = solid.shape
    beyond = np.zeros_like(solid)
    for i in range(1, count):
        x, y, across, down, _ = stats[i]
        along = (x == 0 or x + across == width) and down >= _ALONG * height
        along |= (y == 0 or y + down == height) and across >= _ALONG * width
        if along:
            beyond[labels == i] = 255
    return beyond


def _without_thin(dark: Grey, scale: float) -> Grey:
    """The dark areas that are wider and higher than letters, with the light letters in them."""
    stroke, low, narrow = (round(v * scale) | 1 for v in (_STROKE, _LOWEST, _NARROWEST))
    filled = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, kernel(stroke, stroke))
    return as_grey(cv2.morphologyEx(filled, cv2.MORPH_OPEN, kernel(narrow, low)))


def _is_rectangle(outline: np.ndarray, scale: float) -> bool:
    (_, (width, height), _) = cv2.minAreaRect(outline)
    if min(width, height) < _LOWEST * scale * 0.9:
        return False
    return bool(cv2.contourArea(outline) >= _RECTANGULAR * width * height)


def _has_light_letters(shown: Grey, inside: Grey) -> bool:
    levels = shown[inside > 0]
    ground = float(np.median(levels))
    light = float((levels > ground + _LIGHTER).mean())
    heavy = float((levels < ground - _LIGHTER).mean())
    solid = float((levels < _DARK).mean())
    white = float(np.quantile(levels, _LIGHTEST)) >= _WHITE
    return white and solid >= _SOLID and _LETTERS[0] <= light <= _LETTERS[1] and heavy < light


def _is_red(image: Colour, inside: Grey) -> bool:
    if image.ndim == 2:
        return False
    blue, green, red = np.median(image[inside > 0], axis=0)
    return bool(red > green + _LIGHTER and red > blue + _LIGHTER)


def _inverted(shown: Grey, inside: Grey) -> Grey:
    levels = shown[inside > 0]
    ground, letters = float(np.median(levels)), float(np.quantile(levels, _LIGHTEST))
    share = (letters - shown.astype(np.float32)) / max(1.0, letters - ground)
    return as_grey(np.clip(255 * share, 0, 255).astype(np.uint8))
