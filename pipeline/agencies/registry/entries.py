"""The registry of agencies: the shipped list, and an office's own list laid over it.

Both are CSV files with the same columns, made to be opened and corrected in Excel: one row an
agency, lists within a cell separated by "|". The shipped one is `pipeline/knowledge/agencies.csv`.
"""

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from pipeline import __version__
from pipeline.agencies.registry.decisions import AgencyDecision, Verdicts, history, verdicts
from pipeline.agencies.registry.office import RegistryError, decisions_path, overlay_path
from pipeline.knowledge import read_bytes
from pipeline.language.text import bare, clean, fold
from schemas.plan import AgencyKind, AgencyLevel

if TYPE_CHECKING:
    from pipeline.agencies.match.lexicon import Lexicon

COLUMNS = (
    "id",
    "name",
    "level",
    "kind",
    "aliases",
    "abbreviations",
    "valid_from",
    "valid_to",
    "successor",
    "legal_source",
    "unit",
)
_SHIPPED = ("agencies.csv", "agencies_components.csv", "agencies_words.yaml")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_UNIT = re.compile(r"(?:tỉnh|thành phố|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã) \S")
_PROVINCE = re.compile(r"^(?:tỉnh|thành phố) ")
# Excel under Vietnamese settings writes its dates so when it saves a CSV file.
_DAY_EXCEL = re.compile(r"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{4})")


class Entry(Struct, frozen=True):
    """One agency. `valid_from` and `valid_to` are the first and the last day, None where open.

    `level` is None for what exists at every level or at none ("Các cơ quan, đơn vị");
    `successors` are ids, `legal_source` is the text that set the agency up.
    """

    id: str
    name: str
    level: AgencyLevel | None
    kind: AgencyKind
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    legal_source: str = ""

    def existed(self, day: date | None) -> bool:
        """Return whether the agency existed on that day; True where the day is unknown."""
        if day is None:
            return True
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Registry(Struct, frozen=True, dict=True):
    """All agencies by id, and what was decided about texts (`verdicts`).

    `every` also holds the agencies that the office keeps to other units' plans. `version` changes
    with any change of content or of the program, and is the same for all units.
    """

    entries: Mapping[str, Entry]
    version: str
    verdicts: Verdicts
    every: Mapping[str, Entry]

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The spellings of all names, made when the first cell is matched."""
        from pipeline.agencies.match.lexicon import Lexicon  # noqa: PLC0415  (needs rapidfuzz)

        meant = {run: (self.every[m.agency_id], m) for run, m in self.verdicts.meant.items()}
        return Lexicon(self.entries.values(), meant, self.verdicts.refused)


def load_registry(unit: str | None = None, province: str | None = None) -> Registry:
    """Return the shipped registry with the office's own list and decisions laid over it.

    Rows of the office's list that name a unit hold only for that `unit` ("huyện Chi Lăng"), and
    `province` ("Lạng Sơn") where they name one too ("xã Tân Lập, Thái Nguyên"). Raises
    RegistryError where a file of the office cannot be used.
    """
    path = overlay_path()
    office = path.read_bytes() if path.exists() else b""
    place = (fold(unit or ""), fold(province or ""))
    if place[0] and not any(_of_unit(units, place) for units in _units(office)):
        place = ("", "")
    return _load(office, history(decisions_path()), place)


@lru_cache(maxsize=8)
def _load(office: bytes, decided: tuple[AgencyDecision, ...], place: tuple[str, str]) -> Registry:
    contents = {name: read_bytes(name) for name in _SHIPPED}
    shipped = {e.id: e for e in read_entries(contents["agencies.csv"], "agencies.csv")}
    held = verdicts(decided)
    every = _laid_over(shipped, office, held, None)
    _check_successors(every, str(overlay_path()) if office else "agencies.csv")
    check_decided(held, every)
    parts = [*contents.values(), office, *filter(None, [held.content()])]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    version = f"{__version__}+{digest[:12]}"
    return Registry(_laid_over(shipped, office, held, place), version, held, every)


def _laid_over(
    shipped: Mapping[str, Entry],
    office: bytes,
    held: Verdicts,
    place: tuple[str, str] | None,
) -> dict[str, Entry]:
    """Return the entries with the office's rows for that place, None for those of every place."""
    entries = dict(shipped)
    if office:
        source = str(overlay_path())
        for entry in read_entries(office, source, known=entries, place=place):
            entries[entry.id] = entry
    for made in held.new:
        entries.setdefault(
            made.agency_id, Entry(made.agency_id, made.name, made.level, made.kind or "agency")
        )
    return entries


@lru_cache(maxsize=8)
def _units(office: bytes) -> frozenset[str]:
    rows = read_rows(office, str(overlay_path())) if office else []
    return frozenset(row["unit"] for row in rows if row["unit"])


