"""The same doubt in many documents: groups of doubts of one kind about one text."""

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.lists import row_columns
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import digest_of
from schemas.dataset import ReviewRow

_documents, _review = tables["documents"], tables["review"]


class Alike(Struct, frozen=True):
    """Doubts of one kind about one text: `key` tells them, `count` is how many there are."""

    key: str
    count: int


def groups(
    connection: sa.Connection, text: str = "", *, limit: int | None, offset: int = 0
) -> tuple[list[Alike], int]:
    """Return groups of doubts, the largest first, and how many there are.

    Groups are of two and more; with `text` those about that text, be it only one doubt.
    """
    of_text = sa.and_(
        _review.c.alike >= f"{digest_of(text)} ", _review.c.alike < f"{digest_of(text)}!"
    )
    count = sa.func.count()
    gone = sa.select(results.c.number).where(results.c.superseded_by.is_not(None))
    found = (
        sa.select(_review.c.alike, count.label("count"))
        .where(of_text if text else _review.c.alike.is_not(None), _review.c.result.not_in(gone))
        .group_by(_review.c.alike)
        .having(count >= (1 if text else 2))
        .subquery()
    )
    total = connection.scalar(sa.select(sa.func.count()).select_from(found)) or 0
    query = sa.select(found).order_by(found.c.count.desc(), found.c.alike)
    rows = connection.execute(query.limit(limit).offset(offset))
    return [Alike(*row) for row in rows], total


def members(connection: sa.Connection, alike: str, *, limit: int) -> list[tuple[ReviewRow, str]]:
    """Return doubts of a group, in the order of the files, each with its content's SHA-256."""
    query = (
        sa.select(*row_columns(_review, ReviewRow), _documents.c.sha256)
        .select_from(_review)
        .join(results, results.c.number == _review.c.result)
        .join(_documents, _documents.c.result == _review.c.result)
        .where(_review.c.alike == alike, results.c.superseded_by.is_(None))
        .order_by(results.c.place, _review.c.ordinal)
        .limit(limit)
    )
    found = []
    for row in connection.execute(query):
        values = dict(row._mapping)
        sha256 = values.pop("sha256")
        found.append((ReviewRow.model_validate(values), sha256))
    return found
