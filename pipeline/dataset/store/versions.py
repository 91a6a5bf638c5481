"""Which plans are later versions of others: a corrected one takes the place of the first.

Same unit, number and appendices make two plans versions of one. Where the number is blank nothing
takes a place, and the later one is flagged.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from pipeline.dataset.review import review_later_version
from pipeline.dataset.store.lists import row_columns
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import review_values
from schemas.dataset import ReviewRow

_ORDINAL = 1_000_000  # of the row in review that is made here, behind those of a plan itself


def forget_versions(connection: sa.Connection, plans: Sequence["sa.Row[Any]"]) -> None:
    """Undo what was noted of these plans before."""
    review = tables["review"]
    for plan in plans:
        if plan.superseded_by is not None or plan.later_than is not None:
            own = results.update().where(results.c.number == plan.number)
            connection.execute(own.values(superseded_by=None, later_than=None))
            made = (review.c.result == plan.number, review.c.ordinal == _ORDINAL)
            connection.execute(review.delete().where(*made))


def settle_versions(connection: sa.Connection, plans: Sequence["sa.Row[Any]"]) -> None:
    """Note for versions of one plan which took the place of the others, or flag the later ones."""
    *earlier, last = sorted(plans, key=_age)
    if last.plan_number:
        of_earlier = results.c.number.in_([plan.number for plan in earlier])
        later = results.update().where(of_earlier)
        connection.execute(later.values(superseded_by=last.document_id))
    else:
        _flag(connection, [*earlier, last])


def _age(plan: "sa.Row[Any]") -> tuple[object, ...]:
    issued = (plan.issued_year or 0, plan.issued_month or 0, plan.issued_day or 0)
    return (*issued, plan.sent, plan.source_file)


def _flag(connection: sa.Connection, plans: Sequence["sa.Row[Any]"]) -> None:
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
