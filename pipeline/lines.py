"""Words into printed lines."""

import statistics
from collections.abc import Sequence
from itertools import pairwise

from schemas.geometry import union
from schemas.stages import TextLine, Word

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
    for word in sorted(words, key=lambda w: (w.box.center[1], w.box.x0)):
        if rows and _stands_beside(word, rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda w: w.box.x0)
        lines += [_line(part, page) for part in _parted(row, gap)]
    return lines


def _stands_beside(word: Word, row: Sequence[Word]) -> bool:
    middle = statistics.fmean(w.box.center[1] for w in row)
    height = max(word.box.height, statistics.median(w.box.height for w in row))
    return abs(word.box.center[1] - middle) < _SAME_LINE * height


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
    )
