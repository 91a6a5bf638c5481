"""A page laid out anew for the OCR: its cells and its running text, one below the other.

Tesseract reads one block of lines well and tables badly, and starting it for each cell is slow.
So the parts of a page that hold text are cut out, what is empty left behind, and stacked into
one picture; the boxes of the words that come back are moved to where they stood. A number in a
narrow cell is set beside the text it numbers: alone, "II" would be read as "||" or "H".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.pixels import Grey
from pipeline.tables.grid import Grid
from schemas.geometry import Box

# In points.
_BETWEEN = 9.0  # white between two rows of the stack
_BESIDE = 7.0  # white between a number and its text: two spaces, so that words stay apart
_PADDING = 5.0  # white around the stack
_NARROW = 45.0  # a column of numbers is narrower than this
_LINE = 13.0  # the height of one line of text
_SMALL = 0.6  # of the page's width: what stands beside a table that wide is dirt or initials
_HALF, _MIDDLE = 0.3, (0.42, 0.58)  # of a sheet's width: a table of one of two pages on it, and
# where the white between them lies
_OFF_LINE = 1.0  # how far two cells' lines may stand apart and still be one
_INSET = 0.8  # a cell is cut a little within its rules
_MARGIN = 3.0  # running text is cut this far from the tables
_WORTH = 200_000.0  # square points of white that cost more time than another call of Tesseract
_TRIAL_ROWS = 160.0  # of a stack, which tell whether it can be read


class Region(Struct, frozen=True):
    """A part of a page with text in it: its box on the page, its place in the stack, in pixels."""

    box: Box
    left: int
    top: int


class Stack(Struct, frozen=True):
    """The picture for the OCR and where its parts come from: rows from top to bottom, each from
    left to right."""

    image: Grey
    rows: tuple[tuple[Region, ...], ...]


def stack_regions(grey: Grey, mask: Grey, grids: Sequence[Grid], scale: float) -> list[Stack]:
    """Return the parts of a page that hold text, stacked; none for a page without text.

    Where few parts are wide and many narrow they make two stacks: white costs time as well.
    `grey` is the upright page without rules, `mask` where its text is, both of shape (h, w);
    `scale` is pixels a point. What stands beside a wide table at its height is not looked at.
    """
    rows = []
    for areas in _areas(mask, grids, scale):
        boxes = [box for area in areas if (box := _tight(mask, area)) is not None]
        if boxes:
            rows.append(boxes)
    return [_stacked(grey, part, scale) for part in _by_width(rows, scale) if part]


def _by_width(rows: Sequence[list[Box]], scale: float) -> tuple[list[list[Box]], list[list[Box]]]:
    """The rows of a stack in two, the narrow and the wide, where that saves enough white."""
    between, beside = (v * scale for v in (_BETWEEN, _BESIDE))

    def width(row: Sequence[Box]) -> float:
        return sum(box.width for box in row) + beside * (len(row) - 1)

    def height(row: Sequence[Box]) -> float:
        return max(box.bottom for box in row) - min(box.top for box in row) + between

    by_width = sorted(rows, key=width)
    total = sum(map(height, rows))
    widest = width(by_width[-1]) if rows else 0.0
    best, limit, tall = _WORTH * scale * scale, widest, 0.0
    for row in by_width:
        tall += height(row)
        saved = widest * total - width(row) * tall - widest * (total - tall)
        if saved > best:
            best, limit = saved, width(row)
    return [r for r in rows if width(r) <= limit], [r for r in rows if width(r) > limit]


def _stacked(grey: Grey, rows: Sequence[Sequence[Box]], scale: float) -> Stack:
    placed, width, height = _placed(rows, scale)
    image = np.full((height, width), 255, np.uint8)
    for row in placed:
        for region in row:
            x0, top, x1, bottom = map(round, region.box)
            part = grey[top:bottom, x0:x1]
            h, w = part.shape
            image[region.top : region.top + h, region.left : region.left + w] = part
    return Stack(image, placed)


def _placed(
    rows: Sequence[Sequence[Box]], scale: float
) -> tuple[tuple[tuple[Region, ...], ...], int, int]:
    """Where each part stands in the stack, and the stack's width and height."""
    padding, between, beside = (round(v * scale) for v in (_PADDING, _BETWEEN, _BESIDE))
    placed, width, y = [], 0, padding
    for boxes in rows:
        head = min(box.top for box in boxes)
        regions, x = [], padding
        for box in boxes:
            regions.append(Region(box, x, y + round(box.top - head)))
            x += round(box.width) + beside
        placed.append(tuple(regions))
        width = max(width, x - beside + padding)
        y += round(max(box.bottom for box in boxes) - head) + between
    return tuple(placed), width + 2, y + 2


