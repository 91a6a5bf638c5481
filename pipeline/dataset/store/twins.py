"""Which plans are one plan in two forms, and what a person decided about it.

Nothing is put together unasked: both stay in the tables, flagged, until somebody says whether they
are one. Then the rows of the office's file stand for both, with the number and the day that are
stamped on the print; or they are two plans, and nothing more is said.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from pipeline.correct.log import PROGRAM, now, standing_of
from pipeline.dataset.plans import read_plan
from pipeline.dataset.review import is_confirmed, review_difference, review_twin
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import review_values
from pipeline.dataset.twins import OFFICE_KINDS, are_twins, differences
from schemas.correction import Correction
from schemas.plan import Plan

FIELD = "twin"  # of the log of corrections
_ORDINAL = 2_000_000  # of the rows in review that are made here
_STAMPED = ("plan_number", "issued_day", "issued_month", "issued_year")


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


def settle_twins(connection: sa.Connection, out: Path) -> None:
    """Note for each plan which other one is the same in another form, and what differs."""
    _forget(connection, out)
    for office, printed in _candidates(connection):
        plans = [read_plan(out / row.path) for row in (office, printed)]
        said = decided(out, plans[0].document.sha256, plans[1].document.sha256)
        if said is False or not (said or are_twins(*plans)):
            continue
        if _is_taken(connection, printed.number) or _is_taken(connection, office.number):
            continue
        _note(connection, (office, printed), (plans[0], plans[1]), said=said is True)


def _forget(connection: sa.Connection, out: Path) -> None:
    """Undo what was noted before: the stamped number goes back to the print."""
    documents = tables["documents"]
    held = sa.select(results.c.number, results.c.path).where(results.c.twin_said.is_(True))
    for number, path in connection.execute(held).all():
        document = read_plan(out / path).document
        own = {"plan_number": document.plan_number} | {
            f"issued_{part}": getattr(document.issued_on, part) for part in ("day", "month", "year")
        }
        connection.execute(documents.update().where(documents.c.result == number).values(own))
    nothing = {"twin_of": None, "twin_said": None, "twin_differs": None}
    connection.execute(results.update().where(results.c.twin_of.is_not(None)).values(nothing))
    review = tables["review"]
    connection.execute(review.delete().where(review.c.ordinal >= _ORDINAL))


def _candidates(connection: sa.Connection) -> Iterator[tuple["sa.Row[Any]", "sa.Row[Any]"]]:
    """Pairs of an office's file and a print of one unit and year, in the order of their paths."""
    documents = tables["documents"].c
    rows = connection.execute(
        sa.select(
            results.c.number,
            results.c.path,
            results.c.document_id,
            results.c.source_file,
            documents.kind,
            documents.province,
            documents.unit,
            documents.year,
            *(documents[name] for name in _STAMPED),
        )
        .join_from(results, tables["documents"], documents.result == results.c.number)
        .where(documents.unit != "", results.c.superseded_by.is_(None))
        .order_by(results.c.place)
    )
    groups: dict[tuple[Any, ...], list[sa.Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[row.province, row.unit, row.year].append(row)
    for group in groups.values():
        office = [row for row in group if row.kind in OFFICE_KINDS]
        printed = [row for row in group if row.kind not in OFFICE_KINDS]
        yield from ((a, b) for a in office for b in printed)


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
    stamped = {name: getattr(printed, name) for name in _STAMPED if not getattr(office, name)}
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
        .where(documents.c.kind.in_(OFFICE_KINDS))
        .order_by(results.c.place)
    )
    return [Pair(*row) for row in connection.execute(query)]
