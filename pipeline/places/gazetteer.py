"""Which places there are or were, by name: provinces, districts and communes of all times."""

from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from pipeline.language.text import bare, clean, fold
from pipeline.places.kinds import KIND_OF_SHORT, LEVEL_OF_KIND, kind_of, without_kind
from pipeline.places.table import UnitRow, unit_rows
from pipeline.places.units import by_core

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
    return frozenset(
        name
        for name, rows in by_core().items()
        if level == "any" or any(row.level == level for row in rows)
    )


def is_province_city(name: str, on: date | None) -> bool:
    """Return whether "thành phố" and that name (without marks) are a province on that day.

    So is one that is known as nothing else, whatever the day; where no day is known, one that is a
    province on any.
    """
    cities = [row for row in _cities() if bare(without_kind(row.name)) == _LONG.get(name, name)]
    days = [(row.valid_from, row.valid_to or "9999") for row in cities if row.level == "province"]
    if on is None or len(days) == len(cities):
        return bool(days)
    return any(first <= on.isoformat() <= last for first, last in days)


_LONG = {"hcm": "ho chi minh"}


@cache
def _cities() -> tuple[UnitRow, ...]:
    return tuple(row for row in unit_rows() if kind_of(row.name) == "thành phố")
