"""The log of corrections of an office: a table in its store that is added to and never changed."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pipeline import __version__
from pipeline.correct.anchors import same_place
from pipeline.correct.standing import live, standing
from schemas.correction import Correction

STORE = "phuluc.sqlite3"
# By what program an entry was written.
PROGRAM = f"phuluc {__version__}"

_TIMEOUT = 20.0  # seconds to wait for another writer
_SCHEMA = """
CREATE TABLE IF NOT EXISTS correction_log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    entry TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS correction_log_by_content ON correction_log (sha256, number);
CREATE TRIGGER IF NOT EXISTS correction_log_keeps BEFORE DELETE ON correction_log
    BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS correction_log_stays BEFORE UPDATE ON correction_log
    BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;
"""


class ConflictError(Exception):
    """Somebody else said something of the same place meanwhile; `other` is what."""

    def __init__(self, other: Correction) -> None:
        self.other = other
        super().__init__(f"number {other.number} came meanwhile")


def now() -> str:
    """Return this moment as entries tell it: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def append(out: Path, entry: Correction, *, checked: bool = True) -> Correction:
    """Put an entry to the log of an output folder and return it with its number.

    Where `checked`, raises ConflictError if an entry about the same field of the same place came
    after `entry.base`; what the same person has said since then, word for word, as by sending a
    form twice, is in the log already and returned. Raises sqlite3.Error where the store cannot be
    written.
    """
    with _writing(out) as store:
        if checked and entry.verdict != "undo":
            since = [e for e in live(_entries(store, entry.sha256)) if e.number > entry.base]
            for other in since:
                if _says_same(other, entry):
                    return other
            _check(since, entry)
        return _insert(store, entry)


def put_in(out: Path, entries: Sequence[Correction]) -> int:
    """Put the entries of another office's log to this one's, and return how many were new.

    They get numbers of this log, in their order; undos follow what they take back.
    """
    with _writing(out) as store:
        known = {_content(entry): entry.number for entry in _entries(store)}
        numbers: dict[int, int] = {}
        count = 0
        for entry in sorted(entries, key=lambda each: each.number):
            moved = replace(entry, undoes=numbers.get(entry.undoes or 0), base=0)
            key = _content(moved)
            if key not in known:
                known[key] = _insert(store, moved).number
                count += 1
            numbers[entry.number] = known[key]
        return count


def entries(out: Path, sha256: str | None = None) -> list[Correction]:
    """Return the log in the order of its numbers, of one content or whole; none where none is."""
    path = out / STORE
    if not path.exists():
        return []
    with closing(_connect(path)) as store:
        return _entries(store, sha256)


def entries_about(out: Path, sha256: str) -> list[Correction]:
    """Return the log about a content, with what was said of it and a twin, by their numbers."""
    path = out / STORE
    if not path.exists():
        return []
    with closing(_connect(path)) as store:
        # Two contents are parted by ":", behind which ";" comes.
        of_twins = _selected(store, "WHERE sha256 > ? AND sha256 < ?", f"{sha256}:", f"{sha256};")
        return sorted([*_entries(store, sha256), *of_twins], key=lambda entry: entry.number)


def entries_after(out: Path, number: int) -> tuple[int, list[Correction]]:
    """Return the last number of the log, and the entries that came after one.

    All of them where the log ends before that: it is another one then, put back from a backup.
    """
    path = out / STORE
    if not path.exists():
        return 0, []
    with closing(_connect(path)) as store:
        newest = _selected(store, "WHERE number = (SELECT max(number) FROM correction_log)")
        last = newest[0].number if newest else 0
        return last, _selected(store, "WHERE number > ?", number if number <= last else 0)


def entries_of_each(out: Path, contents: Iterable[str]) -> dict[str, list[Correction]]:
    """Return the log about each of these contents (SHA-256), by their numbers, where there is any.

    Asked at once: of hundreds of files of a unit few were corrected.
    """
    path = out / STORE
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    if path.exists():
        asked = msgspec.json.encode(list(contents)).decode()
        with closing(_connect(path)) as store:
            where = "WHERE sha256 IN (SELECT value FROM json_each(?))"
            for entry in _selected(store, where, asked):
                found[entry.sha256].append(entry)
    return dict(found)


def people_of(out: Path, contents: Sequence[str]) -> dict[str, list[str]]:
    """Return who said something about each of these contents (SHA-256), by name."""
    about = entries_of_each(out, contents)
    return {each: sorted({entry.who for entry in about.get(each, ())}) for each in contents}


def standing_of(out: Path, sha256: str | None) -> tuple[Correction, ...]:
    """Return what stands of the log about one content."""
    return standing(entries(out, sha256)) if sha256 else ()


def standing_of_all(out: Path) -> dict[str, tuple[Correction, ...]]:
    """Return what stands of the log, by content."""
    of_content = defaultdict(list)
    for entry in entries(out):
        of_content[entry.sha256].append(entry)
    return {sha256: standing(log) for sha256, log in of_content.items()}


def _says_same(other: Correction, entry: Correction) -> bool:
    def said(of: Correction) -> tuple[object, ...]:
        return of.who, of.verdict, of.field, of.column, of.read, of.value

    return said(other) == said(entry) and same_place(other, entry)


def _check(since: Sequence[Correction], entry: Correction) -> None:
    for other in since:
        if (
            other.field == entry.field
            and other.column == entry.column
            and other.verdict not in ("postpone", "add_row")
            and (other.value, other.verdict) != (entry.value, entry.verdict)
            and same_place(other, entry)
        ):
            raise ConflictError(other)


def _insert(store: sqlite3.Connection, entry: Correction) -> Correction:
    bare = msgspec.json.encode(replace(entry, number=0)).decode()
    done = store.execute(
        "INSERT INTO correction_log (sha256, entry) VALUES (?, ?)", (entry.sha256, bare)
    )
    return replace(entry, number=done.lastrowid or 0)


def _entries(store: sqlite3.Connection, sha256: str | None = None) -> list[Correction]:
    return _selected(store, "WHERE sha256 = ?", sha256) if sha256 else _selected(store, "")


def _selected(store: sqlite3.Connection, where: str, *values: str | int) -> list[Correction]:
    try:
        rows = store.execute(
            f"SELECT number, entry FROM correction_log {where} ORDER BY number",
            values,
        ).fetchall()
    except sqlite3.OperationalError as error:
        # Nothing else may pass for a log in which nobody said anything: not a busy store either.
        if "no such table" in str(error):
            return []
        raise
    return [
        replace(msgspec.json.decode(entry, type=Correction), number=number)
        for number, entry in rows
    ]


def _content(entry: Correction) -> bytes:
    return msgspec.json.encode(replace(entry, number=0, base=0))


def _connect(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=_TIMEOUT, isolation_level=None)
    store.execute("PRAGMA synchronous = FULL")
    return store


@contextmanager
def _writing(out: Path) -> Iterator[sqlite3.Connection]:
    """Hold the store for one transaction: what is read in it stays true until it is written."""
    out.mkdir(parents=True, exist_ok=True)
    with closing(_connect(out / STORE)) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.executescript(_SCHEMA)
        store.execute("BEGIN IMMEDIATE")
        try:
            yield store
        except BaseException:
            store.execute("ROLLBACK")
            raise
        store.execute("COMMIT")
