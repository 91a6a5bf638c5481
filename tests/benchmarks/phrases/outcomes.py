"""What became of a time or title block whose truth is known."""

from collections.abc import Sequence

from pipeline.timeframes import parse_timeframe
from pipeline.titles import Caption, parse_caption, parse_head
from pipeline.titles.captions import last_caption
from tests.benchmarks.corpus.model import When
from tests.benchmarks.phrases.heads import Head
from tests.benchmarks.phrases.times import PLAN_YEAR


def time_outcome(time: When, text: str) -> str:
    """Return right, doubtful (nothing was claimed), or wrong: flagged or, worst, silent.

    `text` is the time's own, or that with slips.
    """
    found = parse_timeframe(text, PLAN_YEAR)
    truth = (time.kind, time.start, time.end, time.recurrence)
    if (found.kind, found.start, found.end, found.recurrence) == truth:
        return "right"
    if found.kind == "unknown":
        return "doubtful"
    return "wrong, flagged" if found.flags else "wrong, silent"


def head_outcomes(head: Head) -> dict[str, str]:
    """Return the outcome of each field of a title block: right, doubtful (left empty), wrong."""
    found, caption = parse_head(head.lines), _caption(head)
    on = found.issued_on
    values = {
        "number": found.plan_number,
        "symbol": found.plan_symbol,
        "day": on.day,
        "month": on.month,
        "issued_year": on.year,
        "issuer": found.issuer,
        "unit": found.unit,
        "level": found.level,
        "province": found.province,
        "year": found.year,
        "title": found.title,
        "marker": caption.marker,
    }
    return {
        field: _field_outcome(getattr(head.truth, field), value, found.flags)
        for field, value in values.items()
    }


def _caption(head: Head) -> Caption:
    at = last_caption(head.lines)
    return parse_caption(head.lines[at:]) if at is not None else Caption("", "", "")


def _field_outcome(truth: str | int | None, value: str | int | None, flags: Sequence[str]) -> str:
    # Capitals do not tell how a name is written otherwise.
    if value == truth or str(value).casefold() == str(truth).casefold():
        return "right"
    if value in ("", None):
        return "doubtful"
    return "wrong, flagged" if flags else "wrong, silent"
