"""Words with a line through them: Word's strike, a tracked deletion, a reviewer's note, a ruler."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from schemas.geometry import Box
from schemas.page import Page, Rule, Word

# Where a line runs that strikes a word out, in shares of the height of its box from the top: above
# it lies a border, below it a line under the word.
_HIGHEST, _LOWEST = 0.28, 0.79
_SPACE = 0.45  # of a word's height: a line goes on over the space behind a word
# The share of a word that lines must cross, and of a line that must lie over words; a border of a
# cell that text has run into lies over few.
_CROSSED, _OVER_WORDS = 0.6, 0.7
_ACROSS_CELLS = 0.5  # where one line strikes a whole row of a table, which holds white as well
_SHORT = 36.0  # points: of a scan, shorter lines are strokes of letters and seals as well
_TOUCH = 1.8  # points: a border meets an upright rule


class _Strike(Struct, frozen=True):
    """A line that strikes words out, and the words that it runs through."""

    rule: Rule
    words: tuple[Word, ...]


def with_strikes(page: Page) -> Page:
    """Return the page with the words that are struck out told apart, and without the lines."""
    strikes = list(_strikes(page))
    if not strikes:
        return page
    lines = {id(strike.rule) for strike in strikes}
    crossed = {id(word): word for strike in strikes for word in strike.words}
    struck = {
        key: word
        for key, word in crossed.items()
        if _crossed(word, [s.rule.box for s in strikes if word in s.words]) >= _CROSSED
    }
    return replace(
        page,
        words=tuple(word for word in page.words if id(word) not in struck),
        struck=tuple(word for word in page.words if id(word) in struck),
        rules=tuple(rule for rule in page.rules if id(rule) not in lines),
    )


def _strikes(page: Page) -> Iterator[_Strike]:
    level = [rule for rule in page.rules if rule.horizontal]
    if not level or not page.words:
        return
    words = sorted(page.words, key=lambda word: word.box.top)
    tops = [word.box.top for word in words]
    tallest = max(word.box.height for word in words)
    upright = [rule.box for rule in page.rules if not rule.horizontal]
    for rule in level:
        y = rule.box.center[1]
        first = bisect_left(tops, y - tallest)
        last = bisect_left(tops, y)
        through = tuple(word for word in words[first:last] if _runs_through(rule.box, word))
        if not through:
            continue
        share = _over(rule.box, through)
        border = _meets(rule.box.x0, y, upright) and _meets(rule.box.x1, y, upright)
        # Scanned letters touch rules, and boxes of words are not exact there.
        least = _ACROSS_CELLS if border and page.method == "text_layer" else _OVER_WORDS
        doubtful = border or rule.box.width < _SHORT
        if share >= least and not (page.method == "ocr" and doubtful):
            yield _Strike(rule, through)


def _runs_through(line: Box, word: Word) -> bool:
    box = word.box
    at = (line.center[1] - box.top) / box.height if box.height else 0.0
    beside = min(line.x1, box.x1) - max(line.x0, box.x0)
    return _HIGHEST <= at <= _LOWEST and beside > 0 and any(map(str.isalnum, word.text))


def _over(line: Box, words: Sequence[Word]) -> float:
    """The share of a line that lies over words and the spaces between them."""
    covered, end = 0.0, line.x0
    for box in sorted(word.box for word in words):
        x0, x1 = max(box.x0, end), min(box.x1 + _SPACE * box.height, line.x1)
        covered += max(0.0, x1 - x0)
        end = max(end, x1)
    return covered / line.width if line.width else 0.0


def _crossed(word: Word, lines: Sequence[Box]) -> float:
    """The share of a word that lines run through."""
    covered, end = 0.0, word.box.x0
    for line in sorted(lines):
        x0, x1 = max(line.x0, end), min(line.x1, word.box.x1)
        covered += max(0.0, x1 - x0)
        end = max(end, x1)
    return covered / word.box.width if word.box.width else 0.0


def _meets(x: float, y: float, upright: Sequence[Box]) -> bool:
    return any(
        abs(box.center[0] - x) <= _TOUCH and box.top - _TOUCH <= y <= box.bottom + _TOUCH
        for box in upright
    )
