"""Rules as segments: pieces of one line put together, and lines left out that are no rules.

Positions and lengths are in any unit; `unit` is how many of it make a point.
"""

from collections.abc import Sequence

from msgspec import Struct

# In points.
TOUCH = 4.0  # rules that come this near meet
SAME_EDGE = 4.0  # rules that lie this near are one edge
_COLLINEAR = 2.5
_GAP = 9.0  # a gap in a rule that is bridged
_OVERHANG = 5.0  # a rule may stick out of the table by this much
_MEETS = 1.5  # what stays further from upright rules is kept off by the margin of a cell
_LOOSE = 60.0  # a shorter line must lead from one rule to another


class LineSegment(Struct, frozen=True):
    """A rule as position (across it) and extent (along it)."""

    at: float
    start: float
    end: float


def merged(
    segments: Sequence[LineSegment], unit: float, others: Sequence[LineSegment] = ()
) -> list[LineSegment]:
    """Return the lines that pieces make: 2.5 pt apart across at most, and 9 pt along.

    A gap in which one of the `others` stands free, the rules across, parts two lines.
    """
    lines: list[LineSegment] = []
    for segment in sorted(segments, key=lambda s: (s.start, s.at)):
        for i, other in enumerate(lines):
            near = abs(other.at - segment.at) <= _COLLINEAR * unit
            close = near and segment.start <= other.end + _GAP * unit
            if close and not _is_parted(other, segment, others, unit):
                longer = (
                    other if other.end - other.start >= segment.end - segment.start else segment
                )
                lines[i] = LineSegment(longer.at, other.start, max(other.end, segment.end))
                break
        else:
            lines.append(segment)
    return lines


def _is_parted(
    before: LineSegment, after: LineSegment, others: Sequence[LineSegment], unit: float
) -> bool:
    gap = (before.end + _MEETS * unit, after.start - _MEETS * unit)
    return gap[0] < gap[1] and any(
        gap[0] < s.at < gap[1] and s.start < after.at < s.end for s in others
    )


def without_overhang(
    across: list[LineSegment], down: list[LineSegment], unit: float
) -> tuple[list[LineSegment], list[LineSegment]]:
    """Return the lines without folds and streaks.

    Those cross the whole table and run on, or end where it begins. Where half of the lines do,
    they are the table's own, and its outer borders are not drawn.
    """
    top, bottom = min(a.at for a in across), max(a.at for a in across)
    left, right = min(d.at for d in down), max(d.at for d in down)
    over, touch = _OVERHANG * 4 * unit, TOUCH * unit

    def within(lines: list[LineSegment], low: float, high: float) -> list[LineSegment]:
        kept = [
            s
            for s in lines
            if (s.start >= low - over or s.end <= high + over)
            and s.end > low + touch
            and s.start < high - touch
        ]
        return lines if 2 * len(kept) <= len(lines) else kept

    return within(across, left, right), within(down, top, bottom)


def without_loose(
    across: list[LineSegment], down: list[LineSegment], unit: float
) -> tuple[list[LineSegment], list[LineSegment]]:
    """Return the lines without those that bound no cell: underlines, and pieces of a seal.

    Underlines meet no upright rule, short pieces lead from no rule to another.
    """
    meeting = [s for s in across if _meets(s, across, down, unit)]
    across = meeting if len(meeting) > 1 else across
    while True:
        level = [s for s in across if not _is_loose(s, across, down, unit)]
        upright = [s for s in down if not _is_loose(s, down, across, unit)]
        if len(level) == len(across) and len(upright) == len(down):
            return across, down
        across, down = level, upright


def _meets(
    segment: LineSegment, level: Sequence[LineSegment], upright: Sequence[LineSegment], unit: float
) -> bool:
    """Whether a level line, or another piece at its height, meets an upright rule."""
    near, touch = _COLLINEAR * unit, _MEETS * unit
    return any(
        piece.start - touch <= s.at <= piece.end + touch
        and s.start - TOUCH * unit <= piece.at <= s.end + TOUCH * unit
        for piece in level
        if abs(piece.at - segment.at) <= near
        for s in upright
    )


def _is_loose(
    segment: LineSegment, along: Sequence[LineSegment], others: Sequence[LineSegment], unit: float
) -> bool:
    """Whether all pieces of a line are short together and this one ends at no other rule."""
    near, touch = SAME_EDGE * unit, TOUCH * unit
    if sum(s.end - s.start for s in along if abs(s.at - segment.at) <= near) >= _LOOSE * unit:
        return False

    def ends_at_rule(end: float) -> bool:
        return any(
            abs(s.at - end) <= touch and s.start - touch <= segment.at <= s.end + touch
            for s in others
        )

    return not (ends_at_rule(segment.start) and ends_at_rule(segment.end))
