"""How many items there are of each unit, agency, month and so on, among those asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pipeline.dataset.store.schema import facet_counts, item_flags, results, tables
from pipeline.dataset.store.search import FACETS, in_that_role, month, wanted_items

_documents, _items, _agencies = (tables[n] for n in ("documents", "items", "item_agencies"))
_MOST_VALUES = 40  # of one facet
_MANY = 1_000_000  # more than a document has items

# The items asked for, for as long as one question: each facet looks them up again.
_wanted = sa.Table(
    "wanted",
    sa.MetaData(),
    sa.Column("result", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("item", sa.Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)

Values = list[tuple[str, int]]


def facets(connection: sa.Connection, asked: Mapping[str, str]) -> dict[str, Values]:
    """Return the values of each facet among the items asked for, the most frequent first.

    What is asked of a facet itself does not narrow it, so that another value can be chosen.
    """
    questions = defaultdict(list)
    for name in FACETS:
        narrowed = tuple((k, v) for k, v in sorted(asked.items()) if v and k != name)
        questions[narrowed].append(name)
    found: dict[str, Values] = {}
    for narrowed, names in questions.items():
        found |= _among(connection, dict(narrowed), names) if narrowed else _all(connection, names)
    return {name: found[name] for name in FACETS}


def _among(
    connection: sa.Connection, asked: Mapping[str, str], names: Sequence[str]
) -> dict[str, Values]:
    _want(connection, wanted_items(connection, asked))
    return {name: _most(_of_wanted(connection, name, asked)) for name in names}


def _all(connection: sa.Connection, names: Sequence[str]) -> dict[str, Values]:
    """Of all items but those of plans of which a later version took the place."""
    gone = sa.select(results.c.number).where(results.c.superseded_by.is_not(None))
    count = sa.func.sum(facet_counts.c.count)
    query = (
        sa.select(facet_counts.c.facet, facet_counts.c.value, count)
        .where(facet_counts.c.facet.in_(names), facet_counts.c.result.not_in(gone))
        .group_by(facet_counts.c.facet, facet_counts.c.value)
    )
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for facet, value, number in connection.execute(query):
        counts[facet][value] = int(number)
    return {name: _most(counts[name]) for name in names}


def _most(counts: Mapping[str, int]) -> Values:
    values = [(value, count) for value, count in counts.items() if value]
    return sorted(values, key=lambda each: (-each[1], each[0]))[:_MOST_VALUES]


def _want(connection: sa.Connection, wanted: "sa.Select[Any]") -> None:
    connection.execute(sa.schema.CreateTable(_wanted, if_not_exists=True))
    connection.execute(_wanted.delete())
    connection.execute(_wanted.insert().from_select(["result", "item"], wanted))


def _of_wanted(connection: sa.Connection, name: str, asked: Mapping[str, str]) -> dict[str, int]:
    """Outer joins, though none is wanted: SQLite then begins with those asked for."""
    column, table, position = _facet(name)
    joined = table.c.result == _wanted.c.result
    if position is not None:
        joined = sa.and_(joined, position == _wanted.c.item)
    if table is _agencies:  # of an agency its own roles count, in a role its own agencies
        joined = sa.and_(joined, *in_that_role(asked))
    query = sa.select(column, _items_of(_wanted.c.result, _wanted.c.item))
    query = query.select_from(_wanted.outerjoin(table, joined)).group_by(column)
    return _counts(connection, query)


def _items_of(
    result: "sa.ColumnElement[int]", item: "sa.ColumnElement[int]"
) -> "sa.ColumnElement[int]":
    """How many items: an agency may be in charge of one and its partner."""
    return sa.func.count(sa.distinct(result * _MANY + item))


def _counts(connection: sa.Connection, query: "sa.Select[Any]") -> dict[str, int]:
    return {str(value): int(n) for value, n in connection.execute(query) if value not in (None, "")}


def _facet(name: str) -> "tuple[sa.ColumnElement[Any], sa.Table, sa.ColumnElement[int] | None]":
    """Where a facet's values are, and what tells the item there."""
    facets: dict[str, tuple[sa.ColumnElement[Any], sa.Table, sa.ColumnElement[int] | None]] = {
        "unit": (_documents.c.unit, _documents, None),
        "agency": (
            sa.func.coalesce(_agencies.c.name, _agencies.c.raw),
            _agencies,
            _agencies.c.item,
        ),
        "role": (_agencies.c.role, _agencies, _agencies.c.item),
        "kind": (_items.c.timeframe_kind, _items, _items.c.ordinal),
        "month": (month, _items, _items.c.ordinal),
        "section": (_items.c.section_title, _items, _items.c.ordinal),
        "flag": (item_flags.c.flag, item_flags, item_flags.c.item),
        "papi": (_items.c.papi_dimension, _items, _items.c.ordinal),
    }
    return facets[name]
