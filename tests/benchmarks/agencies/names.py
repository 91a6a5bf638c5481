"""Who may issue a plan, and what agencies it may name, in every form that people write.

What an agency may be called is read from `names.yaml`, collected by hand; the registry only says
what exists at which level and when. The matcher's own short forms are not used.
"""

import csv
import random
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.agencies.registry.entries import Entry

_HERE = Path(__file__).parent
_UNITS = _HERE.parents[2] / "pipeline" / "knowledge" / "units.csv"

CONTEXTS = (
    IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1)),
    IssuerContext("district", "huyện Con Cuông", "Nghệ An", date(2022, 12, 9)),
    IssuerContext("district", "thị xã Nghĩa Lộ", "Yên Bái", date(2023, 2, 20)),
    IssuerContext("district", "huyện Tri Tôn", "An Giang", date(2025, 4, 11)),
    IssuerContext("province", "tỉnh Lạng Sơn", "Lạng Sơn", date(2024, 3, 15)),
    IssuerContext("province", "tỉnh Lào Cai", "Lào Cai", date(2026, 1, 20)),
    IssuerContext("commune", "xã Chi Lăng", "Lạng Sơn", date(2026, 1, 5)),
    IssuerContext("commune", "phường Nghĩa Lộ", "Lào Cai", date(2025, 10, 2)),
)
_KINDS = {"huyện": "huyện", "thị": "thị xã", "tỉnh": "tỉnh", "xã": "xã", "phường": "phường"}


class Written(Struct, frozen=True):
    """One agency as written; `key` is its id, or "!" and the text."""

    key: str
    text: str


@cache
def listed(name: str) -> dict[str, Any]:
    """Return what one of the lists beside this file holds."""
    return dict(yaml.safe_load((_HERE / name).read_text(encoding="utf-8")))


@cache
def places(level: str) -> tuple[str, ...]:
    """Return the names of all units of a level, at any time, each once."""
    with _UNITS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        dict.fromkeys(unicodedata.normalize("NFC", r["name"]) for r in rows if r["level"] == level)
    )


def kind_of(context: IssuerContext) -> str:
    """Return the word for the issuer's kind of unit ("huyện", "thị xã")."""
    return _KINDS[(context.unit or "").split()[0]]


@cache
def pool(context: IssuerContext) -> tuple[Written, ...]:
    """Return all that a plan of that issuer and day may name, each in every form."""
    entries = shipped_office().registry().entries
    found = []
    for key, forms in listed("names.yaml").items():
        entry = entries[key]
        if not entry.existed(context.issued):
            continue
        own = entry.level in (context.level, None)
        if own or is_one_of_a_kind(entry, entries.values()):
            usable = [f for f in forms if own or "{u" not in f.lower()]
            found += [Written(key, _filled(f, context)) for f in usable if _fits(f, context)]
    return tuple(found)


def is_one_of_a_kind(entry: Entry, entries: Iterable[Entry]) -> bool:
    """Return whether the name tells the level by itself: not "Công an", nor "Thanh tra"."""
    bodies = {other.name.removesuffix(" tỉnh") for other in entries if other is not entry}
    return entry.name.removesuffix(" huyện") not in bodies


def _filled(form: str, context: IssuerContext) -> str:
    return form.format(u=kind_of(context), U=context.unit)


def _fits(form: str, context: IssuerContext) -> bool:
    """Return whether such an issuer would write so: a town's party is no "Huyện ủy"."""
    return kind_of(context) == "huyện" or not any(w in form for w in ("Huyện", "HU"))


def draw(rng: random.Random, context: IssuerContext, count: int) -> list[Written]:
    """Return so many agencies of the pool, all different, each in one of its forms."""
    drawn: dict[str, Written] = {}
    forms: dict[str, list[Written]] = {}
    for written in pool(context):
        forms.setdefault(written.key, []).append(written)
    while len(drawn) < count:
        key = rng.choice(sorted(forms))
        drawn.setdefault(key, rng.choice(forms[key]))
    return list(drawn.values())