def _areas(mask: Grey, grids: Sequence[Grid], scale: float) -> Iterator[list[Box]]:
    """Cells, and the bands of the page above, between and below the tables.

    A sheet with a table on either side of white that runs down its middle holds two pages.
    """
    width = mask.shape[1]
    middle = _white_middle(mask, grids)
    for left, right in [(0.0, middle), (middle, float(width))] if middle else [(0.0, float(width))]:
        here = [grid for grid in grids if left <= grid.box.center[0] <= right]
        yield from _areas_between(mask, here, scale, (left, right))


def _areas_between(
    mask: Grey, grids: Sequence[Grid], scale: float, sides: tuple[float, float]
) -> Iterator[list[Box]]:
    left, right = sides
    margin = _MARGIN * scale
    top = 0.0
    for grid in sorted(grids, key=lambda g: g.box.top):
        yield [Box(left, top, right, grid.box.top - margin)]
        yield from _cells(mask, grid, scale)
        if grid.box.width < _SMALL * (right - left):
            yield from _beside(grid, grids, sides, margin)
        top = max(top, grid.box.bottom + margin)
    yield [Box(left, top, right, mask.shape[0])]


def _white_middle(mask: Grey, grids: Sequence[Grid]) -> float | None:
    """Where no text stands between two tables that lie beside each other, about the middle."""
    width = mask.shape[1]
    wide = [grid.box for grid in grids if grid.box.width >= _HALF * width]
    low, high = (float(share * width) for share in _MIDDLE)
    pairs = ((a.x1, b.x0) for a in wide for b in wide if a.x1 < b.x0)
    for x0, x1 in pairs:
        start, end = round(max(x0, low)), round(min(x1, high))
        if start < end:
            white = np.flatnonzero(mask[:, start:end].max(axis=0) == 0)
            if white.size:
                return float(start + np.median(white))
    return None


def _beside(
    grid: Grid, grids: Sequence[Grid], sides: tuple[float, float], margin: float
) -> Iterator[list[Box]]:
    """The bands left and right of a small box, up to the next: a stamp beside the letterhead."""
    others = [g.box for g in grids if g is not grid and _abreast(g.box, grid.box)]
    left = max((b.x1 for b in others if b.x1 <= grid.box.x0), default=sides[0])
    right = min((b.x0 for b in others if b.x0 >= grid.box.x1), default=sides[1])
    head, foot = grid.box.top - margin, grid.box.bottom + margin
    yield [Box(left, head, grid.box.x0 - margin, foot)]
    yield [Box(grid.box.x1 + margin, head, right, foot)]


def _abreast(a: Box, b: Box) -> bool:
    return a.top < b.bottom and b.top < a.bottom


def _cells(mask: Grey, grid: Grid, scale: float) -> Iterator[list[Box]]:
    """The insides of the cells, each by itself or with its number."""
    inset = _INSET * scale
    inside = {
        (c.row, c.col): Box(
            c.box.x0 + inset, c.box.top + inset, c.box.x1 - inset, c.box.bottom - inset
        )
        for c in grid.cells
    }
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        here, beside = (cell.row, cell.col), (cell.row, cell.col + cell.col_span)
        if here in taken:
            continue
        box, right = inside[here], inside.get(beside)
        narrow = cell.box.width <= _NARROW * scale
        if narrow and right is not None and _on_one_line(mask, box, right, scale):
            taken.add(beside)
            yield [box, right]
        else:
            yield [box]


