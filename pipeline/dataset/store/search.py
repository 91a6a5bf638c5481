"""Questions of people to the database: items by words and facets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.schema import item_flags, item_texts, results, tables
from pipeline.dataset.store.taken import folded
from pipeline.dataset.store.text_index import holds

_documents, _items, _agencies = (tables[n] for n in ("documents", "items", "item_agencies"))
# Numbers are written out: PostgreSQL groups by no expression that holds parameters.
month = sa.func.substr(
    sa.cast(_items.c.timeframe_end, sa.Text),
    sa.literal_column("1", sa.Integer),
    sa.literal_column("7", sa.Integer),
)


def _day(name: str) -> "sa.ColumnElement[str]":
    """A day as text (ISO 8601), whatever type the database has for days."""
    return sa.cast(_items.c[name], sa.Text).label(name)


_ROWS = 500  # fetched at once
FACETS = ("unit", "agency", "role", "kind", "month", "section", "flag", "papi")
COLUMNS: Sequence["sa.ColumnElement[Any]"] = (
    _documents.c.document_id, _items.c.item_id, _documents.c.unit, _documents.c.plan_number,
    _documents.c.plan_symbol, _documents.c.source_file, _items.c.section_title, _items.c.marker,
    _items.c.title, _items.c.tasks, _items.c.lead, _items.c.partners, _items.c.timeframe_raw,
    _items.c.timeframe_kind, _day("timeframe_start"), _day("timeframe_end"),
    _items.c.deliverable, _items.c.first_page, _items.c.flags,
)  # fmt: skip


class Found(Struct, frozen=True):
    """Some of the items that were asked for, and how many there are in all."""

    rows: list[dict[str, Any]]
    count: int


def find_items(
    connection: sa.Connection,
    asked: Mapping[str, str],
    *,
    limit: int | None,
    offset: int = 0,
    dated: bool = False,
) -> Found:
    """Return items in the order in which they are shown to people.

    `asked` holds values of facets, and words under "q", which are looked for without their tones.
    With `dated` only those that have a last day, in the order of these.
    """
    wanted = wanted_items(connection, asked)
    if dated:
        wanted = wanted.where(_items.c.timeframe_end.is_not(None))
    count = connection.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    # Narrowed itself and not by `wanted`: walked in the order shown, it ends with the page.
    query = _shown(connection, asked, dated=dated).limit(limit).offset(offset)
    rows = [dict(row._mapping) for row in connection.execute(query)]
    return Found(rows, count)


def each_item(
    connection: sa.Connection, asked: Mapping[str, str], *, dated: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield all items asked for, as `find_items` returns them, some at a time from the database."""
    query = _shown(connection, asked, dated=dated)
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        yield dict(row._mapping)


def _shown(connection: sa.Connection, asked: Mapping[str, str], *, dated: bool) -> "sa.Select[Any]":
    query = _narrowed(connection, asked, sa.select(*COLUMNS))
    if dated:
        query = query.where(_items.c.timeframe_end.is_not(None))
        query = query.order_by(_items.c.timeframe_end)
    return query.order_by(results.c.shown_place, results.c.place, _items.c.ordinal)


def months(connection: sa.Connection, asked: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the months in which items asked for are due, in their order, and how many are."""
    count = sa.func.count()
    query = _narrowed(connection, asked, sa.select(month, count))
    query = query.where(_items.c.timeframe_end.is_not(None)).group_by(month).order_by(month)
    return [(str(name), int(number)) for name, number in connection.execute(query)]


def contents_with(connection: sa.Connection, text: str) -> set[str]:
    """Return the contents (SHA-256) of the documents of which an item says these words."""
    if not (words := folded([text])):
        return set()
    query = sa.select(_documents.c.sha256).distinct()
    query = query.join_from(_documents, item_texts, item_texts.c.result == _documents.c.result)
    return set(connection.scalars(query.where(holds(connection, words))))


def wanted_items(connection: sa.Connection, asked: Mapping[str, str]) -> "sa.Select[Any]":
    """Return the query for result and ordinal of the items asked for (see `find_items`)."""
    return _narrowed(connection, asked, sa.select(_items.c.result, _items.c.ordinal))


def _narrowed(
    connection: sa.Connection, asked: Mapping[str, str], query: "sa.Select[Any]"
) -> "sa.Select[Any]":
    query = _joined(query).where(results.c.superseded_by.is_(None))
    simple: dict[str, sa.ColumnElement[Any]] = {
        "document": _documents.c.document_id,
        "unit": _documents.c.unit,
        "kind": _items.c.timeframe_kind,
        "month": month,
        "section": _items.c.section_title,
        "papi": _items.c.papi_dimension,
    }
    for name, column in simple.items():
        if value := asked.get(name):
            query = query.where(column == value)
    if asked.get("agency") or asked.get("role"):
        query = query.where(_by_agency(asked))
    if flag := asked.get("flag"):
        flagged = sa.select(item_flags.c.result, item_flags.c.item)
        flagged = flagged.where(item_flags.c.flag == flag)
        query = query.where(sa.tuple_(_items.c.result, _items.c.ordinal).in_(flagged))
    if words := folded([asked.get("q")]):
        said = sa.select(item_texts.c.result, item_texts.c.item)
        said = said.where(holds(connection, words))
        query = query.where(sa.tuple_(_items.c.result, _items.c.ordinal).in_(said))
    return query


def _by_agency(asked: Mapping[str, str]) -> "sa.ColumnElement[bool]":
    named = sa.select(_agencies.c.result, _agencies.c.item).where(*in_that_role(asked))
    return sa.tuple_(_items.c.result, _items.c.ordinal).in_(named)


def in_that_role(asked: Mapping[str, str]) -> Iterator["sa.ColumnElement[bool]"]:
    """Yield the conditions for an agency of an item: that it is the one asked for, in that role."""
    if agency := asked.get("agency"):
        # Not `coalesce`, over which no index is looked up.
        unnamed = sa.and_(_agencies.c.name.is_(None), _agencies.c.raw == agency)
        yield sa.or_(_agencies.c.name == agency, unnamed)
    if role := asked.get("role"):
        yield _agencies.c.role == role


def _joined(query: "sa.Select[Any]") -> "sa.Select[Any]":
    return (
        query.select_from(results)
        .join(_documents, _documents.c.result == results.c.number)
        .join(_items, _items.c.result == results.c.number)
    )
