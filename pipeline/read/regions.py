"""A page laid out anew for the OCR: its cells and its running text, one below the other.

Tesseract reads one block of lines well and tables badly, and starting it for each cell is slow.
So the parts of a page that hold text are cut out, what is empty left behind, and stacked into
one picture; the boxes of the words that come back are moved to where they stood.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.grid import Grid
from pipeline.read.pixels import Grey
from pipeline.read.tesseract import OcrWord
from schemas.geometry import Box, union

# In points.
_BETWEEN = 9.0  # white between two parts of the stack
_PADDING = 5.0  # white around the text of a part
_NARROW = 45.0
_LINE = 13.0  # the height of one line of text
_OFF_LINE = 1.0  # how far two cells' lines may stand apart and still be one
_INSET = 0.8  # a cell is cut a little within its rules
_TRIAL_ROWS = 700  # pixels
_MARGIN = 3.0  # running text is cut this far from the tables


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page with text in it: its box on the page and its place in the stack, in pixels."""

    box: Box
    top: int


@dataclass(frozen=True, slots=True)
class Stack:
    """The picture for the OCR and where its parts come from, top to bottom."""

    image: Grey
    regions: tuple[Region, ...]
    padding: int


def _areas(mask: Grey, grids: Sequence[Grid], scale: float) -> list[Box]:
    """Cells, and the bands of the page above, between and below the tables."""
    height, width = mask.shape
    inset, margin = _INSET * scale, _MARGIN * scale
    areas, top = [], 0.0
    for grid in sorted(grids, key=lambda g: g.box.top):
        areas.append(Box(0, top, width, grid.box.top - margin))
        for x0, y0, x1, y1 in _cells(mask, grid, scale):
            areas.append(Box(x0 + inset, y0 + inset, x1 - inset, y1 - inset))
        top = max(top, grid.box.bottom + margin)
    areas.append(Box(0, top, width, height))
    return areas


def _cells(mask: Grey, grid: Grid, scale: float) -> Iterator[Box]:
    """The boxes of the cells; a number in a narrow cell together with the cell to its right.

    Tesseract reads "II" beside its heading, and "||" or "H" where it stands alone.
    """
    beside = {(cell.row, cell.col): cell for cell in grid.cells}
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        if (cell.row, cell.col) in taken:
            continue
        right = beside.get((cell.row, cell.col + cell.col_span))
        if (
            cell.box.width <= _NARROW * scale
            and right is not None
            and right.row_span == cell.row_span
            and _on_one_line(mask, cell.box, right.box, scale)
        ):
            taken.add((right.row, right.col))
            yield union([cell.box, right.box])
        else:
            yield cell.box


def _on_one_line(mask: Grey, left: Box, right: Box, scale: float) -> bool:
    """Whether a cell holds one line that stands on a line of the cell beside it."""
    inset = round(_INSET * scale) + 1
    number, text = (
        mask[round(b.top) + inset : round(b.bottom) - inset, round(b.x0) + inset : round(b.x1) - inset]
        for b in (left, right)
    )
    rows = np.flatnonzero(number.any(axis=1))
    if not rows.size or rows[-1] - rows[0] > _LINE * scale:
        return False
    beside = text.any(axis=1)
    # The band of text around the number's middle, from one white row to the next.
    middle = (rows[0] + rows[-1]) // 2
    white = np.flatnonzero(~beside)
    if not beside[middle]:
        return False
    top = white[white < middle].max(initial=-1)
    bottom = white[white > middle].min(initial=len(beside))
    reach = _OFF_LINE * scale
    return bool(top - reach <= rows[0] and rows[-1] <= bottom + reach and bottom - top < 2 * _LINE * scale)


def _without_borders(grey: Grey, grids: Sequence[Grid], scale: float) -> Grey:
    """The page with what is left of the upright borders of cells painted over."""
    clean = grey.copy()
    inset = round(_INSET * scale) + 1
    for grid in grids:
        for cell in grid.cells:
            x, top, bottom = round(cell.box.x1), round(cell.box.top), round(cell.box.bottom)
            clean[top:bottom, x - inset : x + inset] = 255
    return clean


def _tight(mask: Grey, area: Box) -> Box | None:
    """The box around the text in an area, or None where there is none."""
    x0, y0, x1, y1 = (max(0, round(v)) for v in area)
    part = mask[y0:y1, x0:x1]
    if part.size == 0 or not cv2.countNonZero(part):
        return None
    x, y, width, height = cv2.boundingRect(part)
    return Box(x0 + x, y0 + y, x0 + x + width, y0 + y + height)


def stack_regions(grey: Grey, mask: Grey, grids: Sequence[Grid], scale: float) -> Stack | None:
    """Return the parts of a page that hold text, stacked; None for a page without text.

    `grey` is the upright page without rules, `mask` where its text is, both of shape (h, w);
    `scale` is pixels a point. What stands beside a table at its height is not looked at.
    """
    tight = (_tight(mask, area) for area in _areas(mask, grids, scale))
    boxes = [box for box in tight if box is not None]
    if not boxes:
        return None
    grey = _without_borders(grey, grids, scale)
    padding, between = round(_PADDING * scale), round(_BETWEEN * scale)
    stack_width = round(max(b.width for b in boxes)) + 2 * padding
    stack_height = round(sum(b.height + between for b in boxes)) + 2 * padding
    image = np.full((stack_height, stack_width), 255, np.uint8)
    regions, y = [], padding
    for box in boxes:
        x0, top, x1, bottom = map(round, box)
        image[y : y + bottom - top, padding : padding + x1 - x0] = grey[top:bottom, x0:x1]
        regions.append(Region(box, y))
        y += bottom - top + between
    return Stack(image, tuple(regions), padding)


def beginning(stack: Stack) -> Stack:
    """Return the upper part of a stack, enough to tell whether it can be read."""
    rows = max(_TRIAL_ROWS, stack.regions[0].top + 2 * stack.padding)
    kept = tuple(region for region in stack.regions if region.top < rows)
    return Stack(stack.image[:rows], kept, stack.padding)


def moved_back(words: Sequence[OcrWord], stack: Stack) -> list[OcrWord]:
    """Return the words of a stack with their boxes where they stand on the page, in pixels."""
    tops = [region.top for region in stack.regions]
    moved = []
    for word in words:
        _, y = word.box.center
        region = stack.regions[max(0, bisect_right(tops, y + stack.padding / 2) - 1)]
        dx, dy = region.box.x0 - stack.padding, region.box.top - region.top
        x0, top, x1, bottom = word.box
        moved.append(
            OcrWord(word.text, Box(x0 + dx, top + dy, x1 + dx, bottom + dy), word.confidence)
        )
    return moved
