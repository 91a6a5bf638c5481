"""Lines under and through words, which are no rules of a table whatever the cells' margins."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from schemas.geometry import Box, union
from schemas.page import Page, Word

# In points.
_TOUCH = 1.0  # a border that comes this near an upright rule meets it
_COLLINEAR, _ABUT = 0.8, 1.5  # pieces of one line: words are underlined run by run
_OFF = 2.5  # by how much a line may be shorter than its words
_SPACE = 0.45  # of a word's height: a line may go on under the space behind the words
# Where a line may cross a word's box or pass below it, in shares of the box's height.
_HIGHEST, _LOWEST = 0.25, 1.25
_APART = 0.8  # of a word's height: more white between words than this and a line has no words


def without_underlines(page: Page) -> list[Box]:
    """Return the rules of a page without those that underline or strike words.

    Such a line is as wide as its words, and does not lead from one upright rule to another.
    """
    upright = sorted(
        (r.box.center[0], r.box.top, r.box.bottom) for r in page.rules if not r.horizontal
    )
    level = [rule.box for rule in page.rules if rule.horizontal]
    kept = [rule.box for rule in page.rules if not rule.horizontal]
    words = sorted(page.words, key=lambda word: word.box.bottom)
    bottoms = [word.box.bottom for word in words]
    tallest = max((word.box.height for word in words), default=0.0)
    for pieces in _lines(level):
        line = union(pieces)
        y = line.center[1]
        first = bisect_left(bottoms, y - _LOWEST * tallest)
        last = bisect_left(bottoms, y + (1 - _HIGHEST) * tallest)
        near = [word for word in words[first:last] if _is_at(y, word.box)]
        if not _as_wide_as_words(line, near) or _leads_across(line, upright):
            kept += pieces
    return kept


def _lines(level: Sequence[Box]) -> list[list[Box]]:
    """Level rules by line: pieces that abut are one."""
    lines: list[list[Box]] = []
    for box in sorted(level, key=lambda b: (b.x0, b.top)):
        y = box.center[1]
        for line in lines:
            last = line[-1]
            if abs(last.center[1] - y) <= _COLLINEAR and abs(box.x0 - last.x1) <= _ABUT:
                line.append(box)
                break
        else:
            lines.append([box])
    return lines


def _is_at(y: float, box: Box) -> bool:
    return box.top + _HIGHEST * box.height <= y <= box.top + _LOWEST * box.height


def _as_wide_as_words(line: Box, near: Sequence[Word]) -> bool:
    """Whether the words over a line, close to one another, begin and end where it does."""
    over = sorted(
        (w.box for w in near if min(w.box.x1, line.x1) - max(w.box.x0, line.x0) > w.box.width / 2),
        key=lambda box: box.x0,
    )
    if not over:
        return False
    height = max(box.height for box in over)
    together = all(b.x0 - a.x1 <= _APART * height for a, b in pairwise(over))
    begins = -_OFF <= over[0].x0 - line.x0 <= _SPACE * height
    ends = -_OFF <= line.x1 - max(box.x1 for box in over) <= _SPACE * height
    return together and begins and ends


def _leads_across(line: Box, upright: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a line leads from one upright rule to another, as the border of a cell does."""
    y = line.center[1]

    def meets(x: float) -> bool:
        first = bisect_left(upright, (x - _TOUCH,))
        for at, top, bottom in upright[first:]:
            if at > x + _TOUCH:
                return False
            if top - _TOUCH <= y <= bottom + _TOUCH:
                return True
        return False

    return meets(line.x0) and meets(line.x1)
