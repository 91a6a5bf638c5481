"""The database brought in line with an output folder.

Whether one document was corrected or all are new, it is done in one way: what is due is looked
for, taken in, and settled with the documents that it has something to do with. For one document
nothing is looked over but that one and these.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from pipeline.correct.log import standing_of, standing_of_all
from pipeline.dataset.known_files import known_files
from pipeline.dataset.store.database import database, reading
from pipeline.dataset.store.due import SAID, Due, find_due
from pipeline.dataset.store.settle import settle
from pipeline.dataset.store.taken import ResultFile, Taken, read_result
from pipeline.dataset.store.write import (
    indexes_made_after,
    note_sources,
    prepare,
    replace_results,
    set_mark,
)
from pipeline.parallel import map_ahead
from schemas.correction import Correction

_AT_ONCE = 50  # results in one transaction
_MANY = 100  # results after which the database looks at its tables anew
_BULK = 1000  # results of an empty database from which on its indexes are made at the end


def fill_database(out: Path, url: str, *, rebuild: bool = False) -> None:
    """Bring the database of a URL in line with what lies in `out`, and write no files.

    Raises DatabaseError where it cannot be used.
    """
    with database(url) as engine:
        fill(engine, out, rebuild=rebuild)


def fill(engine: sa.Engine, out: Path, *, rebuild: bool = False) -> None:
    """Bring a database in line with all that lies in `out`; raises OSError, as `take_in` does."""
    prepare(engine, anew=rebuild)
    take_in(engine, out)


def take_in(engine: sa.Engine, out: Path, only: Collection[str] | None = None) -> None:
    """Take in what is new or changed in `out` or in what people said; nothing where nothing is.

    With `only`, files at these paths within `out` alone are looked at. Each result is replaced
    whole, in one transaction: whoever reads meanwhile has the old one or the new one, never none.
    Cut short, it goes on the next time. Raises OSError where a result cannot be read.
    """
    with reading(engine) as connection:
        due = find_due(connection, out, only)
    bulk = not due.known and len(due.files) >= _BULK
    with indexes_made_after(engine) if bulk else nullcontext():
        gone = due.gone
        for taken, is_last in _read(out, due):
            with engine.begin() as connection:
                replace_results(connection, gone, taken)
                if is_last:
                    _conclude(connection, out, due, whole=only is None)
            gone = ()
    if len(due.files) >= _MANY:
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")  # else questions are planned by guesses


def _conclude(connection: sa.Connection, out: Path, due: Due, *, whole: bool) -> None:
    """Settle what changed; what is known of source files changes with batches alone."""
    if whole:
        note_sources(connection, known_files(out))
    settle(connection, out)
    set_mark(connection, SAID, due.said)


def _read(out: Path, due: Due) -> Iterator[tuple[list[Taken], bool]]:
    """Yield what is due, some results at a time, and whether it is the last of it.

    It is read by forked workers, since that takes longer than writing what was read. Where nothing
    is due there is one part all the same, with nothing in it.
    """
    files = due.files
    parts = [files[n : n + _AT_ONCE] for n in range(0, len(files), _AT_ONCE)] or [()]
    read = partial(_read_part, out, _said_of(out, len(parts)))
    for number, taken in enumerate(map_ahead(read, parts, os.cpu_count() or 1), 1):
        yield taken, number == len(parts)


def _said_of(out: Path, parts: int) -> Callable[[str], Sequence[Correction]]:
    """What gives what people said of a content: looked up for a few documents, read for many."""
    if parts == 1:
        return partial(standing_of, out)
    of_all = standing_of_all(out)
    return lambda content: of_all.get(content, ())


def _read_part(
    out: Path, said_of: Callable[[str], Sequence[Correction]], files: Sequence[ResultFile]
) -> list[Taken]:
    return [read_result(out, file, said_of) for file in files]
