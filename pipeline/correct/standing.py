"""The log folded into what stands today."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.correct.anchors import same_place
from schemas.correction import Correction, Verdict

# What is said about a doubt beside what is said about a value: neither takes the other's place.
_BESIDE_VALUES: frozenset[Verdict] = frozenset({"confirm", "postpone"})
_NO_CHANGE: frozenset[Verdict] = frozenset({"postpone", "approve"})


def not_taken_back(log: Iterable[Correction]) -> list[Correction]:
    """Return the entries that nobody took back, undos among them, in the order of their numbers.

    Undoing an undo brings back what it had taken.
    """
    undone: set[int] = set()
    kept = []
    for entry in sorted(log, key=lambda entry: -entry.number):
        if entry.number in undone:
            continue
        if entry.verdict == "undo":
            undone.add(entry.undoes or 0)
        kept.append(entry)
    return kept[::-1]


def live(log: Iterable[Correction]) -> list[Correction]:
    """Return the entries that nobody took back, without the undos, by their numbers."""
    return [entry for entry in not_taken_back(log) if entry.verdict != "undo"]


def standing(log: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return what holds: of several entries about one field of one place the last."""
    kept: list[Correction] = []
    for entry in reversed(live(log)):
        if entry.verdict == "add_row" or not any(_replaces(later, entry) for later in kept):
            kept.append(entry)
    return tuple(reversed(kept))


def applied(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return those of the standing ones that change a result: not postponing, not approving."""
    return tuple(entry for entry in corrections if entry.verdict not in _NO_CHANGE)


def digest(corrections: Sequence[Correction]) -> str | None:
    """Return a digest of what is applied, as 12 hex digits; None where there is nothing."""
    said = [
        (c.page, c.bbox, c.cell, c.column, c.field, c.verdict, c.value, c.read)
        for c in applied(corrections)
    ]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:12] if said else None


def _replaces(later: Correction, entry: Correction) -> bool:
    about_doubts = later.verdict in _BESIDE_VALUES
    if later.field != entry.field or about_doubts != (entry.verdict in _BESIDE_VALUES):
        return False
    if about_doubts and later.read != entry.read:
        return False  # two doubts at one place: two agencies of one cell
    return later.column == entry.column and same_place(later, entry)
