"""What people decided about agencies: "this text is that one", "never that one", "a new one".

A small SQLite file keeps every decision with who made it and when; what is undone stays in it and
is marked. The last decision about a text holds. Who and when never reach a result: two stores that
decide the same give the same bytes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import astuple

from pipeline.agencies.registry.errors import RegistryError
from pipeline.agencies.tokens import TokenizedText, tokenize
from pipeline.agencies.words import AND
from schemas.plan import AgencyKind, AgencyLevel

Verdict = Literal["is", "is_not", "new"]

_TABLE = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('is', 'is_not', 'new')),
    agency_id TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT CHECK (level IN ('central', 'province', 'district', 'commune')),
    kind TEXT CHECK (kind IN ('agency', 'front', 'collective', 'unit', 'person')),
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
)
"""
_PATIENCE = 10.0  # seconds to wait for another process that is writing


class AgencyDecision(Struct, frozen=True):
    """One decision. `name`, `level` and `kind` are those of a new agency, else "", None, None.

    `decided_at` and `undone_at` are ISO 8601 with their offset; `undone_by` is None while it holds.
    `number` is 0 before it is recorded.
    """

    text: str
    verdict: Verdict
    agency_id: str
    decided_by: str
    decided_at: str
    name: str = ""
    level: AgencyLevel | None = None
    kind: AgencyKind | None = None
    undone_by: str | None = None
    undone_at: str | None = None
    number: int = 0


COLUMNS: tuple[str, ...] = AgencyDecision.__struct_fields__


class Meant(Struct, frozen=True):
    """The agency that a text stands for. `hard` counts the strong separators in the text.

    `number` is that of the decision.
    """

    text: str
    agency_id: str
    hard: int
    number: int


class Verdicts(Struct, frozen=True):
    """What holds now. Texts go by their run (see `run_of`); `refused` are pairs of run and id."""

    meant: dict[str, Meant] = field(default_factory=dict)
    refused: frozenset[tuple[str, str]] = frozenset()
    new: tuple[AgencyDecision, ...] = ()

    def content(self) -> bytes:
        """Return what can change a result, for a digest; b"" where nothing is decided."""
        if not (self.meant or self.refused or self.new):
            return b""
        meant = sorted((run, m.agency_id, m.hard) for run, m in self.meant.items())
        new = sorted((d.agency_id, d.name, d.level or "", d.kind or "") for d in self.new)
        return repr((meant, sorted(self.refused), new)).encode()


def run_of(cell: TokenizedText, start: int = 0, end: int | None = None) -> str:
    """Return the letters of the tokens, folded and run together, "và" left out.

    It is the same however the text is spaced, hyphenated, capitalised and its tones are placed.
    """
    return "".join(token.key for token in cell.tokens[start:end] if token.key not in AND)


def verdicts(decisions: Iterable[AgencyDecision]) -> Verdicts:
    """Return what the decisions come to, the last about a text and an agency winning."""
    meant: dict[str, Meant] = {}
    refused: dict[tuple[str, str], None] = {}
    new = []
    for decision in decisions:
        if decision.undone_by is not None:
            continue
        cell = tokenize(decision.text)
        run, identifier = run_of(cell), decision.agency_id
        if decision.verdict == "is_not":
            refused[run, identifier] = None
            if run in meant and meant[run].agency_id == identifier:
                del meant[run]
            continue
        hard = sum(token.hard for token in cell.tokens)
        meant[run] = Meant(decision.text, identifier, hard, decision.number)
        refused.pop((run, identifier), None)
        if decision.verdict == "new":
            new.append(decision)
    return Verdicts(meant, frozenset(refused), tuple(new))


def history(path: Path) -> tuple[AgencyDecision, ...]:
    """Return all decisions in the order in which they were made, undone ones included.

    None where there is no store yet. Raises RegistryError where the file cannot be used.
    """
    if not path.exists():
        return ()
    with _told(path), closing(_open(path, "ro")) as store:
        rows = store.execute(f"SELECT {', '.join(COLUMNS)} FROM decisions ORDER BY number")
        return tuple(AgencyDecision(*row) for row in rows)


def record(path: Path, decisions: Sequence[AgencyDecision]) -> tuple[AgencyDecision, ...]:
    """Add decisions, all or none, and return them with their numbers.

    Raises RegistryError where a text says nothing or the file cannot be used, OSError where its
    folder cannot be made.
    """
    for decision in decisions:
        if not run_of(tokenize(decision.text)):
            raise RegistryError("decision_without_word", text=decision.text)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = COLUMNS[:-1]
    statement = f"INSERT INTO decisions ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})"
    with _told(path), closing(_open(path, "rwc")) as store, store:
        store.execute(_TABLE)
        numbers = [store.execute(statement, astuple(d)[:-1]).lastrowid for d in decisions]
    by_number = {decision.number: decision for decision in history(path)}
    return tuple(by_number[number] for number in numbers if number is not None)


def undo(path: Path, number: int, by: str, at: datetime) -> AgencyDecision:
    """Mark a decision as undone and return it; what was decided before it holds again.

    Raises RegistryError where there is no such decision, or it is undone already.
    """
    known = {decision.number: decision for decision in history(path)}
    if number not in known or known[number].undone_by is not None:
        raise RegistryError("decision_not_held", path=path, number=number)
    statement = (
        "UPDATE decisions SET undone_by = ?, undone_at = ? WHERE number = ? AND undone_by IS NULL"
    )
    with _told(path), closing(_open(path, "rw")) as store, store:
        store.execute(statement, (by, stamp(at), number))
    return next(decision for decision in history(path) if decision.number == number)


def stamp(at: datetime) -> str:
    """Return the time as it is kept: ISO 8601 to the second, with the offset."""
    return at.isoformat(timespec="seconds")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise RegistryError("decisions_unusable", path=path, reason=error) from error
