"""Two columns for one time: when a task begins, and when it ends."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.interpret.cell_kinds import table_words
from pipeline.interpret.roles import Column
from pipeline.language.text import fold


def time_ends(columns: Sequence[Column]) -> tuple[int, int] | None:
    """Return the columns of the begin and of the end of a task, beside each other; None where
    there are none: "Thời gian / Bắt đầu" and "Thời gian / Kết thúc"."""
    for col, (begin, end) in enumerate(pairwise(columns)):
        named = _is_called(begin, "begin_headers") and _is_called(end, "end_headers")
        if named and "timeframe" in (begin.role, end.role):
            return col, col + 1
    return None


def whole_time(begin: str, end: str) -> str:
    """Return both ends as one time, either of which may be "": "Từ 01/3/2024 đến 30/6/2024"."""
    if not begin:
        return f"Đến {end}" if end else ""
    return f"Từ {begin} đến {end}" if end else f"Từ {begin}"


def _is_called(column: Column, words: str) -> bool:
    return fold(column.lowest) in table_words()[words]
