"""What a matched phrase gives: kind and dates, from its row and the spans that stand in it."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.timeframes.rules import Gives, PhraseRow
from pipeline.timeframes.spans import (
    FIRST_PARTS,
    LAST_PARTS,
    NoSuchTimeError,
    Span,
    between,
    day_after,
    day_before,
)
from schemas.plan import Recurrence, TimeframeKind

_VAGUE, _COMPOUND = "timeframe_vague", "timeframe_compound"


class TimeframeSketch(Struct, frozen=True):
    """A timeframe without its raw text."""

    kind: TimeframeKind
    start: date | None = None
    end: date | None = None
    recurrence: Recurrence | None = None
    flags: tuple[str, ...] = ()

    def flagged(self, flag: str, when: bool) -> "TimeframeSketch":
        """Return the same with the flag added, if `when`."""
        return replace(self, flags=(*self.flags, flag)) if when else self


class Meaning(Struct, frozen=True):
    """A row that matched, its spans (None: one that does not exist), and the bound's sense."""

    row: PhraseRow
    spans: tuple[Span | None, ...]
    bound: Gives | None = None


_IMPOSSIBLE = TimeframeSketch("unknown", flags=("timeframe_impossible",))


def give(meaning: Meaning, plan_year: int | None) -> TimeframeSketch:
    """Return kind, dates and flags of a matched phrase."""
    row = meaning.row
    flags = (row.flag,) if row.flag else ()
    if row.gives in ("conditional", "unknown"):
        return TimeframeSketch(row.gives, flags=flags)
    if row.gives in ("continuous", "recurring"):
        sketch = TimeframeSketch(row.gives, recurrence=row.recurrence, flags=flags)
        return _bounded(sketch, meaning, plan_year)
    return _dated(row.gives, meaning.spans, plan_year)


def is_meant(row: PhraseRow, spans: tuple[Span | None, ...]) -> bool:
    """Whether the row may stand for these spans: a year's own month does not come every year."""
    return row.gives != "recurring" or not any(span and span.year for span in spans)


def bounds(row: PhraseRow, bound: PhraseRow, spans: tuple[Span | None, ...]) -> bool:
    """Whether the stretch after the phrase bounds it.

    "Hằng năm (quý IV)" tells when in each year: only a stretch with its year bounds a recurrence.
    """
    within = row.gives == "recurring" and bound.gives == "within"
    return not within or all(span is None or span.year or not span.named for span in spans)


def _bounded(sketch: TimeframeSketch, meaning: Meaning, plan_year: int | None) -> TimeframeSketch:
    """Add the dates that "Thường xuyên" or "Hằng …" names; "trong năm" names none."""
    if meaning.bound is None or any(span and not span.named for span in meaning.spans):
        return sketch
    dates = _dated(meaning.bound, meaning.spans, plan_year)
    return replace(sketch, start=dates.start, end=dates.end, flags=(*sketch.flags, *dates.flags))


def _dated(gives: Gives, spans: tuple[Span | None, ...], year: int | None) -> TimeframeSketch:
    if None in spans or not spans:
        return _IMPOSSIBLE
    known = [span for span in spans if span]
    try:
        return _dates_of(gives, known, year)
    except NoSuchTimeError:
        return _IMPOSSIBLE


def _dates_of(gives: Gives, spans: list[Span], year: int | None) -> TimeframeSketch:
    """Return kind and dates; raises NoSuchTimeError."""
    span, flags = spans[0], [_COMPOUND] * spans[0].more
    kind: TimeframeKind = "deadline" if gives in ("deadline", "before") else "period"
    if gives == "list":
        gives, span, gap = _run_together(spans, year)
        flags += [_COMPOUND] * gap
    if gives == "range":
        span = between(spans[0], spans[-1])
        flags += [_VAGUE] * _vague(spans[0], FIRST_PARTS) + [_VAGUE] * _vague(spans[-1], LAST_PARTS)
    dates = span.resolve(year)
    if dates is None:
        return TimeframeSketch(kind, flags=(*flags, "timeframe_year_missing"))
    start, end = dates
    if gives == "within":
        return TimeframeSketch(kind, start, end, flags=(*flags, *[_VAGUE] * bool(span.part)))
    if gives == "range":
        return TimeframeSketch(kind, start, end, flags=tuple(flags))
    return _one_sided(gives, span, (start, end), tuple(flags))


def _one_sided(
    gives: Gives, span: Span, dates: tuple[date, date], flags: tuple[str, ...]
) -> TimeframeSketch:
    """Return a phrase that names one end only: deadline, before, start, after."""
    start, end = dates
    if gives == "start":
        sure = not _vague(span, FIRST_PARTS)
        return TimeframeSketch("period", start if sure else None, flags=flags).flagged(
            _VAGUE, not sure
        )
    sure = not _vague(span, LAST_PARTS)
    if gives == "after":
        return TimeframeSketch("period", day_after(end) if sure else None, flags=flags).flagged(
            _VAGUE, not sure
        )
    # "Trước ngày D" is D as written; "trước tháng M" the day before; "trước cuối năm" its end.
    if gives == "before" and start != end and not span.part:
        end = day_before(start)
    return TimeframeSketch("deadline", end=end if sure else None, flags=flags).flagged(
        _VAGUE, not sure
    )


def _vague(span: Span, parts: tuple[str, ...]) -> bool:
    """Whether a part of a stretch is meant that does not reach the end in question."""
    return bool(span.part) and span.part not in parts


def _run_together(spans: list[Span], year: int | None) -> tuple[Gives, Span, bool]:
    """Return two listed spans as one where they adjoin, else the first, and whether it is so."""
    last = spans[-1]
    first = replace(
        spans[0],
        first=(spans[0].first[0] or last.first[0], *spans[0].first[1:]),
        last=(spans[0].last[0] or last.first[0], *spans[0].last[1:]),
    )
    here, following = first.resolve(year), last.resolve(year)
    if here and following and day_after(here[1]) == following[0]:
        return "within", between(first, last), False
    return "within", first, True
