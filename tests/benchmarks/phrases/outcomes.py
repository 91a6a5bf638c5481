"""What became of a time or title block whose truth is known."""

from pipeline.timeframes import parse_timeframe
from tests.benchmarks.phrases.times import PLAN_YEAR, Time


def time_outcome(time: Time, text: str) -> str:
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
