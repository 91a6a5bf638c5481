"""The registry of agencies: the shipped list, and an office's own list laid over it.

Both are CSV files with the same columns, made to be opened and corrected in Excel: one row an
agency, lists within a cell separated by "|". The shipped one is `pipeline/knowledge/agencies.csv`.
"""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from pipeline.text import bare, clean
from schemas.plan import AgencyKind, AgencyLevel

if TYPE_CHECKING:
    from pipeline.agencies.lexicon import Lexicon

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
)
_SHIPPED = ("agencies.csv", "agencies_components.csv", "agencies_words.yaml")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
# Excel under Vietnamese settings writes its dates so when it saves a CSV file.
_DAY_EXCEL = re.compile(r"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{4})")


class RegistryError(ValueError):
    """A registry file cannot be used; the message names the file, the row and what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True)
class Registry:
    """All agencies by id. `version` changes with any change of content or of the program."""

    entries: Mapping[str, Entry]
    version: str

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The spellings of all names, made when the first cell is matched."""
        from pipeline.agencies.lexicon import Lexicon  # noqa: PLC0415  (needs rapidfuzz)

        return Lexicon(self.entries.values())


def load_registry() -> Registry:
    """Return the shipped registry with the office's own laid over it.

    It is read again only when the office's file has changed. Raises RegistryError where that file
    cannot be used.
    """
    path = overlay_path()
    try:
        status = path.stat()
    except OSError:
        return _load(None, 0, 0)
    return _load(path, status.st_mtime_ns, status.st_size)


def overlay_path() -> Path:
    """Return where the office's own agencies file is, or would be."""
    named = os.environ.get("PHULUC_REGISTRY_OVERLAY")
    if named:
        return Path(named)
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "phuluc" / "agencies.csv"


@lru_cache(maxsize=4)
def _load(path: Path | None, _changed: int, _size: int) -> Registry:
    contents = {name: _knowledge(name) for name in _SHIPPED}
    entries = {e.id: e for e in read_entries(contents["agencies.csv"], "agencies.csv")}
    office = b""
    if path is not None:
        office = path.read_bytes()
        for entry in read_entries(office, str(path), known=entries):
            entries[entry.id] = entry
    _check_successors(entries, str(path) if path else "agencies.csv")
    digest = hashlib.sha256(b"\0".join([*contents.values(), office])).hexdigest()
    return Registry(entries, f"{_package_version()}+{digest[:12]}")


def _knowledge(name: str) -> bytes:
    return resources.files("pipeline.knowledge").joinpath(name).read_bytes()


def _package_version() -> str:
    try:
        return metadata.version("phuluc")
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


def read_entries(
    content: bytes, source: str, *, known: Mapping[str, Entry] | None = None
) -> Iterable[Entry]:
    """Yield the entries of a CSV file, as Excel or any editor saves it.

    A row with an id of `known` changes that entry: filled cells replace, aliases and abbreviations
    are added. A row without an id gets one made from its name. Raises RegistryError.
    """
    for number, cells in enumerate(read_rows(content, source), 2):
        if not any(cells.values()):
            continue
        place = f"{source}, row {number}"
        identifier = cells["id"] or slug(cells["name"])
        base = (known or {}).get(identifier)
        yield _changed(base, cells, place) if base else _entry(identifier, cells, place)


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
