"""Units that should have sent a plan, and those that have not: `missing.csv`."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.store.database import database, reading, url_of
from pipeline.dataset.store.schema import tables
from pipeline.files.atomic import write_atomic
from pipeline.files.spreadsheet_text import csv_bytes
from pipeline.language.text import fold
from pipeline.places.kinds import without_kind
from pipeline.places.table import UnitRow, unit_rows
from schemas.errors import UserError

MISSING = "missing.csv"
_COLUMNS = ("unit", "province")


class ExpectedError(UserError):
    """A list of units that cannot be used."""


class ExpectedUnit(Struct, frozen=True):
    """A unit that should send something; `province` is "" where it does not matter."""

    unit: str
    province: str = ""


def missing_units(out: Path, who: str, url: str | None = None) -> tuple[str, ...]:
    """Return the names of the units that have no plan in the dataset, and write `missing.csv`.

    `who` is a CSV file with the columns unit and province (which may be empty), or a province: then
    all units directly below it count, as they stood in the latest year that the plans are for.
    Raises ExpectedError where it is neither, OSError where a file cannot be read or written.
    """
    sent, year = _sent(out, url)
    expected = _of_file(Path(who)) if Path(who).is_file() else _of_province(who, year)
    missing = [each for each in expected if not _is_in(each, sent)]
    rows = ((each.unit, each.province) for each in missing)
    write_atomic(out / MISSING, csv_bytes([_COLUMNS, *rows]))
    return tuple(each.unit for each in missing)


def _sent(out: Path, url: str | None) -> tuple[set[tuple[str, str]], int]:
    """Unit and province of all plans, folded, and the latest year that they are for."""
    documents = tables["documents"].c
    query = sa.select(documents.unit, documents.province, documents.year)
    with database(url_of(out, url)) as engine, reading(engine) as connection:
        rows = connection.execute(query).all()
    years = [row.year for row in rows if row.year]
    found = {(fold(row.unit), _bare_province(row.province or "")) for row in rows}
    return found, max(years, default=date.today().year)


def _is_in(expected: ExpectedUnit, sent: set[tuple[str, str]]) -> bool:
    unit, province = fold(expected.unit), _bare_province(expected.province)
    return any(unit == name and (not province or not of or of == province) for name, of in sent)


def _bare_province(name: str) -> str:
    return without_kind(fold(name))


def _of_file(path: Path) -> list[ExpectedUnit]:
    try:
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExpectedError("expected_file", path=path) from error
    if not rows or "unit" not in rows[0]:
        raise ExpectedError("expected_file", path=path)
    named = ((row["unit"] or "", row.get("province") or "") for row in rows)
    return [
        ExpectedUnit(unit.strip(), province.strip()) for unit, province in named if unit.strip()
    ]


def _of_province(name: str, year: int) -> list[ExpectedUnit]:
    day = date(year, 12, 31).isoformat()
    rows = [row for row in unit_rows() if _stood(row, day)]
    wanted = _bare_province(name)
    provinces = {r.code for r in rows if r.level == "province" and _bare_province(r.name) == wanted}
    below = [row.name for row in rows if row.parent in provinces and row.level != "province"]
    if not below:
        raise ExpectedError("expected_unknown", who=name)
    return [ExpectedUnit(unit, name) for unit in below]


def _stood(row: UnitRow, day: str) -> bool:
    return (row.valid_from or day) <= day <= (row.valid_to or day)
