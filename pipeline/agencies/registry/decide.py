"""Deciding about agencies, undoing it, and taking decisions from one office to another as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

from msgspec import Struct
from msgspec.structs import astuple, replace

from pipeline.agencies.registry.decisions import (
    COLUMNS,
    AgencyDecision,
    Verdict,
    history,
    record,
    stamp,
    undo,
    verdicts,
)
from pipeline.agencies.registry.errors import RegistryError
from pipeline.agencies.registry.office import Office
from pipeline.agencies.registry.overlay import free_id
from pipeline.agencies.registry.registry import check_decided
from pipeline.files.spreadsheet_text import csv_text, guarded
from pipeline.language.text import clean
from schemas.plan import AgencyKind, AgencyLevel

_NULLABLE = frozenset({"level", "kind", "undone_by", "undone_at"})


class Person(Struct, frozen=True):
    """Who decides, and when: the caller's clock."""

    name: str
    at: datetime


def decide(
    office: Office, text: str, verdict: Verdict, agency_id: str, person: Person
) -> AgencyDecision:
    """Record that the text is, or is never, that agency of the registry; return the decision.

    `verdict` is "is" or "is_not". Raises RegistryError where there is no such agency, the text
    says nothing, or the store cannot be used; OSError where it cannot be made.
    """
    if agency_id not in office.every:
        raise RegistryError("agency_unknown", id=agency_id)
    made = AgencyDecision(clean(text), verdict, agency_id, person.name, stamp(person.at))
    return _record(office, made)


def decide_new(  # noqa: PLR0913, PLR0917  (what an agency is made of)
    office: Office,
    text: str,
    name: str,
    level: AgencyLevel | None,
    kind: AgencyKind,
    person: Person,
) -> AgencyDecision:
    """Record that the text is an agency that no list has yet; return the decision with its new id.

    Raises like `decide`.
    """
    if not name.strip():
        raise RegistryError("agency_without_name", text=text)
    identifier = free_id(office.every, name, level)
    made = AgencyDecision(clean(text), "new", identifier, person.name, stamp(person.at))
    return _record(office, replace(made, name=clean(name), level=level, kind=kind))


def undo_decision(path: Path, number: int, person: Person) -> AgencyDecision:
    """Mark a decision of the store as undone and return it; it stays there.

    Raises RegistryError where it does not hold, or where others name the agency that it made.
    """
    left = verdicts(d for d in history(path) if d.number != number)
    made_here = {d.agency_id for d in verdicts(history(path)).new} - {d.agency_id for d in left.new}
    needing = [m.text for m in left.meant.values() if m.agency_id in made_here]
    if needing:
        raise RegistryError("decision_needed", number=number, text=needing[0])
    return undo(path, number, person.name, person.at)


def export_decisions(path: Path) -> str:
    """Return the whole history as CSV, undone decisions included, in the order of their making.

    Text that a spreadsheet might run as a formula is guarded, as
    `pipeline.files.spreadsheet_text` says.
    Raises RegistryError where the store cannot be used.
    """
    return csv_text([COLUMNS, *map(astuple, history(path))])


def import_decisions(office: Office, content: bytes, source: str) -> tuple[AgencyDecision, ...]:
    """Add the decisions of a CSV file that the store does not hold yet; return those.

    They go behind those that are there already, so that they win over them. All are added or none.
    Raises RegistryError where the file, a row, or an agency that it names is not usable.
    """
    read = tuple(_read(content, source))
    path = office.files.decisions
    held = history(path)
    known = {replace(decision, number=0) for decision in held}
    new = tuple(dict.fromkeys(decision for decision in read if decision not in known))
    after = verdicts([*held, *new])
    check_decided(after, {*office.every, *(d.agency_id for d in after.new)}, str(path))
    return record(path, new) if new else ()


def _record(office: Office, decision: AgencyDecision) -> AgencyDecision:
    (recorded,) = record(office.files.decisions, [decision])
    return recorded


def _read(content: bytes, source: str) -> Iterator[AgencyDecision]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError("csv_not_utf8", path=source, reason=error.reason) from error
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    missing = set(COLUMNS) - {"number"} - set(reader.fieldnames or ())
    if missing:
        raise RegistryError("csv_lacks_columns", path=source, columns=", ".join(sorted(missing)))
    for number, row in enumerate(reader, 2):
        yield _decision(row, source, number)


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _decision(row: dict[str, str | None], source: str, number: int) -> AgencyDecision:
    cells = {name: _unguarded(clean(row.get(name) or "")) for name in COLUMNS}
    for name, allowed in (("verdict", Verdict), ("level", AgencyLevel), ("kind", AgencyKind)):
        if cells[name] not in get_args(allowed) and not (name in _NULLABLE and not cells[name]):
            raise RegistryError(
                "csv_not_one_of",
                path=source,
                row=number,
                column=name,
                text=cells[name],
                allowed=", ".join(get_args(allowed)),
            )
    for name in ("text", "agency_id", "decided_by", "decided_at"):
        if not cells[name]:
            raise RegistryError("csv_cell_empty", path=source, row=number, column=name)
    return AgencyDecision(
        text=cells["text"],
        verdict=cast(Verdict, cells["verdict"]),
        agency_id=cells["agency_id"],
        decided_by=cells["decided_by"],
        decided_at=cells["decided_at"],
        name=cells["name"],
        level=cast(AgencyLevel | None, cells["level"] or None),
        kind=cast(AgencyKind | None, cells["kind"] or None),
        undone_by=cells["undone_by"] or None,
        undone_at=cells["undone_at"] or None,
    )
