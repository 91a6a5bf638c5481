"""The same plan in two forms: a Word file or workbook, and its print or scan with the stamp.

They are told by unit, year, number (where both have one) and rows that are alike. What differs is
told row by row: somebody may have changed something before it was signed.
"""

from collections.abc import Iterator

from msgspec import Struct
from rapidfuzz import fuzz

from pipeline.dataset.alike import fields_of, pairs, row_text, same_text, was_read
from schemas.plan import Fragment, Item, Plan

OFFICE_KINDS = frozenset({"word", "sheet"})
_ALIKE_ROW = 60.0  # rapidfuzz's ratio of two rows
_ALIKE_ROWS = 0.6  # share of the rows of the longer plan


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
    return len(_pairs(office, printed)) >= _ALIKE_ROWS * longer


def differences(office: Plan, printed: Plan) -> Iterator[Difference]:
    """Yield what differs in the rows of two plans, in the order of the office's."""
    same = _pairs(office, printed)
    for i, item in enumerate(office.items):
        if i in same:
            yield from _in_row(item, printed.items[same[i]])
        else:
            yield Difference("row", row_text(item), "", item, _first(item, ""))
    found = set(same.values())
    for j, item in enumerate(printed.items):
        if j not in found:
            yield Difference("row", "", row_text(item), None, None)


def _pairs(office: Plan, printed: Plan) -> dict[int, int]:
    return pairs(office.items, printed.items, alike=fuzz.ratio, least=_ALIKE_ROW)


def _in_row(office: Item, printed: Item) -> Iterator[Difference]:
    theirs = dict(fields_of(printed))
    for field, text in fields_of(office):
        if not same_text(text, theirs[field], as_read=was_read(printed)):
            yield Difference(field, text, theirs[field], office, _first(office, field))


def _first(item: Item, column: str) -> Fragment | None:
    """The fragment of that column, else the first of the row."""
    of_column = (f for f in item.fragments if f.column == column)
    return next(of_column, next(iter(item.fragments), None))