def _on_one_line(mask: Grey, left: Box, right: Box, scale: float) -> bool:
    """Whether a cell holds one line that stands on a line of the cell beside it."""
    top, bottom = round(max(left.top, right.top)), round(min(left.bottom, right.bottom))
    number = mask[top:bottom, round(left.x0) : round(left.x1)].max(axis=1) > 0
    text = mask[top:bottom, round(right.x0) : round(right.x1)].max(axis=1) > 0
    rows = np.flatnonzero(number)
    if not rows.size or rows[-1] - rows[0] > _LINE * scale:
        return False
    # The band of text around the number's middle, from one white row to the next.
    middle = (rows[0] + rows[-1]) // 2
    if not text[middle]:
        return False
    white = np.flatnonzero(~text)
    above = white[white < middle].max(initial=-1)
    below = white[white > middle].min(initial=len(text))
    reach = _OFF_LINE * scale
    within = above - reach <= rows[0] and rows[-1] <= below + reach
    return bool(within and below - above < 2 * _LINE * scale)


def _tight(mask: Grey, area: Box) -> Box | None:
    """The box around the text in an area, or None where there is none."""
    x0, y0, x1, y1 = (max(0, round(v)) for v in area)
    part = mask[y0:y1, x0:x1]
    if part.size == 0 or not cv2.countNonZero(part):
        return None
    x, y, width, height = cv2.boundingRect(part)
    return Box(x0 + x, y0 + y, x0 + x + width, y0 + y + height)


def beginning(stack: Stack, scale: float) -> Stack:
    """Return the upper part of a stack, enough to tell whether it can be read."""
    kept = tuple(row for row in stack.rows if row[0].top < _TRIAL_ROWS * scale)
    last = max(region.top + round(region.box.height) for region in kept[-1])
    return Stack(stack.image[: last + stack.rows[0][0].left], kept)


def moved_back(words: Sequence[OcrWord], stack: Stack) -> list[OcrWord]:
    """Return the words of a stack with their boxes where they stand on the page, in pixels."""
    margin = stack.rows[0][0].left / 2
    tops = [min(region.top for region in row) for row in stack.rows]
    moved = []
    for word in words:
        y = word.box.center[1]
        row = stack.rows[max(0, bisect_right(tops, y + margin) - 1)]
        lefts = [region.left for region in row]
        for part in _parted(word, lefts[1:], margin):
            region = row[max(0, bisect_right(lefts, part.box.center[0] + margin) - 1)]
            dx, dy = region.box.x0 - region.left, region.box.top - region.top
            x0, top, x1, bottom = part.box
            box = Box(x0 + dx, top + dy, x1 + dx, bottom + dy)
            moved.append(replace(part, box=box))
    return moved


def _parted(word: OcrWord, lefts: Sequence[int], margin: float) -> list[OcrWord]:
    """A word that was read over from a number into the text set beside it, as its two parts."""
    x0, top, x1, bottom = word.box
    cut = next((left - margin for left in lefts if x0 < left - margin < x1 - margin), None)
    if cut is None or len(word.text) < 2:
        return [word]
    # The sign made of the white between, else as many characters as there is width.
    share = round(len(word.text) * (cut - x0) / (x1 - x0))
    mark = re.search(r"[_~|.]+", word.text[: share + 2])
    at = mark.end() if mark else min(max(share, 1), len(word.text) - 1)
    texts = (word.text[:at].strip("_~|"), word.text[at:].strip("_~|"))
    boxes = (Box(x0, top, cut, bottom), Box(cut + margin, top, x1, bottom))
    return [
        OcrWord(text, box, word.confidence) for text, box in zip(texts, boxes, strict=True) if text
    ]
