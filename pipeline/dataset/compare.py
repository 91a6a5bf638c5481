"""What changed between two plans: rows that were added, taken away or worded otherwise.

Rows are told by their words, not by number or place: an inserted row renumbers all that follow.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from rapidfuzz import fuzz

from pipeline.dataset.alike import fields_of, pairs, same_text, was_read
from pipeline.language.text import fold
from schemas.plan import IssuedOn, Item, Plan

# token_sort_ratio, so that a task moved within its cell is no other row: 23 of 23 pairs of two
# versions of one plan, none of them wrong.
_ALIKE = 55.0
_HEAD = ("title", "plan_number", "plan_symbol", "issued_on", "issuer", "unit", "year")

Kind = Literal["same", "changed", "added", "removed"]


class FieldChange(Struct, frozen=True):
    """A field that says something else: its text before and after."""

    field: str
    before: str
    after: str


class RowChange(Struct, frozen=True):
    """A row in both plans, or only in one of them (the other is None)."""

    kind: Kind
    before: Item | None
    after: Item | None
    fields: tuple[FieldChange, ...] = ()


class Comparison(Struct, frozen=True):
    """What changed in the title block, and every row of both plans in the order of the later."""

    head: tuple[FieldChange, ...]
    rows: tuple[RowChange, ...]

    @property
    def changed(self) -> tuple[RowChange, ...]:
        """The rows that are not the same in both."""
        return tuple(row for row in self.rows if row.kind != "same")


def compare(before: Plan, after: Plan) -> Comparison:
    """Return what the later plan says otherwise; a row that is gone stands where it stood."""
    same = pairs(before.items, after.items, alike=fuzz.token_sort_ratio, least=_ALIKE)
    same |= _of_one_title(before, after, same)
    back = {j: i for i, j in same.items()}
    placed: list[tuple[tuple[int, int], RowChange]] = []
    for j, item in enumerate(after.items):
        if j in back:
            placed.append(((j, -1), _both(before.items[back[j]], item)))
        else:
            placed.append(((j, -1), RowChange("added", None, item)))
    behind = -1
    for i, item in enumerate(before.items):
        behind = same.get(i, behind)
        if i not in same:
            placed.append(((behind, i), RowChange("removed", item, None)))
    rows = tuple(row for _, row in sorted(placed, key=lambda each: each[0]))
    return Comparison(tuple(_head(before, after)), rows)


def _of_one_title(before: Plan, after: Plan, same: Mapping[int, int]) -> dict[int, int]:
    """Rows whose tasks are all new, told by a title that no other row without a pair has."""
    taken = set(same.values())
    theirs = _titles(after.items, taken)
    return {
        i: theirs[title] for title, i in _titles(before.items, set(same)).items() if title in theirs
    }


def _titles(items: Sequence[Item], paired: set[int]) -> dict[str, int]:
    left = [(fold(item.title), i) for i, item in enumerate(items) if i not in paired and item.title]
    counted = Counter(title for title, _ in left)
    return {title: i for title, i in left if counted[title] == 1}


def _both(before: Item, after: Item) -> RowChange:
    as_read = was_read(before) or was_read(after)
    then = dict(fields_of(before))
    fields = tuple(
        FieldChange(field, then[field], text)
        for field, text in fields_of(after)
        if not same_text(then[field], text, as_read=as_read)
    )
    return RowChange("changed" if fields else "same", before, after, fields)


def _head(before: Plan, after: Plan) -> Iterator[FieldChange]:
    for field in _HEAD:
        then, now = (_shown(getattr(plan.document, field)) for plan in (before, after))
        if then != now:
            yield FieldChange(field, then, now)


def _shown(value: str | int | IssuedOn | None) -> str:
    if isinstance(value, IssuedOn):
        parts = (value.day, value.month, value.year)
        return "/".join("…" if part is None else str(part) for part in parts) if any(parts) else ""
    return "" if value is None else str(value)
