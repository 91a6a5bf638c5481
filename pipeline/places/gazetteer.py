"""Which places there are or were, by name: provinces, districts and communes of all times."""

import re
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from pipeline.language.text import bare, clean, fold
from pipeline.places.kinds import KIND_OF_SHORT, LEVEL_OF_KIND, kind_of, without_kind
from pipeline.places.table import unit_rows

_NEEDS_FOLD = re.compile(r"[-–'’]|o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ]")
# Words for kinds of unit without marks; one letter alone stands for none.
_KINDS = {
    tuple(bare(word).split()): kind
    for word, kind in (*zip(LEVEL_OF_KIND, LEVEL_OF_KIND, strict=True), *KIND_OF_SHORT.items())
    if len(word) > 1
}
# A commune's kind changes (xã, phường, thị trấn), a district's seldom, a province's never.
_SETTLED = ("tỉnh", "huyện", "quận")


class KnownPlaces(Struct, frozen=True):
    """Names of places that a document may mention without saying of which kind they are."""

    names: tuple[tuple[tuple[str, ...], str], ...]

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, *units: str | None) -> "KnownPlaces":
        """Return the names of these units without their kinds ("Chi Lăng" of "huyện Chi Lăng")."""
        names = []
        for unit in units:
            parts = tuple(bare(unit or "").split())
            cut = next((n for n in (2, 1) if parts[:n] in _KINDS), 0)
            if parts[cut:]:
                names.append((parts[cut:], " ".join(clean(unit or "").split()[cut:])))
        return cls(tuple(names))


def is_place(unit: str) -> bool:
    """Return whether there is or was a unit of that name, of this level or, below it, another."""
    words = tuple(bare(unit).split())
    cut = next((n for n in (2, 1) if words[:n] in _KINDS and words[n:]), 0)
    kind = _KINDS.get(words[:cut], "")
    level = LEVEL_OF_KIND[kind] if kind in _SETTLED else "any"
    return " ".join(fold(unit).split()[cut:]) in names_of_places(level)


@lru_cache(maxsize=4)
def names_of_places(level: str = "any") -> frozenset[str]:
    """Return the folded names of the units of a level, of all times, without their kinds."""
    names = set()
    for row in unit_rows():
        if level in ("any", row.level):
            name = row.name.lower()
            # Quicker than `fold` on fourteen thousand names, of which few have what it changes.
            name = fold(name) if _NEEDS_FOLD.search(name) else name
            names.add(without_kind(name))
    return frozenset(names)


def is_province_city(name: str, on: date | None) -> bool:
    """Return whether "thành phố" and that name (without marks) are a province on that day.

    Where the day is unknown: on any.
    """
    return any(
        on is None or first <= on.isoformat() <= last for first, last in _cities().get(name, ())
    )


@cache
def _cities() -> dict[str, list[tuple[str, str]]]:
    """The days from and until which each city was one under the centre, as ISO 8601."""
    found = {
        bare(without_kind(row.name)): [(row.valid_from, row.valid_to or "9999")]
        for row in unit_rows()
        if row.level == "province" and kind_of(row.name) == "thành phố"
    }
    return found | {"hcm": found["ho chi minh"]}
