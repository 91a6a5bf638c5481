"""The table of administrative units, its rows as they stand in the data.

`knowledge/units.csv` is made by scripts/build_units.py; kept by hand is
`knowledge/units_earlier.csv` (what ended before 2025 and would else be mistaken for a namesake).
"""

import csv
from functools import cache
from typing import NamedTuple

from pipeline.knowledge import read_text

_FILES = ("units.csv", "units_earlier.csv")


class UnitRow(NamedTuple):
    """A unit in a span of time; `name` carries its kind, days are ISO 8601 or ""."""

    code: str
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str
    successors: str
    earlier: str


@cache
def unit_rows() -> tuple[UnitRow, ...]:
    """Return all rows; raises ValueError where a file has other columns."""
    rows: list[UnitRow] = []
    for name in _FILES:
        heads, *lines = csv.reader(read_text(name).splitlines())
        if tuple(heads) != UnitRow._fields:
            raise ValueError(f"{name}: other columns than {UnitRow._fields}")
        rows += map(UnitRow._make, lines)
    return tuple(rows)
