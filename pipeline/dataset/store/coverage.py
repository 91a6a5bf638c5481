"""Which sub-dimensions of PAPI the plans of a province and year speak of."""

from collections import Counter, defaultdict

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.schema import results, tables
from pipeline.papi import parts_of_item

_documents, _items = tables["documents"], tables["items"]
OTHER = ""  # items of a dimension that name none of its parts


class Covered(Struct, frozen=True):
    """One document; `counts` has how many items it has by sub-dimension, `OTHER` for the rest."""

    document_id: str
    unit: str
    source_file: str
    counts: dict[str, int]


def papi_years(connection: sa.Connection) -> list[tuple[str, int]]:
    """Return province and year of plans with PAPI items, those with most documents first."""
    count = sa.func.count(sa.distinct(_documents.c.result))
    query = (
        _current(sa.select(_documents.c.province, _documents.c.year, count))
        .where(_documents.c.province.is_not(None), _documents.c.year.is_not(None))
        .group_by(_documents.c.province, _documents.c.year)
        .order_by(count.desc(), _documents.c.year.desc(), _documents.c.province)
    )
    return [(province, year) for province, year, _ in connection.execute(query)]


def coverage(connection: sa.Connection, province: str, year: int) -> list[Covered]:
    """Return what each plan of a province and year covers, in the order shown to people."""
    query = (
        _current(
            sa.select(
                _documents.c.document_id, _documents.c.unit, _documents.c.source_file,
                _items.c.title, _items.c.papi_dimension,
            )
        )
        .where(_documents.c.province == province, _documents.c.year == year)
        .order_by(results.c.shown_place, results.c.place, _items.c.ordinal)
    )  # fmt: skip
    counted: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for document_id, unit, source_file, title, dimension in connection.execute(query):
        parts = parts_of_item(title, dimension) or (OTHER,)
        counted[document_id, unit, source_file].update(parts)
    return [Covered(*document, dict(counts)) for document, counts in counted.items()]


def _current(query: "sa.Select[tuple[object, ...]]") -> "sa.Select[tuple[object, ...]]":
    """Items of PAPI of plans whose place no later version took."""
    return (
        query.join_from(_items, _documents, _documents.c.result == _items.c.result)
        .join(results, results.c.number == _items.c.result)
        .where(results.c.superseded_by.is_(None), _items.c.papi_dimension.is_not(None))
    )
