"""The table of administrative units, its rows as they stand in the data.

`knowledge/units.csv` is made by scripts/build_units.py; kept by hand is
`knowledge/units_earlier.csv` (what ended before 2025 and would else be mistaken for a namesake)
and `knowledge/units_changes.csv`: one line for each unit that takes another name or kind on a day.
"""

import csv
from datetime import date, timedelta
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
    for change in csv.DictReader(read_text("units_changes.csv").splitlines()):
        rows = _changed(rows, change)
    return tuple(rows)


def _changed(rows: list[UnitRow], change: dict[str, str]) -> list[UnitRow]:
    """Return the rows with the unit's ended the day before, and a new one of its new name."""
    day = change["day"]
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    at, old = next(
        (at, row)
        for at, row in enumerate(rows)
        if row.code == change["code"] and row.valid_from <= before and not row.valid_to
    )
    new = old._replace(name=change["name"], valid_from=day)
    return [*rows[:at], old._replace(valid_to=before, successors=old.code), new, *rows[at + 1 :]]
