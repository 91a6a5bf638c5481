"""Cells of agencies: several spellings and separators, with the canonical names as truth."""

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.corpus.model import Agencies, Place

CONTENT = Path(__file__).parent / "content"


@lru_cache
def _registry() -> dict[str, list[dict[str, Any]]]:
    loaded = yaml.safe_load((CONTENT / "agencies.yaml").read_text(encoding="utf-8"))
    return dict(loaded)


def agencies_of(place: Place) -> list[dict[str, Any]]:
    """Return the agencies that a plan of that place may name."""
    return [a for a in _registry()[place.level] if a.get("only", place.kind) == place.kind]


def _join(rng: random.Random, forms: list[str], separator: str) -> str:
    text = forms[0]
    for i, form in enumerate(forms[1:], start=2):
        last = i == len(forms)
        # "và" only where it cannot be read as part of a name.
        glue = " và " if last and separator != "\n" and rng.random() < 0.1 else separator
        text += glue + form
    return text + rng.choice(("", "", "", ".", ";"))


def _shared_head(rng: random.Random, entries: list[dict[str, Any]]) -> str | None:
    """Return "Các phòng: Nội vụ, Tư pháp" where all are phòng with plain names."""
    names = [entry["name"] for entry in entries]
    if len(names) < 2 or any(not n.startswith("Phòng ") or "," in n for n in names):
        return None
    if rng.random() > 0.4:
        return None
    head = rng.choice(("Các phòng: ", "Các phòng "))
    return head + ", ".join(n.removeprefix("Phòng ") for n in names)


def draw(rng: random.Random, place: Place, count: int, exclude: tuple[str, ...] = ()) -> Agencies:
    """Return a cell with `count` different agencies, none of which is in `exclude`."""
    pool = [a for a in agencies_of(place) if a["name"] not in exclude]
    entries: list[dict[str, Any]] = []
    while len(entries) < count:
        entry = rng.choices(pool, [a.get("weight", 1) for a in pool])[0]
        if all(entry["name"] != other["name"] for other in entries):
            entries.append(entry)
    names = tuple(entry["name"] for entry in entries)
    shared = _shared_head(rng, entries)
    if shared:
        return Agencies(shared, names)
    forms = [rng.choice(entry["forms"]).format(u=place.kind) for entry in entries]
    separator = rng.choices((", ", "; ", "\n"), (45, 40, 15))[0]
    return Agencies(_join(rng, forms, separator), names)
