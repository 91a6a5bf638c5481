"""How many items there are of each unit, agency, month and so on, among those asked for."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pipeline.dataset.store.schema import item_flags, results, tables
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
    return {name: _most(Counter(_of_wanted(connection, name, asked))) for name in names}


def _all(connection: sa.Connection, names: Sequence[str]) -> dict[str, Values]:
    """Of whole tables, less what a later version took the place of: indexes count them alone."""
    gone = sa.select(_items.c.result, _items.c.ordinal).join_from(
        results, _items, _items.c.result == results.c.number
    )
    _want(connection, gone.where(results.c.superseded_by.is_not(None)))
    found = {}
    for name in names:
        counts = Counter(_of_all(connection, name))
        counts.subtract(_of_wanted(connection, name, {}))
        found[name] = _most(counts)
    return found


def _most(counts: Counter[str]) -> Values:
    values = [(value, count) for value, count in counts.items() if value and count > 0]
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


def _of_all(connection: sa.Connection, name: str) -> dict[str, int]:
    column, table, _ = _facet(name)
    if name == "unit":
        count = sa.func.sum(_documents.c["items"])
        return _counts(connection, sa.select(column, count).group_by(column))
    if name == "agency":  # in the order of the index, as `coalesce` is not
        named = (_agencies.c.name, _agencies.c.name.is_not(None))
        unnamed = (_agencies.c.raw, _agencies.c.name.is_(None))
        parts = [
            _counts(connection, sa.select(text, _distinct()).where(held).group_by(text))
            for text, held in (named, unnamed)
        ]
        return Counter(parts[0]) + Counter(parts[1])
    counted = _distinct() if table is _agencies else sa.func.count()
    return _counts(connection, sa.select(column, counted).group_by(column))


def _distinct() -> "sa.ColumnElement[int]":
    return _items_of(_agencies.c.result, _agencies.c.item)


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
