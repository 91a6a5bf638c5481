"""Tables without level rules: where one row ends and the next begins, told from the text alone.

Each number of the first column makes a row. Where it ends is not where the next number stands:
cells may be centred in their row. So of all places at which every column shows white, those are
taken under which the texts of each row lie best: at its top, or in its middle, without a hole,
and with no sentence cut.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct

from pipeline.language.list_signs import ends_open, without_bullet
from pipeline.language.markers import marker_alone
from schemas.page import TextLine

_SHRUNK = 0.2  # of a line's height, above and below: accents of one line touch the next
_LEAST_WHITE = 0.5  # points
_LONGEST_NUMBER = 5  # characters: "VIII.", with what OCR makes of it
# Costs of a row, in lines of text by which a cell lies off its place.
_HOLE = 2.0  # a text is parted by white
_HOLE_FROM = 0.8  # of a line's height
_CUT_SENTENCE = 1.5
_OPEN_END = 0.7
_REMAINDER = 0.4  # a row without a number, at the head of a page
_NO_WHITE = 3.0

ColumnLines = Sequence[TextLine]


class _Place(Struct, frozen=True):
    """Where rows may part: the height, and what speaks against it."""

    y: float
    cost: float


def row_cuts(columns: Sequence[ColumnLines], *, unruled: bool = False) -> list[float]:
    """Return the heights at which a stretch without level rules falls into rows; [] for one row.

    `columns` holds the printed lines of each column, the numbers first. At least two rows must be
    numbered, and most rows say something in two more columns: a list within a cell does not.
    Where the table is known to be `unruled`, one is enough: over it the rest of a row may stand.
    """
    if len(columns) < 3 or not _counts(columns[0], unruled=unruled):
        return []
    middles = [line.box.center[1] for line in columns[0]]
    height = _median_height(columns)
    white = _white_places(columns)
    top = min(line.box.top for column in columns for line in column) - 1.0
    bottom = max(line.box.bottom for column in columns for line in column) + 1.0
    between = [
        _between(white, above, below, columns) for above, below in itertools.pairwise(middles)
    ]
    heads = [_Place(top, 0.0), *_weighed(columns, [y for y in white if y < middles[0]])]
    cuts = _cheapest(columns, [heads, *between, [_Place(bottom, 0.0)]], height)
    rows = [_within(columns, a, b) for a, b in itertools.pairwise(cuts)]
    full = sum(sum(bool(c) for c in row[1:]) >= 2 for row in rows)
    if full * 2 < len(rows):
        return []
    return [y for y in cuts[:-1] if y > top]


def _counts(numbers: ColumnLines, *, unruled: bool) -> bool:
    """Whether the lines of a column are numbers, most of them beyond doubt; half of them in a
    table that is known to count."""
    short = all(len(line.text.replace(" ", "")) <= _LONGEST_NUMBER for line in numbers)
    sure = sum(marker_alone(line.text) is not None for line in numbers)
    if unruled:
        return short and sure > 0 and sure * 2 >= len(numbers)
    return short and sure >= 2 and sure * 2 > len(numbers)


def _median_height(columns: Sequence[ColumnLines]) -> float:
    heights = sorted(line.box.height for column in columns for line in column)
    return heights[len(heights) // 2]


def _white_places(columns: Sequence[ColumnLines]) -> list[float]:
    """The middles of the white that runs across all columns."""
    spans = sorted(
        (
            line.box.top + _SHRUNK * line.box.height,
            line.box.bottom - _SHRUNK * line.box.height,
        )
        for column in columns
        for line in column
    )
    places, reach = [], spans[0][1]
    for start, end in spans[1:]:
        if start - reach > _LEAST_WHITE:
            places.append((start + reach) / 2)
        reach = max(reach, end)
    return places


def _between(
    white: Sequence[float], above: float, below: float, columns: Sequence[ColumnLines]
) -> list[_Place]:
    places = _weighed(columns, [y for y in white if above < y < below])
    # Where lines of two columns interlock everywhere, the row is cut above its number.
    return places or [_Place((above + below) / 2, _NO_WHITE)]


def _weighed(columns: Sequence[ColumnLines], heights: Sequence[float]) -> list[_Place]:
    return [_Place(y, _torn(columns, y)) for y in heights]


def _torn(columns: Sequence[ColumnLines], y: float) -> float:
    """What a cut at a height tears apart: sentences that go on in lower case or end open."""
    cost = 0.0
    for column in columns[1:]:
        above = [line for line in column if line.box.center[1] < y]
        below = [line for line in column if line.box.center[1] >= y]
        if not above or not below:
            continue
        first = without_bullet(below[0].text)[:1]
        cost += _CUT_SENTENCE * first.islower()
        cost += _OPEN_END * ends_open(above[-1].text)
    return cost


def _cheapest(
    columns: Sequence[ColumnLines], places: Sequence[Sequence[_Place]], height: float
) -> list[float]:
    """The cuts, one of each list of places, whose rows cost least together.

    The first list holds where the first numbered row may begin; what is above it is a row, too.
    """
    first = places[0][0].y
    best: dict[float, tuple[float, list[float]]] = {}
    for place in places[0]:
        remainder = _row_cost(columns, first, place.y, height) + _REMAINDER
        cost = place.cost + (remainder if place.y > first else 0.0)
        best[place.y] = (cost, [first, place.y] if place.y > first else [first])
    for options in places[1:]:
        following: dict[float, tuple[float, list[float]]] = {}
        for place in options:
            following[place.y] = min(
                (cost + place.cost + _row_cost(columns, start, place.y, height), [*cuts, place.y])
                for start, (cost, cuts) in best.items()
            )
        best = following
    return min(best.values())[1]


def _within(columns: Sequence[ColumnLines], top: float, bottom: float) -> list[list[TextLine]]:
    return [[line for line in c if top <= line.box.center[1] < bottom] for c in columns]


def _row_cost(columns: Sequence[ColumnLines], top: float, bottom: float, height: float) -> float:
    """By how many lines the texts of a row lie off its top and off its middle, and its holes."""
    row = [column for column in _within(columns, top, bottom) if column]
    if not row:
        return 0.0
    head = min(line.box.top for column in row for line in column)
    foot = max(line.box.bottom for column in row for line in column)
    cost = 0.0
    for column in row:
        over, under = column[0].box.top - head, foot - column[-1].box.bottom
        cost += min(over, abs(over - under) / 2) / height
        holes = (b.box.top - a.box.bottom for a, b in itertools.pairwise(column))
        cost += _HOLE * sum(hole > _HOLE_FROM * height for hole in holes)
    return cost
