"""The registry that a plan is read with: the shipped list, the office's own over it, decisions."""

import hashlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from pipeline import __version__
from pipeline.agencies.registry.decisions import Verdicts
from pipeline.agencies.registry.entries import Entry, UnitKey, read_entries
from pipeline.agencies.registry.errors import RegistryError
from pipeline.knowledge import read_bytes

# All that says which agency a text means: places are part of it.
_SHIPPED = (
    "agencies.csv",
    "agencies_components.csv",
    "agencies_words.yaml",
    "unit_kinds.yaml",
    "units.csv",
    "units_changes.csv",
    "units_earlier.csv",
)


class Thresholds(NamedTuple):
    """Scores from which a match is accepted, and from which it is worth a look."""

    accept: float
    review: float


class Registry(Struct, frozen=True, eq=False):
    """All agencies by id, what was decided about texts (`verdicts`), and how sure a match must be.

    `every` also holds the agencies that the office keeps to other units' plans. `version` changes
    with any change of content or of the program, and is the same for all units. A registry equals
    itself alone, so that it can be the key of what is made from it.
    """

    entries: Mapping[str, Entry]
    version: str
    verdicts: Verdicts
    every: Mapping[str, Entry]
    thresholds: Thresholds


def version_of(overlay: bytes, held: Verdicts) -> str:
    """Return the version of the program and of all that a registry is made from."""
    parts = [*map(read_bytes, _SHIPPED), overlay, *filter(None, [held.content()])]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{__version__}+{digest[:12]}"


def laid_over(
    overlay: bytes, source: str, held: Verdicts, place: UnitKey | None
) -> dict[str, Entry]:
    """Return the shipped entries with the office's rows over them, and what was decided to be new.

    The rows are those of that place and of every place, all of them where `place` is None.
    `source` names the office's file in what RegistryError says of it.
    """
    entries = dict(shipped_entries())
    if overlay:
        for entry in read_entries(overlay, source, known=entries, place=place):
            entries[entry.id] = entry
    for made in held.new:
        entries.setdefault(
            made.agency_id, Entry(made.agency_id, made.name, made.level, made.kind or "agency")
        )
    return entries


def check_successors(entries: Mapping[str, Entry], source: str) -> None:
    """Raise RegistryError where an agency is succeeded by one that is in no list."""
    for entry in entries.values():
        unknown = [s for s in entry.successors if s not in entries]
        if unknown:
            raise RegistryError("successor_unknown", path=source, id=entry.id, successor=unknown[0])


def check_decided(held: Verdicts, entries: Collection[str], source: str) -> None:
    """Raise RegistryError where a decision names an agency that is in no list (any more)."""
    for meant in held.meant.values():
        if meant.agency_id not in entries:
            raise RegistryError(
                "decision_dangling",
                path=source,
                number=meant.number,
                text=meant.text,
                id=meant.agency_id,
            )


@lru_cache(maxsize=1)
def shipped_entries() -> Mapping[str, Entry]:
    """Return the agencies of the shipped list by id."""
    return {e.id: e for e in read_entries(read_bytes("agencies.csv"), "agencies.csv")}
