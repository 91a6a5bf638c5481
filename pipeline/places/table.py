"""The table of administrative units, its rows as they stand in the data.

`knowledge/units.csv` is made by scripts/build_units.py; kept by hand is
`knowledge/units_earlier.csv` (what ended before 2025 and would else be mistaken for a namesake)
and `knowledge/units_changes.csv`: one line for each unit that takes another name or kind on a day.
"""

import csv
import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from pipeline.knowledge import read_text

_MADE, _EARLIER = "units.csv", "units_earlier.csv"
_WORD = re.compile(r"[^\W\d_]{2,}")


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
    rows = [*_rows_of(_MADE), *_rows_of(_EARLIER)]
    for change in csv.DictReader(read_text("units_changes.csv").splitlines()):
        rows = _changed(rows, change)
    return tuple(rows)


@cache
def words_of_places() -> frozenset[str]:
    """Return the words of the names in units.csv as they are printed: Krông, gar of M'gar.

    What is kept by hand is left out, so that a line more of it reads no scan anew.
    """
    printed = {part for row in _rows_of(_MADE) for part in row.name.split()}
    return frozenset(word for part in printed for word in _WORD.findall(part))


@cache
def _rows_of(file: str) -> tuple[UnitRow, ...]:
    heads, *lines = csv.reader(read_text(file).splitlines())
    if tuple(heads) != UnitRow._fields:
        raise ValueError(f"{file}: other columns than {UnitRow._fields}")
    return tuple(map(UnitRow._make, lines))


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
