"""Who issued a plan, from the name of a place that a person or a program gives."""

from datetime import date

from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.places import level_of
from pipeline.places.units import find_unit


def issuer_of(unit: str | None, issued: date | None = None) -> IssuerContext:
    """Return the issuer of that place ("huyện Chi Lăng"); the level is None where it is unknown."""
    if not unit:
        return IssuerContext(issued=issued)
    place = find_unit(unit, on=issued)
    if place is not None:
        return IssuerContext(place.level, place.name, place.province, issued)
    # A commune's name without its province is seldom the only one, but its kind tells the level.
    return IssuerContext(level=level_of(unit), unit=unit, issued=issued)
