"""Questions of people to the database: items by words and facets."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.schema import item_flags, results, tables
from pipeline.dataset.store.taken import folded
from pipeline.dataset.store.text_index import items_with

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


_item = sa.tuple_(_items.c.result, _items.c.ordinal)
# Mostly few or none: they are left out, and not all others looked up.
_SUPERSEDED = sa.select(results.c.number).where(results.c.superseded_by.is_not(None))


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
    wanted = wanted_items(connection, asked, dated=dated)
    count = connection.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    # Keys first, the rows of those alone then: all that a key is found and put in order by is in
    # indexes.
    keys = wanted.join_from(_items, results, results.c.number == _items.c.result)
    keys = keys.order_by(*_in_order(dated=dated)).limit(limit).offset(offset)
    query = _shown([_item.in_(keys)], dated=dated)
    rows = [dict(row._mapping) for row in connection.execute(query)]
    return Found(rows, count)


def each_item(
    connection: sa.Connection, asked: Mapping[str, str], *, dated: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield all items asked for, as `find_items` returns them, some at a time from the database."""
    query = _shown(_conditions(connection, asked, dated=dated), dated=dated)
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        yield dict(row._mapping)


def _shown(
    conditions: "Sequence[sa.ColumnElement[bool]]", *, dated: bool
) -> "sa.Select[tuple[Any, ...]]":
    return (
        sa.select(*COLUMNS)
        .join_from(_items, _documents, _documents.c.result == _items.c.result)
        .join(results, results.c.number == _items.c.result)
        .where(*conditions)
        .order_by(*_in_order(dated=dated))
    )


def _in_order(*, dated: bool) -> "tuple[sa.ColumnElement[Any], ...]":
    first = (_items.c.timeframe_end,) if dated else ()
    return (*first, results.c.shown_place, results.c.place, _items.c.ordinal)


def months(connection: sa.Connection, asked: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the months in which items asked for are due, in their order, and how many are."""
    query = sa.select(month, sa.func.count()).where(*_conditions(connection, asked, dated=True))
    query = query.group_by(month).order_by(month)
    return [(str(name), int(number)) for name, number in connection.execute(query)]


def contents_with(connection: sa.Connection, text: str) -> set[str]:
    """Return the contents (SHA-256) of the documents of which an item says these words."""
    if not (words := folded([text])):
        return set()
    said = items_with(connection, words).subquery().columns[0]
    query = sa.select(_documents.c.sha256).where(_documents.c.result.in_(sa.select(said)))
    return set(connection.scalars(query))


def wanted_items(
    connection: sa.Connection, asked: Mapping[str, str], *, dated: bool = False
) -> "sa.Select[Any]":
    """Return the query for result and ordinal of the items asked for (see `find_items`)."""
    query = sa.select(_items.c.result, _items.c.ordinal)
    return query.where(*_conditions(connection, asked, dated=dated))


def has_deliverables(connection: sa.Connection, asked: Mapping[str, str]) -> bool:
    """Return whether one of the items asked for names what is to be delivered."""
    query = wanted_items(connection, asked).where(_items.c.deliverable != "").limit(1)
    return connection.execute(query).first() is not None


def _conditions(
    connection: sa.Connection, asked: Mapping[str, str], *, dated: bool
) -> "list[sa.ColumnElement[bool]]":
    """What an item must fulfil: that it stands, and all that is asked."""
    found: list[sa.ColumnElement[bool]] = [_items.c.result.not_in(_SUPERSEDED)]
    if dated:
        found.append(_items.c.timeframe_end.is_not(None))
    of_items = {
        "kind": _items.c.timeframe_kind,
        "section": _items.c.section_title,
        "papi": _items.c.papi_dimension,
    }
    for name, column in of_items.items():
        if value := asked.get(name):
            found.append(column == value)
    if value := asked.get("month"):
        found.append(_within(value))
    for name, column in {"document": _documents.c.document_id, "unit": _documents.c.unit}.items():
        if value := asked.get(name):
            found.append(_items.c.result.in_(sa.select(_documents.c.result).where(column == value)))
    if asked.get("agency") or asked.get("role"):
        found.append(_by_agency(asked.get("agency"), asked.get("role")))
    if flag := asked.get("flag"):
        flagged = sa.select(item_flags.c.result, item_flags.c.item)
        found.append(_item.in_(flagged.where(item_flags.c.flag == flag)))
    if words := folded([asked.get("q")]):
        found.append(_item.in_(items_with(connection, words)))
    return found


def _within(asked: str) -> "sa.ColumnElement[bool]":
    """Whether an item's time ends in a month ("2024-06"); in none, where that is no month."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return sa.false()
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return _items.c.timeframe_end.between(first.isoformat(), last.isoformat())


def _by_agency(agency: str | None, role: str | None) -> "sa.ColumnElement[bool]":
    named = sa.select(_agencies.c.result, _agencies.c.item)
    if role:
        named = named.where(_agencies.c.role == role)
    if not agency:
        # Nearly all items have one in each role: looked up for each, not gathered beforehand.
        of_item = (_agencies.c.result == _items.c.result) & (_agencies.c.item == _items.c.ordinal)
        return named.where(of_item).exists()
    # Apart, and not by `coalesce` or OR: then both are found in indexes that hold all it takes.
    unnamed = named.where(_agencies.c.name.is_(None), _agencies.c.raw == agency)
    return _item.in_(sa.union(named.where(_agencies.c.name == agency), unnamed))


def in_that_role(asked: Mapping[str, str]) -> Iterator["sa.ColumnElement[bool]"]:
    """Yield the conditions for an agency of an item: that it is the one asked for, in that role."""
    if agency := asked.get("agency"):
        unnamed = sa.and_(_agencies.c.name.is_(None), _agencies.c.raw == agency)
        yield sa.or_(_agencies.c.name == agency, unnamed)
    if role := asked.get("role"):
        yield _agencies.c.role == role
