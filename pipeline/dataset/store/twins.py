"""Which plans are one plan in two forms, and what a person decided about it.

Nothing is put together unasked: both stay in the tables, flagged, until somebody says whether they
are one. Then the rows of the office's file stand for both, with the number and the day that are
stamped on the print; or they are two plans, and nothing more is said.
"""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from pipeline.correct.log import PROGRAM, now, standing_of
from pipeline.dataset.plans import read_plan
from pipeline.dataset.review import is_confirmed, review_difference, review_twin
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import review_values
from pipeline.dataset.twins import are_twins, differences
from schemas.correction import Correction
from schemas.plan import Plan

FIELD = "twin"  # of the log of corrections
_ORDINAL = 2_000_000  # of the rows in review that are made here
STAMPED = ("plan_number", "issued_day", "issued_month", "issued_year")


class Pair(Struct, frozen=True):
    """An office's file and its print, by their paths and contents; `said` that they are one."""

    office: str
    office_sha256: str
    printed: str
    printed_sha256: str
    said: bool


def _decision_key(office: str, printed: str) -> str:
    """Return under which content the log keeps what was said of two files (by their SHA-256)."""
    return f"{office}:{printed}"


def entry_about(pair: Pair, who: str, *, same: bool) -> Correction:
    """Return the entry for the log with which somebody says whether two files are one plan."""
    return Correction(
        number=0,
        sha256=_decision_key(pair.office_sha256, pair.printed_sha256),
        field=FIELD,
        read=pair.printed,
        verdict="join" if same else "part",
        who=who,
        at=now(),
        program=PROGRAM,
    )


def decided(out: Path, office: str, printed: str) -> bool | None:
    """Return whether a person said that two files are one plan (True) or two, None for neither."""
    for entry in standing_of(out, _decision_key(office, printed)):
        if entry.field == FIELD:
            return entry.verdict == "join"
    return None


def settle_twins(connection: sa.Connection, out: Path, plans: Sequence["sa.Row[Any]"]) -> None:
    """Note which plans of one unit and year are the same in another form, and what differs."""
    office = [plan for plan in plans if plan.is_office]
    printed = [plan for plan in plans if not plan.is_office]
    for pair in product(office, printed):
        read = read_plan(out / pair[0].path), read_plan(out / pair[1].path)
        said = decided(out, read[0].document.sha256, read[1].document.sha256)
        if said is False or not (said or are_twins(*read)):
            continue
        if not any(_is_taken(connection, plan.number) for plan in pair):
            _note(connection, pair, read, said=said is True)


def forget_twins(connection: sa.Connection, out: Path, plans: Sequence["sa.Row[Any]"]) -> None:
    """Undo what was noted of these plans before: the stamped number goes back to the print."""
    documents, review = tables["documents"], tables["review"]
    for plan in plans:
        if plan.twin_of is None:
            continue
        values = {"twin_of": None, "twin_said": None, "twin_differs": None}
        if plan.twin_said:
            own = documents.update().where(documents.c.result == plan.number)
            connection.execute(own.values(_as_read(out / plan.path)))
            if plan.superseded_by == plan.twin_of:
                values["superseded_by"] = None
        connection.execute(results.update().where(results.c.number == plan.number).values(values))
        made = (review.c.result == plan.number, review.c.ordinal >= _ORDINAL)
        connection.execute(review.delete().where(*made))


def _as_read(path: Path) -> dict[str, Any]:
    """What a plan has itself of what is stamped on prints."""
    document = read_plan(path).document
    issued = {f"issued_{p}": getattr(document.issued_on, p) for p in ("day", "month", "year")}
    return {"plan_number": document.plan_number, **issued}


def _is_taken(connection: sa.Connection, number: int) -> bool:
    twin = sa.select(results.c.twin_of).where(results.c.number == number)
    return connection.scalar(twin) is not None


def _note(
    connection: sa.Connection,
    rows: tuple["sa.Row[Any]", "sa.Row[Any]"],
    plans: tuple[Plan, Plan],
    *,
    said: bool,
) -> None:
    found = list(differences(*plans))
    for row, other in (rows, rows[::-1]):
        values = {"twin_of": other.document_id, "twin_said": said, "twin_differs": bool(found)}
        connection.execute(results.update().where(results.c.number == row.number).values(values))
    office, printed = rows
    if said:
        _put_together(connection, office, printed)
    doubts = [] if said else [review_twin(plans[0], printed.source_file)]
    doubts += [review_difference(plans[0], each, printed.source_file) for each in found]
    doubts = [doubt for doubt in doubts if not is_confirmed(doubt, plans[0])]
    review = tables["review"]
    for ordinal, doubt in enumerate(doubts, _ORDINAL):
        values_of = (office.number, ordinal, None, *review_values(doubt))
        connection.execute(review.insert().values(values_of))


def _put_together(connection: sa.Connection, office: "sa.Row[Any]", printed: "sa.Row[Any]") -> None:
    """The office's rows stand for both, with the stamped number and day where its own are blank."""
    stamped = {name: getattr(printed, name) for name in STAMPED if not getattr(office, name)}
    if stamped:
        documents = tables["documents"]
        own = documents.c.result == office.number
        connection.execute(documents.update().where(own).values(stamped))
    gone = results.update().where(results.c.number == printed.number)
    connection.execute(gone.values(superseded_by=office.document_id))


def pairs(connection: sa.Connection) -> list[Pair]:
    """Return the office's files with a twin, and these, in the order of their paths."""
    documents, other = tables["documents"], results.alias()
    printed = documents.alias()
    query = (
        sa.select(
            documents.c.source_file,
            documents.c.sha256,
            printed.c.source_file.label("printed"),
            printed.c.sha256.label("printed_sha256"),
            results.c.twin_said,
        )
        .join_from(results, documents, documents.c.result == results.c.number)
        .join(other, other.c.document_id == results.c.twin_of)
        .join(printed, printed.c.result == other.c.number)
        .where(results.c.is_office.is_(True))
        .order_by(results.c.place)
    )
    return [Pair(*row) for row in connection.execute(query)]
