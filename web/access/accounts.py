"""Accounts: who may use the pages from other machines. Passwords are kept as scrypt makes them."""

import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.correct.log import STORE
from schemas.errors import UserError

SHORTEST = 10  # characters of a password

_TIMEOUT = 20.0  # seconds to wait for another writer
_TABLE = """
CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL
) WITHOUT ROWID
"""
_COST, _BLOCK, _LANES = 2**14, 8, 1  # 16 MB and 50 ms a try
_FIRST_WAIT, _MOST_WAIT = 0.5, 16.0  # seconds
_MOST_GUESSERS = 10_000  # that are remembered after their time to wait is over


class AccountError(UserError):
    """An account that cannot be made or taken away."""


class Accounts:
    """The accounts of one office, in its store."""

    def __init__(self, out: Path) -> None:
        self._path = out / STORE

    def names(self) -> list[str]:
        """Return who has an account."""
        with self._store() as store:
            return [name for (name,) in store.execute("SELECT name FROM accounts ORDER BY name")]

    def add(self, name: str, password: str) -> None:
        """Make an account, or give one another password; raises AccountError."""
        if not name.strip() or len(name) > 60:
            raise AccountError("account_name", name=name)
        if len(password) < SHORTEST:
            raise AccountError("account_password", least=SHORTEST)
        salt = secrets.token_bytes(16)
        with self._store() as store:
            store.execute(
                "INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)",
                (name.strip(), salt, _hash(password, salt)),
            )

    def remove(self, name: str) -> None:
        """Take an account away; raises AccountError where there is none."""
        with self._store() as store:
            if not store.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount:
                raise AccountError("account_unknown", name=name)

    def holds(self, name: str) -> bool:
        """Whether there is such an account."""
        return name in self.names()

    def check(self, name: str, password: str) -> bool:
        """Whether the password is that of the account; takes as long for an unknown name."""
        with self._store() as store:
            row = store.execute(
                "SELECT salt, hash FROM accounts WHERE name = ?", (name,)
            ).fetchone()
        salt, held = row or (b"\0" * 16, b"")
        return hmac.compare_digest(_hash(password, salt), held)

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_TIMEOUT)) as store, store:
            store.execute(_TABLE)
            yield store


class SlowDown:
    """Who guesses waits: twice as long after each wrong try, up to 16 seconds.

    Tries for one account from one address come in turn, so that many at once gain nothing; whoever
    else has the account enters from another address without waiting.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[tuple[str, str], tuple[int, float]] = {}

    def turn(self, name: str, address: str) -> float | None:
        """Return how many seconds a try must wait; None where too many wait before it."""
        now = time.monotonic()
        with self._lock:
            if len(self._wrong) >= _MOST_GUESSERS:
                self._wrong = {who: known for who, known in self._wrong.items() if known[1] > now}
            count, free = self._wrong.get((name, address), (0, now))
            wait = max(0.0, free - now)
            if wait > _MOST_WAIT:
                return None
            pause = min(_MOST_WAIT, _FIRST_WAIT * 2**count)
            self._wrong[name, address] = (min(count + 1, 10), now + wait + pause)
        return wait

    def entered(self, name: str, address: str) -> None:
        """Note that the password was right."""
        with self._lock:
            self._wrong.pop((name, address), None)


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES)
