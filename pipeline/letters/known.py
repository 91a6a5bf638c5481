"""Names that an office and a province have, which the table of counts knows little of."""

from functools import lru_cache

from msgspec import Struct

from pipeline.agencies import Registry
from pipeline.letters.phrases import Names, Phrases, names_in, phrases_in
from pipeline.letters.short_forms import ShortForms, short_forms_in
from pipeline.places.units import unit_names


class Known(Struct, frozen=True):
    """Phrases of time and names of agencies; short forms of these; names of units with kinds."""

    phrases: Phrases
    forms: ShortForms
    units: frozenset[Names] = frozenset()


def known_of(registry: Registry, province: str | None) -> Known:
    """Return the names of a registry, and of the units of a province where it is known."""
    units = _units_of(province) if province else frozenset()
    return Known(phrases_in(registry), short_forms_in(registry), units)


@lru_cache(maxsize=64)
def _units_of(province: str) -> frozenset[Names]:
    return frozenset(map(names_in, unit_names(province)))
