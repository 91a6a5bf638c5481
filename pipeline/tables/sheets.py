"""Sheets that hold two pages beside each other, as A3 does: read as two pages, in order.

The right page is laid below the left one, so that all that follows reads it as what comes next,
and the tables of both are joined as those of two pages are.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.tables.grid import find_grids
from pipeline.tables.underlines import without_underlines
from schemas.geometry import Affine, Box, Folded
from schemas.page import Page, Rule, Word

_LANDSCAPE = 1.2  # times as wide as high
_MIDDLE = (0.42, 0.58)  # of the width: there the white between the pages lies
_WHITE = 12.0  # points, at the least
_TABLE = 0.3  # of the sheet's width: a table that is a page's own
_A3 = 1000.0  # points: a sheet that wide may hold a letter and its appendix, one table in all
_FEWEST_WORDS = 20  # that a page holds


def as_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages of a document with the two of a sheet one above the other."""
    return tuple(_unfolded(page) for page in pages)


def _unfolded(page: Page) -> Page:
    middle = _white_middle(page)
    if middle is None or not isinstance(page.to_display, Affine):
        return page
    tables = [grid.box for grid in find_grids(without_underlines(page))]
    wide = [box for box in tables if box.width >= _TABLE * page.width]
    left = next((box for box in wide if box.x1 <= middle), None)
    right = next((box for box in wide if box.x0 >= middle), None)
    if left is None or right is None:
        if page.width < _A3 or not wide:
            return page
        shift = middle
    else:
        shift = right.x0 - left.x0  # the columns of both lie one below the other
    edge = max(page.height, *(b.bottom for b in (*_boxes(page.words), *_boxes(page.rules))))
    back = Affine(1, 0, shift, 0, 1, -edge)
    return replace(
        page,
        width=max(middle, page.width - middle),
        height=edge + page.height,
        words=tuple(_moved_word(word, middle, back) for word in page.words),
        rules=tuple(_moved_rule(rule, middle, back) for rule in page.rules),
        to_display=Folded(edge, page.to_display, page.to_display.after(back)),
    )


def _moved(box: Box, middle: float, back: Affine) -> Box:
    if box.center[0] <= middle:
        return box
    return Box(box.x0 - back.c, box.top - back.f, box.x1 - back.c, box.bottom - back.f)


def _moved_word(word: Word, middle: float, back: Affine) -> Word:
    return replace(word, box=_moved(word.box, middle, back))


def _moved_rule(rule: Rule, middle: float, back: Affine) -> Rule:
    return replace(rule, box=_moved(rule.box, middle, back))


def _white_middle(page: Page) -> float | None:
    """The middle of the white that runs down a sheet between two pages; None where it has none."""
    if page.width < _LANDSCAPE * page.height:
        return None
    low, high = (share * page.width for share in _MIDDLE)
    spans = sorted((box.x0, box.x1) for box in (*_boxes(page.words), *_boxes(page.rules)))
    best, reach = (0.0, 0.0), low
    for x0, x1 in [*spans, (high, high)]:
        if x0 > reach:
            best = max(best, (min(x0, high) - reach, (min(x0, high) + reach) / 2))
        reach = max(reach, x1)
        if reach >= high:
            break
    width, middle = best
    words = sum(word.box.center[0] < middle for word in page.words)
    enough = min(words, len(page.words) - words) >= _FEWEST_WORDS
    return middle if width >= _WHITE and enough else None


def _boxes(things: Sequence[Word] | Sequence[Rule]) -> list[Box]:
    return [thing.box for thing in things]
