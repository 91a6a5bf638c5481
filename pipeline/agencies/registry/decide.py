"""Deciding about agencies, undoing it, and taking decisions from one office to another as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
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
from pipeline.agencies.registry.entries import check_decided, load_registry
from pipeline.agencies.registry.office import RegistryError, decisions_path
from pipeline.agencies.registry.overlay import free_id
from pipeline.files.spreadsheet_text import guarded
from pipeline.language.text import clean
from schemas.plan import AgencyKind, AgencyLevel

_NULLABLE = frozenset({"level", "kind", "undone_by", "undone_at"})


class Person(Struct, frozen=True):
    """Who decides, and when: the caller's clock."""

    name: str
    at: datetime


def decide(text: str, verdict: Verdict, agency_id: str, person: Person) -> AgencyDecision:
    """Record that the text is, or is never, that agency of the registry; return the decision.

    `verdict` is "is" or "is_not". Raises RegistryError where there is no such agency, the text
    says nothing, or the store cannot be used; OSError where it cannot be made.
    """
    if agency_id not in load_registry().every:
        raise RegistryError(f"{agency_id}: the registry has no agency of that id")
    return _record(AgencyDecision(clean(text), verdict, agency_id, person.name, stamp(person.at)))


def decide_new(
    text: str, name: str, level: AgencyLevel | None, kind: AgencyKind, person: Person
) -> AgencyDecision:
    """Record that the text is an agency that no list has yet; return the decision with its new id.

    Raises like `decide`.
    """
    if not name.strip():
        raise RegistryError("a new agency needs a name")
    identifier = free_id(load_registry().every, name, level)
    made = AgencyDecision(clean(text), "new", identifier, person.name, stamp(person.at))
    return _record(replace(made, name=clean(name), level=level, kind=kind))


def undo_decision(number: int, person: Person) -> AgencyDecision:
    """Mark a decision as undone and return it; it stays in the store.

    Raises RegistryError where it does not hold, or where others name the agency that it made.
    """
    path = decisions_path()
    left = verdicts(d for d in history(path) if d.number != number)
    made_here = {d.agency_id for d in verdicts(history(path)).new} - {d.agency_id for d in left.new}
    needing = [m.text for m in left.meant.values() if m.agency_id in made_here]
    if needing:
        raise RegistryError(f"decision {number} made the agency of “{needing[0]}”; undo that first")
    return undo(path, number, person.name, person.at)


def export_decisions() -> str:
    """Return the whole history as CSV, undone decisions included, in the order of their making.

    Text that a spreadsheet might run as a formula is guarded, as
    `pipeline.files.spreadsheet_text` says.
    Raises RegistryError where the store cannot be used.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for decision in history(decisions_path()):
        writer.writerow(guarded(v) if isinstance(v, str) else v for v in astuple(decision))
    return out.getvalue()


def import_decisions(content: bytes, source: str) -> tuple[AgencyDecision, ...]:
    """Add the decisions of a CSV file that the store does not hold yet; return those.

    They go behind those that are there already, so that they win over them. All are added or none.
    Raises RegistryError where the file, a row, or an agency that it names is not usable.
    """
    read = tuple(_read(content, source))
    held = history(decisions_path())
    known = {replace(decision, number=0) for decision in held}
    new = tuple(dict.fromkeys(decision for decision in read if decision not in known))
    after = verdicts([*held, *new])
    check_decided(after, {*load_registry().every, *(d.agency_id for d in after.new)})
    return record(decisions_path(), new) if new else ()


def _record(decision: AgencyDecision) -> AgencyDecision:
    (recorded,) = record(decisions_path(), [decision])
    return recorded


def _read(content: bytes, source: str) -> Iterator[AgencyDecision]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{source}: not UTF-8 ({error.reason})") from error
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    missing = set(COLUMNS) - {"number"} - set(reader.fieldnames or ())
    if missing:
        raise RegistryError(f"{source}: columns are missing: {', '.join(sorted(missing))}")
    for number, row in enumerate(reader, 2):
        yield _decision(row, f"{source}, row {number}")


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _decision(row: dict[str, str | None], where: str) -> AgencyDecision:
    cells = {name: _unguarded(clean(row.get(name) or "")) for name in COLUMNS}
    for name, allowed in (("verdict", Verdict), ("level", AgencyLevel), ("kind", AgencyKind)):
        if cells[name] not in get_args(allowed) and not (name in _NULLABLE and not cells[name]):
            raise RegistryError(f"{where}: “{cells[name]}” is no {name}")
    for name in ("text", "agency_id", "decided_by", "decided_at"):
        if not cells[name]:
            raise RegistryError(f"{where}: {name} is missing")
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
