"""Results put into the database and taken out of it, and what it notes of itself."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.known_files import KnownFile
from pipeline.dataset.names import NamedResult
from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.store import text_index
from pipeline.dataset.store.schema import (
    ITEM_BITS,
    OF_RESULT,
    facet_counts,
    item_flags,
    item_texts,
    marks,
    metadata,
    results,
    tables,
)
from pipeline.dataset.store.taken import ResultFile, Row, Taken, clean, left_out, result_files

SHAPE = "shape"
CHANGE = "change"  # another one after each change
_INDEXES_AWAY = "indexes_away"  # while very much is taken in

# Put together once: this is asked for with each page.
_MARK = sa.select(marks.c.value).where(marks.c.name == sa.bindparam("named"))


class OfSource(Struct, frozen=True):
    """What is noted of a result's source: time of change (nanoseconds), copies of it."""

    changed: int = 0
    copies: str = ""


_INDEXES = [i for table in OF_RESULT for i in sorted(table.indexes, key=lambda i: str(i.name))]


def prepare(engine: sa.Engine, *, anew: bool = False) -> None:
    """Make the tables that are not there; those of another version's shape are made anew, empty.

    With `anew` all are. What people did is in tables of its own and stays.
    """
    with engine.begin() as connection:
        marks.create(connection, checkfirst=True)
        if anew or mark(connection, SHAPE) not in (None, _shape()):
            drop_results(connection)
        metadata.create_all(connection)
        text_index.create_index(connection)
        set_mark(connection, SHAPE, _shape())
        if mark(connection, _INDEXES_AWAY):  # of a run that was cut short
            _make_indexes(connection)


def _make_indexes(connection: sa.Connection) -> None:
    for index in _INDEXES:
        index.create(connection, checkfirst=True)
    connection.execute(marks.delete().where(marks.c.name == _INDEXES_AWAY))


def drop_results(connection: sa.Connection) -> None:
    """Take away all that can be made anew from plans/ and failed/."""
    text_index.drop_index(connection)
    for table in (*OF_RESULT, results):
        table.drop(connection, checkfirst=True)
    connection.execute(marks.delete())


def _shape() -> str:
    shape = [
        (table.name, table.c.keys(), sorted(str(index.name) for index in table.indexes))
        for table in (*OF_RESULT, results)
    ]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


def mark(connection: sa.Connection, name: str) -> str | None:
    """Return what the database notes under that name, if anything."""
    found: str | None = connection.scalar(_MARK, {"named": name})
    return found


def set_mark(connection: sa.Connection, name: str, value: str) -> None:
    """Note something under a name."""
    connection.execute(marks.delete().where(marks.c.name == name))
    connection.execute(marks.insert().values(name=name, value=value))


def note_change(connection: sa.Connection) -> None:
    """Note that what is published or shown of the database may be another one now."""
    set_mark(connection, CHANGE, secrets.token_hex(8))


@contextmanager
def indexes_made_after(engine: sa.Engine) -> Iterator[None]:
    """Take the indexes away and make them at the end, of all rows: less than entry by entry."""
    with engine.begin() as connection:
        for index in _INDEXES:
            index.drop(connection, checkfirst=True)
        set_mark(connection, _INDEXES_AWAY, "1")
    yield
    with engine.begin() as connection:
        _make_indexes(connection)


def known_entries(connection: sa.Connection, out: Path) -> list[NamedResult]:
    """Return which documents lie in `plans/`, as far as the database knows them as they are now."""
    found = {file.path: file for file in result_files(out)}
    documents = tables["documents"].c
    rows = connection.execute(
        sa.select(
            results.c.path,
            results.c.size,
            results.c.changed,
            documents.source_file,
            documents.sha256,
        ).join_from(results, tables["documents"], documents.result == results.c.number)
    )
    return [
        NamedResult(Path(row.path).stem, row.source_file, row.sha256)
        for row in rows
        if found.get(row.path) == ResultFile(row.path, row.size, row.changed)
    ]


def replace_results(connection: sa.Connection, gone: Sequence[str], taken: Sequence[Taken]) -> None:
    """Put results in whose files are new or changed, and take out those of paths that are gone.

    What they have to do with others is not settled then, and neither is that of these.
    """
    if not gone and not taken:
        return
    for path in gone:
        _delete(connection, path)
    of_sources = [_delete(connection, one.file.path) for one in taken]
    for one, of_source in zip(taken, of_sources, strict=True):
        _put(connection, one, of_source)
    note_change(connection)


