"""The doubts about one document as they are reviewed: what the program doubted, what became of it.

The list is that of `review.csv`, in its order, and stays as it is while it is worked through: what
a person settled keeps its place and number. What their corrections brought up comes after it, then
what was said of places that are gone.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from pipeline.correct.anchors import Placed, pairs, same_place
from pipeline.correct.told import Spot
from pipeline.dataset.review import doubts_of, holds_for, place_of, worst_first
from pipeline.files.addresses import cell_name
from schemas.correction import Correction
from schemas.dataset import ReviewRow
from schemas.plan import Fragment, Item, Plan, Section

State = Literal["to-review", "postponed", "confirmed", "corrected", "settled", "conflict", "orphan"]
OPEN: frozenset[State] = frozenset({"to-review", "postponed", "conflict", "orphan"})


_LOOKED_AT = ("lead", "partners", "lead_and_partners", "timeframe")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d+[.)]")
HEAD = "document"  # the column of the title block


class Doubt(Struct, frozen=True):
    """One doubt: its number in the list (from 1), its row, where it stands, what became of it.

    `said` is what a person said of it last. `row` is None for what was said of a place that gave
    no doubt, and is told since it is in conflict or gone, or the doubts as read are not known.
    """

    number: int
    state: State
    place: Spot
    text: str
    column: str
    row: ReviewRow | None = None
    said: Correction | None = None


def doubts(
    plan: Plan,
    as_read: Sequence[ReviewRow] | None,
    standing: Sequence[Correction],
    of_others: Sequence[ReviewRow] = (),
) -> list[Doubt]:
    """Return the doubts about a document; `as_read` are those without what people said.

    Where it is None they are not known until the document is read anew: what was settled since is
    told by what people said. `of_others` come of another form or version of the plan, which the
    plan itself does not know.
    """
    standing = [entry for entry in standing if entry.verdict != "approve"]
    now = worst_first(doubts_of(plan))
    first = worst_first([*(now if as_read is None else as_read), *of_others])
    known = {_identity(row) for row in first}
    rows = [*first, *(row for row in now if _identity(row) not in known)]
    fragments = [f for record in records_of(plan) for f in record.fragments]
    # Of a title block nothing but the doubt itself tells which field would settle it.
    open_still = {_identity(row) for row in now if row.what == "document"}
    found = [
        _doubt(number, row, standing, fragments, settled=_identity(row) not in open_still)
        for number, row in enumerate(rows, 1)
    ]
    told = {entry.said.number for entry in found if entry.said}
    spots = [spot(fragment) for fragment in fragments]
    lost: set[State] = {"conflict", "orphan"}
    if as_read is None:
        lost |= {"corrected", "settled"}
    for entry in standing:
        state = _state(entry, fragments, spots)
        if entry.number not in told and state in lost:
            here = Spot(entry.page, entry.bbox, entry.cell)
            number = len(found) + 1
            found.append(Doubt(number, state, here, entry.read, entry.column, None, entry))
    return found


def second_pass(plan: Plan, standing: Sequence[Correction]) -> list[Doubt]:
    """Return the title block and every place that holds a time, an agency or a figure, row by row.

    Doubted or not: that nothing is left to review does not mean that all is right, and what a wrong
    figure, day or name would spoil most is looked at once more.
    """
    places = [(Spot(None, None), head_text(plan), HEAD)]
    places += [
        (spot(f), f.text, f.column)
        for f in dict.fromkeys(f for item in plan.items for f in item.fragments)
        if f.column in _LOOKED_AT or (f.column != "index" and _holds_figure(f.text))
    ]
    found = []
    for number, (place, text, column) in enumerate(places, 1):
        said = next((e for e in standing[::-1] if _is_about_text(e, place, text)), None)
        found.append(Doubt(number, _state_in_pass(said), place, text, column, None, said))
    return found


def _holds_figure(text: str) -> bool:
    """Whether a text holds digits besides the numbers of a list."""
    return any(letter.isdigit() for letter in _LIST_NUMBER.sub("", text))


def head_text(plan: Plan) -> str:
    """Return number, day, unit and year of a plan as one line."""
    document, on = plan.document, plan.document.issued_on
    number = "/".join(filter(None, (document.plan_number, document.plan_symbol)))
    day = "/".join("…" if part is None else str(part) for part in (on.day, on.month, on.year))
    return "; ".join(filter(None, (number, day, document.unit, str(document.year or ""))))


def _state_in_pass(said: Correction | None) -> State:
    if said is None:
        return "to-review"
    return "confirmed" if said.verdict == "confirm" else "corrected"


def _is_about_text(entry: Correction, place: Spot, text: str) -> bool:
    if entry.verdict not in ("confirm", "correct") or not same_place(entry, place):
        return False
    return entry.verdict == "correct" or (entry.field, entry.read) == ("text", text)


def records_of(plan: Plan) -> list[Section | Item]:
    """Return all that was read in tables of tasks: headings, then rows."""
    return [*plan.sections, *plan.items]


def spot(fragment: Fragment) -> Spot:
    """Return where a fragment stands."""
    return Spot(fragment.page, fragment.bbox, cell_name(fragment.cell))


def fragment_at(plan: Plan, place: Placed, column: str = "") -> tuple[Item | None, Fragment | None]:
    """Return the fragment at a place, and the item that it is of (None for a section's)."""
    holders: list[tuple[Item | None, Fragment]] = [
        *((item, f) for item in plan.items for f in item.fragments),
        *((None, f) for section in plan.sections for f in section.fragments),
    ]
    found = pairs([place], [spot(f) for _, f in holders])
    if found:
        return holders[found[0]]
    here = [(i, f) for i, f in holders if same_place(place, spot(f)) and f.column == column]
    return here[0] if here else (None, None)


def _identity(row: ReviewRow) -> tuple[object, ...]:
    return row.what, row.text, row.page, row.x0, row.top, row.cell, row.reasons.split("; ")[0]


def _doubt(
    number: int,
    row: ReviewRow,
    standing: Sequence[Correction],
    fragments: Sequence[Fragment],
    *,
    settled: bool,
) -> Doubt:
    place = place_of(row)
    fragment = next((f for f in fragments if spot(f) == place), None)
    column = fragment.column if fragment else _header(row)
    about = [
        entry
        for entry in standing
        if _is_about(entry, row, place, column)
        and (settled or row.what != "document" or entry.verdict != "correct")
    ]
    said = max(about, key=lambda entry: entry.number, default=None)
    state: State = "to-review"
    if said is not None:
        spots = [spot(f) for f in fragments]
        state = _state(said, fragments, spots)
    return Doubt(number, state, place, row.text, column, row, said)


def _header(row: ReviewRow) -> str:
    """The header of the column that a doubt about a column's role is about."""
    if row.what != "column_role":
        return ""
    told = next((reason for reason in row.reasons.split("; ") if " -> " in reason), "")
    return told.split(" -> ")[0]


def _is_about(entry: Correction, row: ReviewRow, place: Spot, column: str) -> bool:
    if entry.verdict in ("confirm", "postpone"):
        same = entry.field == row.what and holds_for(entry.read, row)
        return same and same_place(entry, place) and entry.column == column
    if entry.verdict == "role":
        return row.what == "column_role" and entry.column == column and entry.page == row.page
    if entry.verdict in ("join", "part"):
        return entry.field == row.what and (
            same_place(entry, place) or (entry.bbox is None and entry.page == row.page)
        )
    if row.what == "document":
        return entry.page is None and entry.cell is None
    if not same_place(entry, place) or (entry.page is None and entry.cell is None):
        return False
    return "[" not in entry.field or row.what != "agency" or entry.read == row.text


def _state(entry: Correction, fragments: Sequence[Fragment], spots: Sequence[Spot]) -> State:
    match entry.verdict:
        case "confirm":
            return "confirmed"
        case "postpone":
            return "postponed"
        case "correct" if entry.field == "text":
            return _state_of_text(entry, fragments, spots)
        case "correct" | "remove_row" | "add_row" if entry.page is not None or entry.cell:
            here = any(same_place(entry, each) for each in spots)
            return "corrected" if here or entry.verdict == "remove_row" else "orphan"
    return "corrected"


def _state_of_text(
    entry: Correction, fragments: Sequence[Fragment], spots: Sequence[Spot]
) -> State:
    found = pairs([entry], spots)
    if not found:
        return "orphan"
    now = fragments[found[0]].text
    if now == entry.read:
        return "corrected"
    return "settled" if _run(now) == _run(entry.value or "") else "conflict"


def _run(text: str) -> str:
    return " ".join(text.split())
