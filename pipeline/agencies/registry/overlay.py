"""The office's own agencies file: entries are added to it without harming what stands there."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence

from pipeline.agencies.registry.entries import (
    COLUMNS,
    Entry,
    read_entries,
    read_rows,
    slug,
)
from pipeline.agencies.registry.errors import RegistryError
from pipeline.agencies.registry.office import Office
from pipeline.files.atomic import write_atomic
from pipeline.language.text import clean, fold
from schemas.plan import AgencyKind, AgencyLevel


def add_agency(  # noqa: PLR0913, PLR0917  (what an agency is made of)
    office: Office,
    name: str,
    level: AgencyLevel | None,
    kind: AgencyKind,
    aliases: Sequence[str] = (),
    unit: str = "",
) -> Entry:
    """Add an agency, or further aliases to a known one, to the office's file; return the entry.

    With a `unit` ("huyện Chi Lăng") it holds only for the plans of that unit. The file is replaced
    at once or not at all. Raises RegistryError where nothing would change or the file cannot be
    used, OSError where it cannot be written.
    """
    unit = clean(unit)
    place, _, province = (part.strip() for part in unit.partition(","))
    registry, path = office.registry(place, province), office.files.agencies
    known = _known(registry.entries, name, level)
    new = [alias for alias in aliases if known is None or not _spelled(known, alias)]
    if known is not None and not new:
        raise RegistryError("agency_known", id=known.id, name=known.name)
    if not name.strip() or "|" in "".join((name, *aliases)):
        raise RegistryError("agency_name_unusable", name=name)
    namesake = known or _known(registry.every, name, level)
    identifier = namesake.id if namesake else free_id(registry.every, name, level)
    rows = read_rows(path.read_bytes(), str(path)) if path.exists() else []
    row = next((row for row in rows if (row["id"], row["unit"]) == (identifier, unit)), None)
    if row is None:
        row = dict.fromkeys(COLUMNS, "")
        row |= {"id": identifier, "name": known.name if known else name.strip(), "unit": unit}
        row |= {"level": level or "", "kind": known.kind if known else kind}
        rows.append(row)
    row["aliases"] = " | ".join(filter(None, [row["aliases"], *new]))
    content = _as_csv(rows)
    list(read_entries(content, str(path)))  # what could not be read again is not written
    write_atomic(path, content)
    return office.current().registry(place, province).entries[identifier]


def _known(entries: Mapping[str, Entry], name: str, level: AgencyLevel | None) -> Entry | None:
    alike = (e for e in entries.values() if fold(e.name) == fold(name))
    return next((entry for entry in alike if entry.level == level), None)


def _spelled(entry: Entry, alias: str) -> bool:
    return fold(alias) in map(fold, (entry.name, *entry.aliases, *entry.abbreviations))


def free_id(entries: Collection[str], name: str, level: AgencyLevel | None) -> str:
    """Return an id for a new agency that none of the entries has."""
    plain = slug(name) or "agency"
    tried = [plain, f"{plain}-{level}"] if level else [plain]
    tried += [f"{plain}-{n}" for n in range(2, len(entries) + 3)]
    return next(identifier for identifier in tried if identifier not in entries)


def _as_csv(rows: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    # Excel takes a file for UTF-8 only with the mark in front.
    return out.getvalue().encode("utf-8-sig")
