"""Lists of agencies as files: the shipped one, and an office's own.

Both are CSV files with the same columns, made to be opened and corrected in Excel: one row an
agency, lists within a cell separated by "|". The shipped one is `pipeline/knowledge/agencies.csv`.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agencies.registry.errors import RegistryError
from pipeline.language.text import bare, clean, fold
from pipeline.places.kinds import kind_of, without_kind
from schemas.plan import AgencyKind, AgencyLevel

COLUMNS = (
    "id",
    "name",
    "level",
    "kind",
    "aliases",
    "abbreviations",
    "valid_from",
    "valid_to",
    "level_to",
    "successor",
    "source",
    "verified",
    "note",
    "unit",
)
# The name that a column had in files made before.
_EARLIER_NAMES = {"source": "legal_source"}
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
# Excel under Vietnamese settings writes its dates so when it saves a CSV file.
_DAY_EXCEL = re.compile(r"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{4})")


# A folded unit and a folded province ("huyện chi lăng", "lạng sơn"), "" where unknown.
UnitKey = tuple[str, str]
Verified = Literal["yes", "extract", "no"]


class Entry(Struct, frozen=True):
    """One agency. `valid_from` and `valid_to` are the first and the last day, None where open.

    `level` is None for what exists at every level or at none ("Các cơ quan, đơn vị"); one that ends
    before the agency does ends with `level_to`: what served a district lives on without a level.
    `successors` are ids. `source` is what says so much of it, `verified` how far that was read:
    in full, in an extract, or not at all; `note` is for people.
    """

    id: str
    name: str
    level: AgencyLevel | None
    kind: AgencyKind
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    level_to: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""
    verified: Verified = "no"
    note: str = ""

    def existed(self, day: date | None) -> bool:
        """Return whether the agency existed on that day; True where the day is unknown."""
        if day is None:
            return True
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def level_on(self, day: date | None) -> AgencyLevel | None:
        """Return the level on that day; the one it has or had where the day is unknown."""
        ended = self.level_to is not None and day is not None and day > self.level_to
        return None if ended else self.level


class _Where(NamedTuple):
    """A row of a file, for what is told of it."""

    path: str
    row: int


def is_of_unit(said: str, place: UnitKey) -> bool:
    """Return whether a row's unit, perhaps with its province behind a comma, is the place."""
    unit, _, province = (part.strip() for part in fold(said).partition(","))
    return unit == place[0] and without_kind(province) in ("", place[1])


def read_entries(
    content: bytes,
    source: str,
    *,
    known: Mapping[str, Entry] | None = None,
    place: UnitKey | None = None,
) -> Iterable[Entry]:
    """Yield the entries of a CSV file, as Excel or any editor saves it.

    A row with an id of `known` changes that entry: filled cells replace, aliases and abbreviations
    are added. A row without an id gets one made from its name. Rows of another unit than `place`
    (folded unit and province) are left out, none where that is None. Raises RegistryError.
    """
    for number, cells in enumerate(read_rows(content, source), 2):
        where = _Where(source, number)
        if cells["unit"] and not kind_of(fold(cells["unit"])):
            raise RegistryError("csv_no_unit", path=source, row=number, text=cells["unit"])
        elsewhere = cells["unit"] and place is not None and not is_of_unit(cells["unit"], place)
        if elsewhere or not any(cells.values()):
            continue
        identifier = cells["id"] or slug(cells["name"])
        base = (known or {}).get(identifier)
        yield _changed(base, cells, where) if base else _entry(identifier, cells, where)


def read_rows(content: bytes, source: str) -> list[dict[str, str]]:
    """Return the rows under the header as texts, every column of `COLUMNS` present.

    Raises RegistryError where the encoding or the header is not what it should be.
    """
    text = _decode(content, source)
    first = text.split("\n", 1)[0]
    # Excel separates by what the system's settings say, which is ";" in Vietnam.
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = {"name", "level", "kind"} - set(reader.fieldnames or ())
    if missing:
        raise RegistryError("csv_lacks_columns", path=source, columns=", ".join(sorted(missing)))
    return [{name: clean(_said(row, name)) for name in COLUMNS} for row in reader]


def _said(row: Mapping[str, str | None], name: str) -> str:
    return row.get(name) or row.get(_EARLIER_NAMES.get(name, "")) or ""


def _decode(content: bytes, source: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RegistryError("csv_not_utf8", path=source, reason=error.reason) from error


def _entry(identifier: str, cells: Mapping[str, str], where: _Where) -> Entry:
    for column in ("name", "kind"):
        if not cells[column]:
            raise RegistryError("csv_cell_empty", path=where.path, row=where.row, column=column)
    return Entry(
        id=identifier,
        name=cells["name"],
        level=_level(cells["level"], where),
        kind=_kind(cells["kind"], where),
        aliases=_list(cells["aliases"]),
        abbreviations=_list(cells["abbreviations"]),
        valid_from=_day(cells["valid_from"], where),
        valid_to=_day(cells["valid_to"], where),
        level_to=_day(cells["level_to"], where),
        successors=_list(cells["successor"]),
        source=cells["source"],
        verified=_verified(cells["verified"], where) or "no",
        note=cells["note"],
    )


def _changed(base: Entry, cells: Mapping[str, str], where: _Where) -> Entry:
    return replace(
        base,
        name=cells["name"] or base.name,
        level=_level(cells["level"], where) or base.level,
        kind=_kind(cells["kind"], where) if cells["kind"] else base.kind,
        aliases=(*base.aliases, *_list(cells["aliases"])),
        abbreviations=(*base.abbreviations, *_list(cells["abbreviations"])),
        valid_from=_day(cells["valid_from"], where) or base.valid_from,
        valid_to=_day(cells["valid_to"], where) or base.valid_to,
        level_to=_day(cells["level_to"], where) or base.level_to,
        successors=_list(cells["successor"]) or base.successors,
        source=cells["source"] or base.source,
        verified=_verified(cells["verified"], where) or base.verified,
        note=cells["note"] or base.note,
    )


def slug(name: str) -> str:
    """Return an id made from a name: letters without marks, hyphens between the words."""
    return "-".join(re.findall(r"[a-z0-9]+", bare(name)))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _level(text: str, where: _Where) -> AgencyLevel | None:
    return cast(AgencyLevel, _one_of(text, AgencyLevel, "level", where)) if text else None


def _kind(text: str, where: _Where) -> AgencyKind:
    return cast(AgencyKind, _one_of(text, AgencyKind, "kind", where))


def _verified(text: str, where: _Where) -> Verified | None:
    return cast(Verified, _one_of(text, Verified, "verified", where)) if text else None


def _one_of(text: str, allowed: object, column: str, where: _Where) -> str:
    known = get_args(allowed)
    if text not in known:
        raise RegistryError(
            "csv_not_one_of",
            path=where.path,
            row=where.row,
            column=column,
            text=text,
            allowed=", ".join(known),
        )
    return text


def _day(text: str, where: _Where) -> date | None:
    day = read_day(text) if text else None
    if text and day is None:
        raise RegistryError("csv_no_date", path=where.path, row=where.row, text=text)
    return day


def read_day(text: str) -> date | None:
    """Return the day that a text like 2025-06-30 or 30/6/2025 says, None where it says none."""
    match = _DAY.fullmatch(text.strip()) or _DAY_EXCEL.fullmatch(text.strip())
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day"))) if match else None
    except ValueError:
        return None