def note_sources(connection: sa.Connection, known: Sequence[KnownFile]) -> None:
    """Note of each result's source when it was changed, and which others have its content."""
    changed = {clean(file.source_file): file.changed for file in known}
    copies = defaultdict(list)
    for file in known:
        if file.copy_of is not None:
            copies[clean(file.copy_of)].append(file.source_file)
    rows = connection.execute(
        sa.select(results.c.number, results.c.source_file, results.c.sent, results.c.other_sources)
    )
    for number, name, *noted in rows.all():
        others = clean(BETWEEN.join(copies.get(name, ())))
        if [changed.get(name, 0), others] != noted:
            values = {"sent": changed.get(name, 0), "other_sources": others, "settled": False}
            connection.execute(results.update().where(results.c.number == number).values(values))


def _delete(connection: sa.Connection, path: str) -> OfSource:
    """Take a result out, if it is there; returns what is noted of its source."""
    row = connection.execute(sa.select(results).where(results.c.path == path)).one_or_none()
    if row is None:
        return OfSource()
    for column, key in (
        (results.c.versions_of, row.versions_of),
        (results.c.twin_of, row.document_id),
    ):
        if key:  # a failure has neither
            connection.execute(results.update().where(column == key).values(settled=False))
    text_index.unindex_result(connection, row.number)
    for table in OF_RESULT:
        connection.execute(table.delete().where(table.c.result == row.number))
    connection.execute(results.delete().where(results.c.number == row.number))
    return OfSource(row.sent, row.other_sources)


def _put(connection: sa.Connection, taken: Taken, of_source: OfSource) -> None:
    """Put a result in. Of two with one document the first by path has it, whoever came first."""
    held = sa.select(results.c.path).where(results.c.document_id == taken.document_id)
    holder = connection.scalar(held) if taken.document_id else None
    if holder is not None and holder < taken.file.path:
        _insert(connection, left_out(taken), of_source, repeats=taken.document_id)
        return
    if holder is not None:
        _displace(connection, holder, taken.document_id)
    _insert(connection, taken, of_source)


def _displace(connection: sa.Connection, path: str, document_id: str | None) -> None:
    row = connection.execute(sa.select(results).where(results.c.path == path)).one()
    of_source = _delete(connection, path)
    file = ResultFile(row.path, row.size, row.changed)
    given = Taken(file, row.source_file, row.place, {})
    _insert(connection, left_out(given), of_source, repeats=document_id)


def _insert(
    connection: sa.Connection, taken: Taken, of_source: OfSource, repeats: str | None = None
) -> None:
    number: int = connection.scalars(
        results.insert()
        .values(
            path=taken.file.path,
            size=taken.file.size,
            changed=taken.file.changed,
            source_file=clean(taken.source_file),
            document_id=taken.document_id,
            repeats=repeats,
            place=taken.place,
            shown_place=taken.shown_place,
            words=taken.words,
            versions_of=taken.versions_of,
            twins_of=taken.twins_of,
            is_office=taken.is_office,
            approved_by=taken.approved_by,
            settled=False,
            sent=of_source.changed,
            other_sources=of_source.copies,
        )
        .returning(results.c.number)
    ).one()
    for table in (*tables.values(), item_flags, facet_counts):
        rows = taken.rows.get(table.name, ())
        if rows:
            _insert_rows(connection, table, [(number, *row) for row in rows])
    texts = taken.rows.get(item_texts.name, ())
    if texts:
        keyed = [(number << ITEM_BITS | item, number, item, folded) for item, folded in texts]
        _insert_rows(connection, item_texts, keyed)
    text_index.index_result(connection, number)


def _insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """As tuples past SQLAlchemy: half the time of what it would make of dicts."""
    names = [column.name for column in table.columns if column.autoincrement is not True]
    columns = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({columns}) FROM STDIN", rows)
        return
    places = ", ".join("?" * len(names))
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({columns}) VALUES ({places})", list(rows)
    )


def _copy(connection: sa.Connection, statement: str, rows: Iterable[Row]) -> None:
    """A fifth of the time of INSERT; within the transaction of the connection."""
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
