"""Rows of two plans: which are the same row, and in which fields they differ."""

import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz, process

from pipeline.language.text import fold
from schemas.plan import Item

# Of text that was read by OCR: less like than this, it is another text.
_SAME_AS_READ = 92.0
_NO_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


def pairs(
    these: Sequence[Item], those: Sequence[Item], *, alike: Callable[..., float], least: float
) -> dict[int, int]:
    """Return which row is which, by index, the most alike first: each row once.

    `alike` is a scorer of rapidfuzz (0..100), `least` its score from which rows may be one.
    """
    ours, theirs = [fold(row_text(i)) for i in these], [fold(row_text(i)) for i in those]
    scores = process.cdist(ours, theirs, scorer=alike, score_cutoff=least)
    order = sorted(
        (-float(scores[i][j]), abs(i - j), i, j)
        for i in range(len(ours))
        for j in range(len(theirs))
        if scores[i][j]
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in order:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def row_text(item: Item) -> str:
    """Return title and tasks of a row as one text."""
    return " ".join(filter(None, (item.title, item.lead_in, *item.tasks)))


def fields_of(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields in which two rows may differ, with their texts."""
    yield "title", item.title
    yield "tasks", " ".join(filter(None, (item.lead_in, *item.tasks)))
    for field, agencies in (("lead", item.lead), ("partners", item.partners)):
        yield field, "; ".join(sorted(agency.name or agency.raw for agency in agencies))
    yield "timeframe", item.timeframe.raw
    yield "deliverable", item.deliverable or ""


def same_text(one: str, other: str, *, as_read: bool) -> bool:
    """Whether two texts say the same: letters and digits.

    Where one was read by OCR (`as_read`) some letters may have been misread, but no digit.
    """
    a, b = (_NO_LETTERS.sub("", fold(text)) for text in (one, other))
    if a == b:
        return True
    same_digits = _DIGITS.findall(a) == _DIGITS.findall(b)
    return as_read and same_digits and fuzz.ratio(a, b) >= _SAME_AS_READ


def was_read(item: Item) -> bool:
    """Whether some of a row was read by OCR."""
    return any(fragment.confidence < 1 for fragment in item.fragments)
