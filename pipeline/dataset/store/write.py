"""What lies in plans/ and failed/, taken into the database: what is new or changed, and no more."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipeline.correct.approval import approval_in
from pipeline.correct.log import standing_of_all
from pipeline.dataset.names import NamedResult
from pipeline.dataset.store import text_index
from pipeline.dataset.store.schema import (
    ITEM_BITS,
    OF_RESULT,
    item_flags,
    item_texts,
    marks,
    metadata,
    results,
    tables,
)
from pipeline.dataset.store.taken import ResultFile, Row, Taken, left_out, read_result, result_files
from pipeline.parallel import map_ahead
from schemas.correction import Correction

_AT_ONCE = 50  # results in one transaction
_MANY = 100  # results after which the database looks at its tables anew
_BULK = 1000  # results of an empty database from which on its indexes are made at the end
SHAPE = "shape"
CHANGE = "change"  # another one after each change
_INDEXES_AWAY = "indexes_away"  # while very much is taken in

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


def _take_indexes_away(connection: sa.Connection) -> None:
    """Made of all rows at the end, they take less than entry by entry."""
    for index in _INDEXES:
        index.drop(connection, checkfirst=True)
    set_mark(connection, _INDEXES_AWAY, "1")


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
    found: str | None = connection.scalar(sa.select(marks.c.value).where(marks.c.name == name))
    return found


def set_mark(connection: sa.Connection, name: str, value: str) -> None:
    """Note something under a name."""
    connection.execute(marks.delete().where(marks.c.name == name))
    connection.execute(marks.insert().values(name=name, value=value))


def forget_marks(connection: sa.Connection) -> None:
    """Note that something changed: what all marks but that of the shape told of is no more."""
    connection.execute(marks.delete().where(marks.c.name != SHAPE))
    set_mark(connection, CHANGE, secrets.token_hex(8))


def take_in(engine: sa.Engine, out: Path, sent: Mapping[str, int]) -> bool:
    """Bring the database in line with the results that lie in `out`; returns whether it changed.

    Each result is replaced whole, in one transaction: whoever reads meanwhile has the old one or
    the new one, never none. Cut short, it goes on the next time. With the first change all marks
    but that of the shape go: what they told of is no more. `sent` is when
    source files were changed (nanoseconds), as far as known. Raises OSError where a result cannot
    be read.
    """
    found = {file.path: file for file in result_files(out)}
    corrections = standing_of_all(out)
    with engine.begin() as connection:
        known = _known(connection)
        stale = {path for path, file in known.items() if found.get(path) != file}
        stale |= _approved_since(connection, corrections)
        removed = {*stale, *_repeating(connection, stale)}
        due = sorted(found.keys() - (known.keys() - removed))
        for path in sorted(removed - found.keys()):
            _delete(connection, path)
        if removed or due:
            forget_marks(connection)
        bulk = not known and len(due) >= _BULK
        if bulk:
            _take_indexes_away(connection)
    parts = [[found[path] for path in due[n : n + _AT_ONCE]] for n in range(0, len(due), _AT_ONCE)]
    # Read by forked workers, since that takes longer than writing what was read.
    read = partial(_read, out, corrections)
    for files, taken in zip(parts, map_ahead(read, parts, os.cpu_count() or 1), strict=True):
        with engine.begin() as connection:
            for file in files:
                _delete(connection, file.path)
            for one in taken:
                _put(connection, one, sent.get(one.source_file, 0))
    if bulk:
        with engine.begin() as connection:
            _make_indexes(connection)
    if len(due) >= _MANY:
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")  # else questions are planned by guesses
    return bool(removed or due)


def _read(
    out: Path, corrections: Mapping[str, Sequence[Correction]], files: Sequence[ResultFile]
) -> list[Taken]:
    return [read_result(out, file, corrections) for file in files]


def _approved_since(
    connection: sa.Connection, corrections: Mapping[str, Sequence[Correction]]
) -> set[str]:
    """The results whose approval came, went or was another one when they were taken in."""
    of_log = {sha256: approval_in(standing) for sha256, standing in corrections.items()}
    wanted = {sha256: said.number for sha256, said in of_log.items() if said is not None}
    sha256 = tables["documents"].c.sha256
    query = sa.select(results.c.path, results.c.approval, sha256).join_from(
        results, tables["documents"], tables["documents"].c.result == results.c.number
    )
    held = query.where(sa.or_(results.c.approval.is_not(None), sha256.in_(wanted)))
    rows = connection.execute(held)
    return {row.path for row in rows if row.approval != wanted.get(row.sha256)}


def _known(connection: sa.Connection) -> dict[str, ResultFile]:
    rows = connection.execute(sa.select(results.c.path, results.c.size, results.c.changed))
    return {path: ResultFile(path, size, changed) for path, size, changed in rows}


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


def _repeating(connection: sa.Connection, paths: Iterable[str]) -> set[str]:
    """The results that were left out for a document of these: one of them may have it now."""
    found: set[str] = set()
    for path in paths:
        held = sa.select(results.c.document_id).where(results.c.path == path).scalar_subquery()
        found.update(connection.scalars(sa.select(results.c.path).where(results.c.repeats == held)))
    return found


def _delete(connection: sa.Connection, path: str) -> None:
    number = connection.scalar(sa.select(results.c.number).where(results.c.path == path))
    if number is None:
        return
    text_index.unindex_result(connection, number)
    for table in OF_RESULT:
        connection.execute(table.delete().where(table.c.result == number))
    connection.execute(results.delete().where(results.c.number == number))


def _put(connection: sa.Connection, taken: Taken, sent: int) -> None:
    """Put a result in. Of two with one document the first by path has it, whoever came first."""
    held = sa.select(results.c.path).where(results.c.document_id == taken.document_id)
    holder = connection.scalar(held) if taken.document_id else None
    if holder is not None and holder < taken.file.path:
        _insert(connection, left_out(taken), sent, repeats=taken.document_id)
        return
    if holder is not None:
        _displace(connection, holder, taken.document_id)
    _insert(connection, taken, sent)


def _displace(connection: sa.Connection, path: str, document_id: str | None) -> None:
    row = connection.execute(sa.select(results).where(results.c.path == path)).one()
    _delete(connection, path)
    file = ResultFile(row.path, row.size, row.changed)
    given = Taken(file, row.source_file, row.place, {})
    _insert(connection, left_out(given), row.sent, repeats=document_id)


def _insert(connection: sa.Connection, taken: Taken, sent: int, repeats: str | None = None) -> None:
    number: int = connection.scalars(
        results.insert()
        .values(
            path=taken.file.path,
            size=taken.file.size,
            changed=taken.file.changed,
            source_file=taken.source_file,
            document_id=taken.document_id,
            repeats=repeats,
            place=taken.place,
            shown_place=taken.shown_place,
            words=taken.words,
            versions_of=taken.versions_of,
            approval=taken.approval,
            approved_by=taken.approved_by,
            sent=sent,
        )
        .returning(results.c.number)
    ).one()
    for table in (*tables.values(), item_flags):
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
