"""Lists of documents as people look through them: a page of each, however many there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, Literal

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.columns import columns
from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.store.published import published, worst_first
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import folded
from schemas.dataset import TABLES, DocumentRow, ReviewRow

_documents, _items, _review = (tables[n] for n in ("documents", "items", "review"))
_FAILED = "failed/%"
EQUAL = ("unit", "province", "year", "kind", "review_state")

# Doubts of plans that stand: what a later version took the place of is not looked at any more.
_stands = results.c.superseded_by.is_(None)
_open = (
    sa.select(sa.func.count())
    .where(_review.c.result == results.c.number, _stands)
    .correlate(results)
    .scalar_subquery()
    .label("open")
)


class Held(Struct, frozen=True):
    """A document: its row, how many doubts wait in it, and the path of its plan."""

    path: str
    row: DocumentRow
    open: int

    @property
    def id(self) -> str:
        """Stable id, from the file's content."""
        return self.row.document_id

    @property
    def name(self) -> str:
        """Name of its plan's file, without folder and suffix."""
        return PurePosixPath(self.path).stem

    @property
    def flags(self) -> list[str]:
        """What a reader should know of it, as codes."""
        return self.row.flags.split(BETWEEN) if self.row.flags else []


class UnitSent(Struct, frozen=True):
    """A unit of a province that sent so many documents for a year."""

    province: str
    unit: str
    year: int
    documents: int


class Totals(Struct, frozen=True):
    """How many there are: documents, items of those that stand, doubts, files that failed."""

    documents: int
    items: int
    open: int
    failed: int


def find_document(
    connection: sa.Connection,
    *,
    document_id: str | None = None,
    sha256: str | None = None,
    source_file: str | None = None,
) -> Held | None:
    """Return the document of that id, that content or that file; None where there is none."""
    asked = {"document_id": document_id, "sha256": sha256, "source_file": source_file}
    values = {name: value for name, value in asked.items() if value is not None}
    row = connection.execute(_find_by(*values), values).one_or_none()
    return None if row is None else _as_held(row)


@cache
def _find_by(*names: str) -> "sa.Select[Any]":
    """Put together once: with all columns of a document that takes a millisecond."""
    return _held().where(*(_documents.c[name] == sa.bindparam(name) for name in names)).limit(1)


