"""The files that wait to be read: a table in the office's store, so that a restart loses none."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from pipeline.correct.log import STORE

State = Literal["waiting", "reading", "done", "failed"]

_TIMEOUT = 20.0  # seconds to wait for another writer
_TABLE = """
CREATE TABLE IF NOT EXISTS inbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'failed')),
    page INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    message_vi TEXT NOT NULL DEFAULT '',
    message_en TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL,
    at TEXT NOT NULL
)
"""
_COLUMNS = "number, name, sha256, size, state, page, pages, message_vi, message_en, who, at"


class Sent(Struct, frozen=True):
    """A file that was sent: its name in the inbox, what became of it, why it failed."""

    number: int
    name: str
    sha256: str
    size: int
    state: State
    page: int
    pages: int
    message_vi: str
    message_en: str
    who: str
    at: str

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


class Queue:
    """The queue of one office."""

    def __init__(self, out: Path) -> None:
        self._path = out / STORE

    def prepare(self) -> None:
        """Make the table; what was being read when the program ended waits again."""
        with self._store() as store:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute(_TABLE)
            store.execute("UPDATE inbox SET state = 'waiting', page = 0 WHERE state = 'reading'")

    def all(self) -> list[Sent]:
        """Return what was sent, the last first."""
        return self._rows(f"SELECT {_COLUMNS} FROM inbox ORDER BY number DESC")

    def find(self, sha256: str) -> Sent | None:
        """Return the file of that content, if it was sent."""
        found = self._rows(f"SELECT {_COLUMNS} FROM inbox WHERE sha256 = ?", sha256)
        return found[0] if found else None

    def add(self, name: str, sha256: str, size: int, who: str, at: str) -> None:
        """Let a file wait; one of the same name that was sent before is in its place."""
        with self._store() as store:
            store.execute("DELETE FROM inbox WHERE name = ?", (name,))
            store.execute(
                "INSERT INTO inbox (name, sha256, size, state, who, at)"
                " VALUES (?, ?, ?, 'waiting', ?, ?)",
                (name, sha256, size, who, at),
            )

    def take(self) -> Sent | None:
        """Return the next file that waits, which is being read from now on."""
        with self._store() as store:
            row = store.execute(
                f"UPDATE inbox SET state = 'reading' WHERE number ="
                f" (SELECT min(number) FROM inbox WHERE state = 'waiting') RETURNING {_COLUMNS}"
            ).fetchone()
        return Sent(*row) if row else None

    def progress(self, number: int, page: int, pages: int) -> None:
        """Say how far the reading has come."""
        with self._store() as store:
            store.execute(
                "UPDATE inbox SET page = ?, pages = ? WHERE number = ?", (page, pages, number)
            )

    def settle(self, number: int, state: State, messages: tuple[str, str] = ("", "")) -> None:
        """Say what became of a file; `messages` are in Vietnamese and in English."""
        with self._store() as store:
            store.execute(
                "UPDATE inbox SET state = ?, message_vi = ?, message_en = ?,"
                " page = CASE WHEN ? = 'done' THEN pages ELSE page END WHERE number = ?",
                (state, *messages, state, number),
            )

    def again(self, number: int) -> None:
        """Let a file that failed wait once more."""
        with self._store() as store:
            store.execute(
                "UPDATE inbox SET state = 'waiting', page = 0, message_vi = '', message_en = ''"
                " WHERE number = ? AND state = 'failed'",
                (number,),
            )

    def _rows(self, statement: str, *values: object) -> list[Sent]:
        with closing(sqlite3.connect(self._path, timeout=_TIMEOUT)) as store:
            rows: Sequence[tuple[Any, ...]] = store.execute(statement, values).fetchall()
        return [Sent(*row) for row in rows]

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_TIMEOUT)) as store, store:
            yield store
