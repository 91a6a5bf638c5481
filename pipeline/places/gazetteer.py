"""Which places there are or were, by name: provinces, districts and communes of all times."""

import csv
import re
from functools import lru_cache

from msgspec import Struct

from pipeline.agencies.words import load_words
from pipeline.knowledge import read_text
from pipeline.language.text import bare, clean, fold

_NEEDS_FOLD = re.compile(r"[-–'’]|o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ]")
_KIND_OF_UNIT = re.compile(r"^(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu) ")
# A commune's kind changes (xã, phường, thị trấn), a district's seldom, a province's never.
_LEVELS_OF_UNITS = {"tinh": "province", "huyen": "district", "quan": "district"}


class KnownPlaces(Struct, frozen=True):
    """Names of places that a document may mention without saying of which kind they are."""

    names: tuple[tuple[tuple[str, ...], str], ...]

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, *units: str | None) -> "KnownPlaces":
        """Return the names of these units without their kinds ("Chi Lăng" of "huyện Chi Lăng")."""
        words = load_words()
        names = []
        for unit in units:
            parts = tuple(bare(unit or "").split())
            cut = next((n for n in (2, 1) if parts[:n] in words.levels), 0)
            if parts[cut:]:
                names.append((parts[cut:], " ".join(clean(unit or "").split()[cut:])))
        return cls(tuple(names))


def is_place(unit: str) -> bool:
    """Return whether there is or was a unit of that name, of this level or, below it, another."""
    key = fold(unit)
    kinds = [" ".join(kind) + " " for kind in load_words().levels]
    plain = bare(unit)
    cut = next((len(k) for k in sorted(kinds, key=len, reverse=True) if plain.startswith(k)), 0)
    level = _LEVELS_OF_UNITS.get(plain[:cut].strip(), "any")
    return key[cut:] in names_of_places(level)


@lru_cache(maxsize=4)
def names_of_places(level: str = "any") -> frozenset[str]:
    """Return the folded names of the units of a level, of all times, without their kinds."""
    names = set()
    for file in ("units.csv", "units_earlier.csv"):
        text = read_text(file)
        for row in csv.DictReader(text.splitlines()):
            if level not in ("any", row["level"]):
                continue
            name = row["name"].lower()
            # Quicker than `fold` on fourteen thousand names, of which few have what it changes.
            name = fold(name) if _NEEDS_FOLD.search(name) else name
            names.add(_KIND_OF_UNIT.sub("", name))
    return frozenset(names)
