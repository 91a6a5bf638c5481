"""Which plans are later versions of others: a corrected one takes the place of the first.

Same unit, number and appendices make two plans versions of one. Where the number is blank nothing
takes a place, and the later one is flagged.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa

from pipeline.correct.log import entries
from pipeline.correct.standing import live
from pipeline.dataset.review import review_later_version
from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.store.lists import row_columns
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import clean, review_values
from pipeline.dataset.store.twins import FIELD, settle_twins
from pipeline.dataset.store.write import forget_marks, mark, set_mark
from pipeline.dataset.twins import OFFICE_KINDS
from schemas.dataset import ReviewRow

_SETTLED = "versions_settled"
_ORDINAL = 1_000_000  # of the rows in review that are made here, behind those of a plan itself


def settle_versions(engine: sa.Engine, out: Path, copies: Mapping[str, Sequence[str]]) -> None:
    """Note for each plan which one took its place, and flag what may be a later version.

    Plans of an office's files and of prints are no versions of each other but may be twins.
    `copies` are further files with the content of a source file. Done once after each change of
    them, of what is in the database, or of what people said of twins.
    """
    said = _digest(sorted(copies.items()), _said_of_twins(out))
    with engine.begin() as connection:
        if mark(connection, _SETTLED) == said:
            return
        forget_marks(connection)
        set_mark(connection, _SETTLED, said)
        _forget(connection)
        for source_file, others in copies.items():
            of_file = results.update().where(results.c.source_file == clean(source_file))
            connection.execute(of_file.values(other_sources=clean(BETWEEN.join(others))))
        for plans in _same_plans(connection):
            numbers = [plan.number for plan in plans]
            if plans[0].plan_number:
                later = results.update().where(results.c.number.in_(numbers[:-1]))
                connection.execute(later.values(superseded_by=plans[-1].document_id))
            else:
                _flag(connection, plans)
        settle_twins(connection, out)


def _said_of_twins(out: Path) -> list[tuple[str, str]]:
    return sorted((e.sha256, e.verdict) for e in live(entries(out)) if e.field == FIELD)


def _digest(*said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _forget(connection: sa.Connection) -> None:
    held = sa.or_(results.c.superseded_by.is_not(None), results.c.later_than.is_not(None))
    connection.execute(results.update().where(held).values(superseded_by=None, later_than=None))
    copied = results.update().where(results.c.other_sources != "")
    connection.execute(copied.values(other_sources=""))
    review = tables["review"]
    connection.execute(review.delete().where(review.c.ordinal >= _ORDINAL))


def _same_plans(connection: sa.Connection) -> list[Sequence["sa.Row[tuple[object, ...]]"]]:
    """Groups of plans that are versions of one, the latest last."""
    documents = tables["documents"].c
    rows = connection.execute(
        sa.select(
            results.c.number,
            results.c.document_id,
            results.c.source_file,
            results.c.sent,
            results.c.versions_of,
            documents.kind,
            documents.plan_number,
            documents.issued_year,
            documents.issued_month,
            documents.issued_day,
        ).join_from(results, tables["documents"], documents.result == results.c.number)
    )
    groups = defaultdict(list)
    for row in rows:
        groups[row.versions_of, row.kind in OFFICE_KINDS].append(row)
    return [sorted(group, key=_age) for (of, _), group in groups.items() if of and len(group) > 1]


def _age(row: "sa.Row[tuple[object, ...]]") -> tuple[object, ...]:
    issued = (row.issued_year or 0, row.issued_month or 0, row.issued_day or 0)
    return (*issued, row.sent, row.source_file)


def _flag(connection: sa.Connection, plans: Sequence["sa.Row[tuple[object, ...]]"]) -> None:
    review, said = tables["review"], tables["corrections"].c
    confirmed = sa.select(said.read).where(said.verdict == "confirm", said.field == "document")
    for earlier, later in pairwise(plans):
        change = results.update().where(results.c.number == later.number)
        connection.execute(change.values(later_than=earlier.document_id))
        if earlier.source_file in connection.scalars(confirmed.where(said.result == later.number)):
            continue
        doubt = review_later_version(later.document_id, later.source_file, earlier.source_file)
        values = (later.number, _ORDINAL, None, *review_values(doubt))
        connection.execute(review.insert().values(values))


def doubts_beside(connection: sa.Connection, document_id: str) -> list[ReviewRow]:
    """Return the doubts of a document that come of another one, which its plan does not hold."""
    review = tables["review"]
    query = (
        sa.select(*row_columns(review, ReviewRow))
        .join_from(results, review, review.c.result == results.c.number)
        .where(results.c.document_id == document_id, review.c.ordinal >= _ORDINAL)
        .where(results.c.superseded_by.is_(None))
        .order_by(review.c.ordinal)
    )
    return [ReviewRow.model_validate(dict(row._mapping)) for row in connection.execute(query)]