def _of_unit(said: str, place: tuple[str, str]) -> bool:
    """Return whether a row's unit, perhaps with its province behind a comma, is the place."""
    unit, _, province = (part.strip() for part in fold(said).partition(","))
    return unit == place[0] and _PROVINCE.sub("", province) in ("", place[1])


def check_decided(held: Verdicts, entries: Collection[str]) -> None:
    """Raise RegistryError where a decision names an agency that is in no list (any more)."""
    for meant in held.meant.values():
        if meant.agency_id not in entries:
            what = f"decision {meant.number}: “{meant.text}” is {meant.agency_id}"
            why = "the registry has no agency of that id; undo the decision or add the agency"
            raise RegistryError(f"{decisions_path()}: {what}: {why}")


def read_entries(
    content: bytes,
    source: str,
    *,
    known: Mapping[str, Entry] | None = None,
    place: tuple[str, str] | None = None,
) -> Iterable[Entry]:
    """Yield the entries of a CSV file, as Excel or any editor saves it.

    A row with an id of `known` changes that entry: filled cells replace, aliases and abbreviations
    are added. A row without an id gets one made from its name. Rows of another unit than `place`
    (folded unit and province) are left out, none where that is None. Raises RegistryError.
    """
    for number, cells in enumerate(read_rows(content, source), 2):
        where = f"{source}, row {number}"
        if cells["unit"] and not _UNIT.match(fold(cells["unit"])):
            raise RegistryError(f"{where}: “{cells['unit']}” is no unit; write huyện Chi Lăng")
        elsewhere = cells["unit"] and place is not None and not _of_unit(cells["unit"], place)
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
        raise RegistryError(f"{source}: columns are missing: {', '.join(sorted(missing))}")
    return [{name: clean(row.get(name) or "") for name in COLUMNS} for row in reader]


def _decode(content: bytes, source: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{source}: not UTF-8; save it as “CSV UTF-8” ({error.reason})"
        raise RegistryError(message) from error


def _entry(identifier: str, cells: Mapping[str, str], place: str) -> Entry:
    if not cells["name"]:
        raise RegistryError(f"{place}: the name is missing")
    if not cells["kind"]:
        raise RegistryError(f"{place}: the kind is missing")
    return Entry(
        id=identifier,
        name=cells["name"],
        level=_level(cells["level"], place),
        kind=_kind(cells["kind"], place),
        aliases=_list(cells["aliases"]),
        abbreviations=_list(cells["abbreviations"]),
        valid_from=_day(cells["valid_from"], place),
        valid_to=_day(cells["valid_to"], place),
        successors=_list(cells["successor"]),
        legal_source=cells["legal_source"],
    )


def _changed(base: Entry, cells: Mapping[str, str], place: str) -> Entry:
    return replace(
        base,
        name=cells["name"] or base.name,
        level=_level(cells["level"], place) or base.level,
        kind=_kind(cells["kind"], place) if cells["kind"] else base.kind,
        aliases=(*base.aliases, *_list(cells["aliases"])),
        abbreviations=(*base.abbreviations, *_list(cells["abbreviations"])),
        valid_from=_day(cells["valid_from"], place) or base.valid_from,
        valid_to=_day(cells["valid_to"], place) or base.valid_to,
        successors=_list(cells["successor"]) or base.successors,
        legal_source=cells["legal_source"] or base.legal_source,
    )


def slug(name: str) -> str:
    """Return an id made from a name: letters without marks, hyphens between the words."""
    return "-".join(re.findall(r"[a-z0-9]+", bare(name)))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _level(text: str, place: str) -> AgencyLevel | None:
    if text and text not in get_args(AgencyLevel):
        raise RegistryError(f"{place}: “{text}” is no level ({', '.join(get_args(AgencyLevel))})")
    return cast(AgencyLevel, text) if text else None


def _kind(text: str, place: str) -> AgencyKind:
    if text not in get_args(AgencyKind):
        raise RegistryError(f"{place}: “{text}” is no kind ({', '.join(get_args(AgencyKind))})")
    return cast(AgencyKind, text)


def _day(text: str, place: str) -> date | None:
    if not text:
        return None
    match = _DAY.fullmatch(text) or _DAY_EXCEL.fullmatch(text)
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day"))) if match else _bad()
    except ValueError as error:
        raise RegistryError(f"{place}: “{text}” is no date; write 2025-06-30") from error


def _bad() -> date:
    raise ValueError("no date")


def _check_successors(entries: Mapping[str, Entry], source: str) -> None:
    for entry in entries.values():
        unknown = [s for s in entry.successors if s not in entries]
        if unknown:
            raise RegistryError(f"{source}: {entry.id} has an unknown successor: {unknown[0]}")
