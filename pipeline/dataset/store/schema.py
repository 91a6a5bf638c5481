"""The tables of the database, made from the same specifications as every file of the dataset.

Beside the columns that are published, each row has `result`, the plan or failure that it came from,
and `ordinal`, its place within that: with them rows come out in one order whenever they went in.
"""

from typing import Any

import sqlalchemy as sa

from pipeline.dataset.columns import ColumnSpec, ValueType, columns
from schemas.dataset import TABLES, TableSpec

metadata = sa.MetaData()

# Sorted by code points on both, as Python does: "C" is PostgreSQL's name for that.
_Exact = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Key = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
_TYPES: dict[ValueType, Any] = {
    "string": _Exact,
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    # SQLite keeps days as ISO 8601; so does what goes in and comes out.
    "date": sa.Text().with_variant(sa.Date(), "postgresql"),
}

# A file of plans/ or failed/ as it was when it was taken in, told by size and time of change.
results = sa.Table(
    "results",
    metadata,
    sa.Column("number", _Key, primary_key=True, autoincrement=True),
    sa.Column("path", _Exact, nullable=False, unique=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),  # nanoseconds
    sa.Column("source_file", _Exact, nullable=False),
    sa.Column("document_id", _Exact),
    # Set where another result has this document already: then this one has no rows but in review.
    sa.Column("repeats", _Exact),
    # What plans that are versions or forms of one have in common; "" where nothing can be said.
    sa.Column("versions_of", _Exact, nullable=False),
    sa.Column("twins_of", _Exact, nullable=False),
    sa.Column("is_office", sa.Boolean, nullable=False),  # a Word file or workbook, and no print
    # Whether what it has to do with those is settled as they are now.
    sa.Column("settled", sa.Boolean, nullable=False),
    # Of its source: time of change (nanoseconds), and further files with the same content.
    sa.Column("sent", sa.BigInteger, nullable=False),
    sa.Column("other_sources", _Exact, nullable=False, server_default=""),
    sa.Column("superseded_by", _Exact),  # the document that took its place
    sa.Column("later_than", _Exact),  # the document of which it may be a later version
    sa.Column("twin_of", _Exact),  # the document that is the same plan in another form
    sa.Column("twin_said", sa.Boolean),  # whether a person said so
    sa.Column("twin_differs", sa.Boolean),  # whether their rows differ
    sa.Column("approved_by", _Exact),  # who approved what the plan says now
    # In what order results are published, and shown to people.
    sa.Column("place", _Exact, nullable=False),
    sa.Column("shown_place", _Exact, nullable=False),
    # What people look for a document by: file, unit, province, title, folded.
    sa.Column("words", _Exact, nullable=False),
    sa.Index("results_place", "place", "number"),
    sa.Index("results_shown_place", "shown_place", "place", "number"),
    sa.Index("results_document", "document_id"),
    sa.Index("results_repeats", "repeats"),
    sa.Index("results_superseded_by", "superseded_by"),
    sa.Index("results_versions_of", "versions_of"),
    sa.Index("results_twins_of", "twins_of"),
    sa.Index("results_twin_of", "twin_of"),
)
for _name, _holds in {
    "unsettled": results.c.settled.is_(False),
    "office": results.c.is_office.is_(True),
}.items():
    _of = results.c.twins_of
    sa.Index(f"results_{_name}", _of, sqlite_where=_holds, postgresql_where=_holds)

# What the database as a whole knows of itself: its shape, what was published last.
marks = sa.Table(
    "marks",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# Flags of items, and of their agencies and times, one a row: they are counted and filtered by.
item_flags = sa.Table(
    "item_flags",
    metadata,
    sa.Column("result", _Key, nullable=False),
    sa.Column("item", sa.Integer, nullable=False),
    sa.Column("flag", _Exact, nullable=False),
    sa.Index("item_flags_flag", "flag", "result", "item", unique=True),
    sa.Index("item_flags_result", "result"),
)

# How many items of a result have a value of a facet: those of all are summed of these.
facet_counts = sa.Table(
    "facet_counts",
    metadata,
    sa.Column("result", _Key, nullable=False),
    sa.Column("facet", sa.Text, nullable=False),
    sa.Column("value", _Exact, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Index("facet_counts_result", "result"),
)

# What an item says, without tones and punctuation, in lower case. `number` is made of result and
# item, which so come out of an index over the texts without a look at this table.
ITEM_BITS = 20
item_texts = sa.Table(
    "item_texts",
    metadata,
    sa.Column("number", _Key, primary_key=True, autoincrement=False),
    sa.Column("result", _Key, nullable=False),
    sa.Column("item", sa.Integer, nullable=False),
    sa.Column("folded", _Exact, nullable=False),
    sa.Index("item_texts_result", "result"),
)


def _column(column: ColumnSpec) -> "sa.Column[Any]":
    return sa.Column(column.name, _TYPES[column.type], nullable=column.nullable)


def _table(spec: TableSpec) -> sa.Table:
    names = {column.name for column in columns(spec)}
    extra: list[sa.Column[Any]] = [
        sa.Column("result", _Key, nullable=False, primary_key=True, autoincrement=False),
        sa.Column("ordinal", sa.Integer, nullable=False, primary_key=True, autoincrement=False),
    ]
    if spec.name != "items" and "item_id" in names:
        extra.append(sa.Column("item", sa.Integer))  # the ordinal of its item
    if spec.name == "review":
        extra.append(sa.Column("alike", _Exact))  # the same for doubts decided as one, else null
    if spec.name == "items":
        extra.append(sa.Column("reasons", _Exact))  # why to look at it, in Vietnamese
    return sa.Table(spec.name, metadata, *extra, *map(_column, columns(spec)))


tables = {spec.name: _table(spec) for spec in TABLES}

# What the pages and questions ask by; see `pipeline.dataset.store.search`. Those of items and their
# agencies hold the keys of items as well, so that counting them reads no table.
for _name, _by in {
    "documents": ("document_id", "sha256", "unit", "province", "year"),
    "items": (
        "timeframe_kind result ordinal",
        "timeframe_end result ordinal",
        "section_title result ordinal",
    ),
    "item_agencies": ("name result item role", "role result item"),
    "review": ("alike result",),
}.items():
    for _columns in _by:
        _fields = [tables[_name].c[field] for field in _columns.split()]
        sa.Index(f"{_name}_{_columns.replace(' ', '_')}", *_fields)
_agencies = tables["item_agencies"].c
_unnamed = _agencies.name.is_(None)
sa.Index(
    "item_agencies_raw_unnamed",
    *(_agencies[field] for field in ("raw", "result", "item", "role")),
    sqlite_where=_unnamed,
    postgresql_where=_unnamed,
)

# All that facets count: else each item is looked up in its table, which is ten times as wide.
# PostgreSQL indexes no text of more than 2.7 kB, and goes through tables on several cores.
for _name, _columns in {
    "items": "result ordinal timeframe_kind timeframe_end section_title papi_dimension",
    "item_agencies": "result item role name raw",
}.items():
    _fields = [tables[_name].c[field] for field in _columns.split()]
    sa.Index(f"{_name}_facets", *_fields).ddl_if("sqlite")
_fields = [facet_counts.c[field] for field in ("facet", "value", "count", "result")]
sa.Index("facet_counts_facet", *_fields).ddl_if("sqlite")

OF_RESULT = (*tables.values(), item_flags, item_texts, facet_counts)