def of_contents(connection: sa.Connection, contents: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return id and file of the documents with these contents (SHA-256), by content."""
    query = sa.select(_documents.c.sha256, _documents.c.document_id, _documents.c.source_file)
    rows = connection.execute(query.where(_documents.c.sha256.in_(set(contents))))
    return {row.sha256: (row.document_id, row.source_file) for row in rows}


def doubts_in(connection: sa.Connection, contents: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return id and how many doubts wait of the documents with these contents, by content."""
    query = sa.select(_documents.c.sha256, _documents.c.document_id, _open)
    query = query.join_from(results, _documents, _documents.c.result == results.c.number)
    rows = connection.execute(query.where(_documents.c.sha256.in_(set(contents))))
    return {row.sha256: (row.document_id, row.open) for row in rows}


def count_documents(connection: sa.Connection, asked: Mapping[str, str]) -> int:
    """Return how many documents there are of those asked for (see `list_documents`)."""
    query = sa.select(sa.func.count()).select_from(results)
    query = query.join(_documents, _documents.c.result == results.c.number)
    return connection.scalar(query.where(*_asked(asked))) or 0


def list_documents(
    connection: sa.Connection,
    asked: Mapping[str, str],
    names: Sequence[str],
    *,
    limit: int | None,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Return columns of documents, and `open`, how many doubts wait; in the order of their files.

    `asked` holds words under "q", looked for without tones in file, unit, province and title, and
    values of the columns of `EQUAL`.
    """
    query = (
        sa.select(*(published(_documents, name).label(name) for name in names), _open)
        .join_from(results, _documents, _documents.c.result == results.c.number)
        .where(*_asked(asked))
        .order_by(results.c.place)
        .limit(limit)
        .offset(offset)
    )
    return [dict(row._mapping) for row in connection.execute(query)]


def _asked(asked: Mapping[str, str]) -> Iterator["sa.ColumnElement[bool]"]:
    for word in folded([asked.get("q")]).split():
        yield results.c.words.contains(word, autoescape=True)
    for name in EQUAL:
        if value := asked.get(name):
            yield sa.cast(published(_documents, name), sa.Text) == value


def count_all(connection: sa.Connection) -> Totals:
    """Return how many there are of everything."""
    gone = sa.select(results.c.number).where(results.c.superseded_by.is_not(None))
    documents = sa.select(sa.func.count()).select_from(_documents)
    items = sa.select(sa.func.coalesce(sa.func.sum(_documents.c["items"]), 0))
    items = items.where(_documents.c.result.not_in(gone))
    failed = sa.select(sa.func.count()).where(results.c.path.like(_FAILED))
    doubts = sa.select(sa.func.count()).select_from(_review).where(_review.c.result.not_in(gone))
    counts = (connection.scalar(query) or 0 for query in (documents, items, doubts, failed))
    known = Totals(*(int(count) for count in counts))
    return Totals(known.documents, known.items, known.open - known.failed, known.failed)


def waiting(
    connection: sa.Connection, *, limit: int | None, offset: int = 0
) -> list[tuple[Held, ReviewRow]]:
    """Return documents with doubts, those with most first, each with its gravest doubt."""
    count = sa.func.count().label("open")
    most = (
        sa.select(_review.c.result, count)
        .where(_review.c.document_id.is_not(None))
        .group_by(_review.c.result)
        .subquery()
    )
    query = (
        _held(most.c.open)
        .join(most, most.c.result == results.c.number)
        .where(_stands)
        .order_by(most.c.open.desc(), results.c.place)
        .limit(limit)
        .offset(offset)
    )
    found = connection.execute(query).all()
    gravest = _gravest(connection, [row.number for row in found])
    return [(_as_held(row), gravest[row.number]) for row in found]


def count_waiting(connection: sa.Connection) -> int:
    """Return how many documents have doubts."""
    query = sa.select(sa.func.count(sa.distinct(_review.c.result)))
    query = query.join_from(results, _review, _review.c.result == results.c.number)
    return connection.scalar(query.where(_stands, results.c.document_id.is_not(None))) or 0


def unapproved_documents(connection: sa.Connection, *, limit: int) -> list[Held]:
    """Return documents that are reviewed and wait for a second person, in the order of files."""
    reviewed = published(_documents, "review_state") == "reviewed"
    query = _held().where(reviewed).order_by(results.c.place).limit(limit)
    return [_as_held(row) for row in connection.execute(query)]


def next_waiting(
    connection: sa.Connection, document_id: str, passed_over: Sequence[str] = ()
) -> Held | None:
    """Return the document with doubts that comes after one, in the order of files, around."""
    here = sa.select(results.c.place).where(results.c.document_id == document_id)
    place = here.where(results.c.repeats.is_(None)).scalar_subquery()
    doubted = sa.exists().where(_review.c.result == results.c.number)
    others = _documents.c.document_id.not_in((document_id, *passed_over))
    query = _held().where(_stands, doubted, others)
    for later in (results.c.place > place, sa.true()):
        row = connection.execute(query.where(later).order_by(results.c.place).limit(1)).first()
        if row is not None:
            return _as_held(row)
    return None


def due_between(
    connection: sa.Connection, first: date, last: date, *, limit: int
) -> list[dict[str, Any]]:
    """Return items whose last day is within these, the next first."""
    end = sa.cast(_items.c.timeframe_end, sa.Text).label("timeframe_end")
    query = (
        sa.select(
            _documents.c.document_id,
            _documents.c.source_file,
            _documents.c.unit,
            _items.c.title,
            _items.c.tasks,
            end,
        )
        .select_from(_items)
        .join(results, results.c.number == _items.c.result)
        .join(_documents, _documents.c.result == _items.c.result)
        .where(_items.c.timeframe_end.between(str(first), str(last)), _stands)
        .order_by(_items.c.timeframe_end, _items.c.result, _items.c.ordinal)
        .limit(limit)
    )
    return [dict(row._mapping) for row in connection.execute(query)]


def failures(connection: sa.Connection, *, limit: int) -> list[ReviewRow]:
    """Return why files failed, in the order of the files."""
    query = sa.select(*row_columns(_review, ReviewRow))
    query = query.join_from(results, _review, _review.c.result == results.c.number)
    query = query.where(results.c.path.like(_FAILED)).order_by(results.c.place).limit(limit)
    return [ReviewRow.model_validate(dict(row._mapping)) for row in connection.execute(query)]


def units_sent(connection: sa.Connection) -> list[UnitSent]:
    """Return which units have sent documents for which years."""
    of = (_documents.c.province, _documents.c.unit, _documents.c.year)
    query = sa.select(*of, sa.func.count()).group_by(*of).order_by(*of)
    query = query.where(*(column.is_not(None) for column in of), _documents.c.unit != "")
    return [UnitSent(*row) for row in connection.execute(query)]


Kinship = Literal["superseded", "supersedes", "form", "earlier", "number"]


def copies_of(connection: sa.Connection, row: DocumentRow) -> list[tuple[Held, Kinship]]:
    """Return the other copies of a plan, each with what it has to do with this document.

    One that took its place, one whose place it took, its other form, what it may be a later version
    of; then those of the same unit, number and year.
    """
    here = results.c.document_id == row.document_id
    later = sa.select(results.c.later_than).where(here).scalar_subquery()
    kinds: tuple[tuple[Kinship, sa.ColumnElement[bool]], ...] = (
        ("superseded", results.c.document_id == (row.superseded_by or "")),
        ("supersedes", results.c.superseded_by == row.document_id),
        ("form", results.c.document_id == (row.twin_of or "")),
        ("earlier", results.c.document_id == later),
    )
    found: dict[str, tuple[Held, Kinship]] = {}
    for kind, is_one in kinds:
        for each in connection.execute(_held().where(is_one).order_by(results.c.place)):
            held = _as_held(each)
            found.setdefault(held.id, (held, kind))
    for held in same_number(connection, row):
        found.setdefault(held.id, (held, "number"))
    return list(found.values())


def same_number(connection: sa.Connection, row: DocumentRow) -> list[Held]:
    """Return the other documents of the same unit, number and year."""
    if not row.plan_number:
        return []
    query = _held().where(*_others(row, ("unit", "plan_number", "year")))
    return [_as_held(found) for found in connection.execute(query.order_by(results.c.place))]


def files_of_unit(connection: sa.Connection, row: DocumentRow) -> dict[str, str]:
    """Return the files of the other documents of the same unit, province and year, by content."""
    if not row.unit:
        return {}
    query = sa.select(_documents.c.sha256, _documents.c.source_file)
    query = query.join_from(results, _documents, _documents.c.result == results.c.number)
    query = query.where(*_others(row, ("unit", "province", "year"))).order_by(results.c.place)
    return {found.sha256: found.source_file for found in connection.execute(query)}


def _others(row: DocumentRow, names: Sequence[str]) -> Iterator["sa.ColumnElement[bool]"]:
    """What holds of documents that have this in common with another one."""
    for name in names:
        yield _documents.c[name].is_not_distinct_from(getattr(row, name))
    yield _documents.c.document_id != row.document_id


def of_one_unit(connection: sa.Connection, *, limit: int) -> list[tuple[Held, Held]]:
    """Return plans of one unit, each with the one before it, in the order of units and years."""
    of = (_documents.c.province, _documents.c.unit)
    several = sa.select(*of).where(of[1] != "").group_by(*of).having(sa.func.count() > 1).subquery()
    same = sa.and_(of[1] == several.c.unit, of[0].is_not_distinct_from(several.c.province))
    age = [_documents.c[name] for name in ("year", "issued_year", "issued_month", "issued_day")]
    query = _held().join(several, same).order_by(*of, *age, results.c.place).limit(limit)
    found = [_as_held(row) for row in connection.execute(query)]
    return [
        (before, after)
        for before, after in pairwise(found)
        if (before.row.province, before.row.unit) == (after.row.province, after.row.unit)
    ]


def _held(doubts: "sa.ColumnElement[Any]" = _open) -> "sa.Select[Any]":
    shown = row_columns(_documents, DocumentRow)
    query = sa.select(results.c.number, results.c.path, doubts.label("open"), *shown)
    return query.join_from(results, _documents, _documents.c.result == results.c.number)


@cache
def row_columns(table: sa.Table, row: "type[DocumentRow | ReviewRow]") -> "list[Any]":
    """Return the columns of a table that make up a row of its model."""
    (spec,) = (spec for spec in TABLES if spec.row is row)
    return [published(table, column.name).label(column.name) for column in columns(spec)]


def _as_held(row: "sa.Row[Any]") -> Held:
    values = dict(row._mapping)
    path, doubts = values.pop("path"), values.pop("open")
    del values["number"]
    return Held(path, DocumentRow.model_validate(values), int(doubts))


def _gravest(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, ReviewRow]:
    query = sa.select(_review.c.result, *row_columns(_review, ReviewRow))
    query = query.where(_review.c.result.in_(numbers)).order_by(*worst_first())
    found: dict[int, ReviewRow] = {}
    for row in connection.execute(query):
        if row.result not in found:
            values = dict(row._mapping)
            del values["result"]
            found[row.result] = ReviewRow.model_validate(values)
    return found
