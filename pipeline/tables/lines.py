"""Words into printed lines."""

from bisect import insort
from collections.abc import Sequence
from itertools import pairwise
from math import fsum

from schemas.geometry import union
from schemas.page import TextLine, Word

# Words whose middles differ by less than this share of their height stand on one line.
_SAME_LINE = 0.55
# A gap wider than this many line heights parts a line in two (letterhead left and right).
COLUMN_GAP = 3.0


def group_lines(words: Sequence[Word], page: int, *, gap: float | None = None) -> list[TextLine]:
    """Return the words as lines, top to bottom, each left to right.

    `gap`, in line heights, parts words of one height that stand further apart than that;
    None keeps them together, which is right within a cell.
    """
    rows: list[list[Word]] = []
    middles: list[float] = []  # of the words of the last row, and their heights in order of size
    heights: list[float] = []
    ordered = sorted((((w.box[1] + w.box[3]) / 2, w.box[0]), i) for i, w in enumerate(words))
    for (middle, _), i in ordered:
        height = words[i].box.height
        if rows and _stands_beside(middle, height, middles, heights):
            rows[-1].append(words[i])
        else:
            rows.append([words[i]])
            middles, heights = [], []
        middles.append(middle)
        insort(heights, height)
    lines = []
    for row in rows:
        row.sort(key=lambda w: w.box.x0)
        lines += [_line(part, page) for part in _parted(row, gap)]
    return lines


def _stands_beside(
    middle: float, height: float, middles: Sequence[float], heights: Sequence[float]
) -> bool:
    """Whether a word stands on the line of others: their middles, and their heights in order."""
    half, odd = divmod(len(heights), 2)
    usual = heights[half] if odd else (heights[half - 1] + heights[half]) / 2
    mean = fsum(middles) / len(middles)
    return abs(middle - mean) < _SAME_LINE * max(height, usual)


def _parted(row: Sequence[Word], gap: float | None) -> list[list[Word]]:
    parts = [[row[0]]]
    for before, word in pairwise(row):
        if gap is not None and word.box.x0 - before.box.x1 > gap * word.box.height:
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: Sequence[Word], page: int) -> TextLine:
    letters = sum(len(w.text) for w in words)
    return TextLine(
        text=" ".join(w.text for w in words),
        box=union(w.box for w in words),
        page=page,
        confidence=sum(w.confidence * len(w.text) for w in words) / letters,
        bold=sum(len(w.text) for w in words if w.bold) * 2 > letters,
        words=tuple(words),
    )
