"""The same plan in two forms: a Word file or workbook, and its print or scan with the stamp.

They are told by unit, year, number (where both have one) and rows that are alike. What differs is
told row by row: somebody may have changed something before it was signed.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rapidfuzz import fuzz, process

from pipeline.language.text import fold
from schemas.plan import Fragment, Item, Plan

OFFICE_KINDS = frozenset({"word", "sheet"})
_ALIKE_ROW = 60.0  # rapidfuzz's ratio of two rows
_ALIKE_ROWS = 0.6  # share of the rows of the longer plan
# Of text that was read by OCR: less like than this, it is another text.
_SAME_AS_READ = 92.0
_NO_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


class Difference(Struct, frozen=True):
    """A field of a row in which two plans differ: its text in each, and where the office has it.

    `item` is None for a row that only the print has.
    """

    field: str
    office: str
    printed: str
    item: Item | None
    fragment: Fragment | None


def are_twins(office: Plan, printed: Plan) -> bool:
    """Whether two plans of one unit and year are one plan in two forms."""
    numbers = {plan.document.plan_number for plan in (office, printed)} - {""}
    if len(numbers) > 1 or not office.items or not printed.items:
        return False
    longer = max(len(office.items), len(printed.items))
    return len(_pairs(office.items, printed.items)) >= _ALIKE_ROWS * longer


def differences(office: Plan, printed: Plan) -> Iterator[Difference]:
    """Yield what differs in the rows of two plans, in the order of the office's."""
    pairs = _pairs(office.items, printed.items)
    for i, item in enumerate(office.items):
        if i in pairs:
            yield from _in_row(item, printed.items[pairs[i]])
        else:
            yield Difference("row", _row(item), "", item, _first(item, ""))
    found = set(pairs.values())
    for j, item in enumerate(printed.items):
        if j not in found:
            yield Difference("row", "", _row(item), None, None)


def _pairs(office: Sequence[Item], printed: Sequence[Item]) -> dict[int, int]:
    """Which row is which, the most alike first: each row once."""
    ours, theirs = [fold(_row(i)) for i in office], [fold(_row(i)) for i in printed]
    scores = process.cdist(ours, theirs, scorer=fuzz.ratio, score_cutoff=_ALIKE_ROW)
    order = sorted(
        (-float(scores[i][j]), abs(i - j), i, j)
        for i in range(len(ours))
        for j in range(len(theirs))
        if scores[i][j]
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in order:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _row(item: Item) -> str:
    return " ".join(filter(None, (item.title, item.lead_in, *item.tasks)))


def _in_row(office: Item, printed: Item) -> Iterator[Difference]:
    as_read = any(fragment.confidence < 1 for fragment in printed.fragments)
    theirs = dict(_fields(printed))
    for field, text in _fields(office):
        if not _same(text, theirs[field], as_read=as_read):
            yield Difference(field, text, theirs[field], office, _first(office, field))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "title", item.title
    yield "tasks", " ".join(filter(None, (item.lead_in, *item.tasks)))
    for field, agencies in (("lead", item.lead), ("partners", item.partners)):
        yield field, "; ".join(sorted(agency.name or agency.raw for agency in agencies))
    yield "timeframe", item.timeframe.raw
    yield "deliverable", item.deliverable or ""


def _same(ours: str, theirs: str, *, as_read: bool) -> bool:
    """Whether two texts say the same: letters and digits; OCR may have misread some letters."""
    a, b = (_NO_LETTERS.sub("", fold(text)) for text in (ours, theirs))
    if a == b:
        return True
    same_digits = _DIGITS.findall(a) == _DIGITS.findall(b)
    return as_read and same_digits and fuzz.ratio(a, b) >= _SAME_AS_READ


def _first(item: Item, column: str) -> Fragment | None:
    """The fragment of that column, else the first of the row."""
    of_column = (f for f in item.fragments if f.column == column)
    return next(of_column, next(iter(item.fragments), None))
