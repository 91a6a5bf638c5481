"""What has to be taken into the database: results that changed, or of which people said something.

A change of a file shows in its size and time, a change of what people said in the numbers of the
log, which only grow: however many documents there are, what is new is found by itself.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct

from pipeline.correct.log import entries_after
from pipeline.dataset.store.schema import results, tables
from pipeline.dataset.store.taken import ResultFile, result_file, result_files
from pipeline.dataset.store.write import mark

SAID = "said"  # up to which number of the log the database has what people said
_PAIR = ":"  # between two contents of which something was said together


class Due(Struct, frozen=True):
    """Results to take in, in the order of their paths, and paths at which there is none any more.

    `known` is how many the database knows of those that were looked at; `said` is the mark to make
    when all is done.
    """

    files: tuple[ResultFile, ...]
    gone: tuple[str, ...]
    known: int
    said: str


def find_due(connection: sa.Connection, out: Path, only: Collection[str] | None = None) -> Due:
    """Return what changed among the results in `out`; with `only`, among those paths within it."""
    files = result_files(out) if only is None else _there(out, only)
    found = {file.path: file for file in files}
    known = _known(connection, only)
    said, contents = _said_since(connection, out)
    stale = {path for path, file in known.items() if found.get(path) != file}
    stale.update(_of_contents(connection, contents))
    stale.update(_repeating(connection, stale))
    found |= {file.path: file for file in _there(out, stale - found.keys())}
    due = found.keys() - (known.keys() - stale)
    return Due(
        tuple(found[path] for path in sorted(due)),
        tuple(sorted(stale - found.keys())),
        len(known),
        str(said),
    )


def _there(out: Path, paths: Iterable[str]) -> Iterator[ResultFile]:
    """The results that lie at these paths."""
    return filter(None, (result_file(out, path) for path in paths))


def _known(connection: sa.Connection, only: Collection[str] | None) -> dict[str, ResultFile]:
    query = sa.select(results.c.path, results.c.size, results.c.changed)
    if only is not None:
        query = query.where(results.c.path.in_(only))
    return {row.path: ResultFile(*row) for row in connection.execute(query)}


def _said_since(connection: sa.Connection, out: Path) -> tuple[int, set[str]]:
    """Up to which number there is something in the log, and the contents it is about since."""
    seen = int(mark(connection, SAID) or 0)
    last, since = entries_after(out, seen)
    contents = {content for entry in since for content in entry.sha256.split(_PAIR)}
    return last, contents


def _of_contents(connection: sa.Connection, contents: Collection[str]) -> Iterator[str]:
    documents = tables["documents"].c
    query = sa.select(results.c.path).join_from(
        results, tables["documents"], documents.result == results.c.number
    )
    for content in contents:
        yield from connection.scalars(query.where(documents.sha256 == content))


def _repeating(connection: sa.Connection, paths: Collection[str]) -> Iterator[str]:
    """The results that were left out for a document of these: one of them may have it now."""
    held = results.alias()
    query = sa.select(results.c.path, held.c.path.label("holder"))
    query = query.where(results.c.repeats.is_not(None), held.c.document_id == results.c.repeats)
    for row in connection.execute(query) if paths else ():
        if row.holder in paths:
            yield row.path
