"""Kinds of administrative unit, and until when there were districts (`unit_kinds.yaml`)."""

import re
from datetime import date, timedelta
from typing import Any, Literal

from pipeline.knowledge import load_yaml

UnitLevel = Literal["province", "district", "commune", "either"]

_DATA: dict[str, Any] = load_yaml("unit_kinds.yaml")

# "either" for a thành phố.
LEVEL_OF_KIND: dict[str, UnitLevel] = {kind: said["level"] for kind, said in _DATA["kinds"].items()}
# Without full stops: "tp" is a thành phố.
KIND_OF_SHORT: dict[str, str] = {
    short: kind for kind, said in _DATA["kinds"].items() for short in said["short"]
}
# Who holds whom: a greater one may hold a smaller one.
HEIGHT_OF_LEVEL: dict[str | None, int] = {"commune": 1, "district": 2, "either": 2, "province": 3}
OTHER_WORDS_WITHOUT_MARKS = frozenset[str](_DATA["other_words_without_marks"])
LATER_KINDS: dict[str, list[str]] = _DATA["later"]
LAST_DAY_OF_DISTRICTS: date = _DATA["last_day_of_districts"]
FIRST_DAY_WITHOUT_DISTRICTS = LAST_DAY_OF_DISTRICTS + timedelta(days=1)
# For a regular expression; no kind begins another.
ANY_KIND = "|".join(LEVEL_OF_KIND)
_KIND = re.compile(rf"({ANY_KIND}) ")


def without_kind(name: str) -> str:
    """Return a unit's name without its kind: Chi Lăng for huyện Chi Lăng."""
    found = _KIND.match(name)
    return name[found.end() :].lstrip() if found else name


def kind_of(name: str) -> str:
    """Return the kind that a unit's name begins with, "" where it begins with none."""
    found = _KIND.match(name)
    return found[1] if found else ""
