"""What people said of items, sections and columns, laid over what was understood."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from pipeline.agencies import IssuerContext, Registry, match_cell
from pipeline.correct.anchors import same_place
from pipeline.correct.told import Spot
from pipeline.files.addresses import cell_name
from pipeline.timeframes import parse_timeframe
from schemas.correction import Correction
from schemas.plan import Agency, Confirmed, Corrected, Fragment, Item, Section

_TASK = re.compile(r"tasks\[(\d+)\]")
_AGENCY = re.compile(r"(lead|partners)\[(\d+)\]")
_TEXTS = ("marker", "title", "lead_in", "deliverable")
ADDED = "added_by_person"


class ParseContext(msgspec.Struct, frozen=True):
    """What a typed agency or time is understood with."""

    registry: Registry
    issuer: IssuerContext
    year: int | None


def correct_items(
    items: Sequence[Item], corrections: Sequence[Correction], by: ParseContext
) -> list[Item]:
    """Return the items as people have them: fields told, rows taken away, rows put in."""
    told = [entry for entry in corrections if _of_an_item(entry)]
    if not told:
        return list(items)
    result = []
    for item in items:
        here = [entry for entry in told if any(same_place(entry, s) for s in spots_of(item))]
        if not any(entry.verdict == "remove_row" for entry in here):
            changed = item
            for entry in here:
                if entry.verdict == "correct":
                    changed = _told(changed, entry, by)
            result.append(noted(item, changed))
        result += [_added(item, entry, by) for entry in here if entry.verdict == "add_row"]
    return result


def is_item_field(field: str) -> bool:
    """Whether a field is one of an item that a person may tell."""
    whole = field in (*_TEXTS, "timeframe") or _TASK.fullmatch(field) or _AGENCY.fullmatch(field)
    return bool(whole)


def spots_of(record: Item | Section) -> list[Spot]:
    """Return the places of all that was read of an item or section."""
    return [_spot(fragment) for fragment in record.fragments]


def confirmed(corrections: Sequence[Correction]) -> tuple[Confirmed, ...]:
    """Return the doubts of which people said that all is right."""
    return tuple(
        Confirmed(what=c.field, text=c.read, page=c.page, bbox=c.bbox, cell=c.cell)
        for c in corrections
        if c.verdict == "confirm"
    )


def noted(read: Item, corrected: Item) -> Item:
    """Return the corrected item, which says what each changed field was read as."""
    before, after = _shown(read), _shown(corrected)
    if len(read.tasks) == len(corrected.tasks):
        before |= {f"tasks[{i}]": text for i, text in enumerate(read.tasks)}
        after |= {f"tasks[{i}]": text for i, text in enumerate(corrected.tasks)}
    else:
        before["tasks"], after["tasks"] = "\n".join(read.tasks), "\n".join(corrected.tasks)
    changed = tuple(
        Corrected(field=field, read=before.get(field, ""))
        for field in dict.fromkeys([*before, *after])
        if before.get(field, "") != after.get(field, "")
    )
    kept = {each.field: each for each in (*changed, *read.corrected)}
    return corrected.model_copy(update={"corrected": tuple(kept.values())})


def noted_section(read: Section, corrected: Section) -> Section:
    """Return the corrected section, which says what each changed field was read as."""
    changed = tuple(
        Corrected(field=field, read=getattr(read, field))
        for field in ("marker", "title")
        if getattr(read, field) != getattr(corrected, field)
    )
    return corrected.model_copy(update={"corrected": changed})


def _of_an_item(entry: Correction) -> bool:
    if entry.verdict in ("remove_row", "add_row"):
        return True
    placed = entry.page is not None or entry.cell is not None
    return entry.verdict == "correct" and placed and is_item_field(entry.field)


def _spot(fragment: Fragment) -> Spot:
    return Spot(fragment.page, fragment.bbox, cell_name(fragment.cell))


def _shown(item: Item) -> dict[str, str]:
    return {
        "marker": item.marker,
        "title": item.title,
        "lead_in": item.lead_in or "",
        "lead": "; ".join(_agency(each) for each in item.lead),
        "partners": "; ".join(_agency(each) for each in item.partners),
        "timeframe": item.timeframe.raw,
        "deliverable": item.deliverable or "",
        **{f"extra.{header}": text for header, text in item.extra.items()},
    }


def _agency(agency: Agency) -> str:
    return agency.name or agency.raw


def _told(item: Item, entry: Correction, by: ParseContext) -> Item:
    value = (entry.value or "").strip()
    if found := _TASK.fullmatch(entry.field):
        tasks = list(item.tasks)
        position = int(found[1])
        if position < len(tasks):
            tasks[position : position + 1] = [value] if value else []
        return item.model_copy(update={"tasks": tuple(tasks)})
    if found := _AGENCY.fullmatch(entry.field):
        return _with_agency(item, found[1], int(found[2]), value, by)
    if entry.field == "timeframe":
        time = parse_timeframe(value, by.year)
        flags = tuple(f for f in item.flags if f not in item.timeframe.flags)
        return item.model_copy(
            update={"timeframe": time, "flags": tuple(dict.fromkeys([*time.flags, *flags]))}
        )
    empty = None if entry.field in ("lead_in", "deliverable") else ""
    return item.model_copy(update={entry.field: value or empty})


def _with_agency(item: Item, role: str, position: int, value: str, by: ParseContext) -> Item:
    """Put an agency of the registry (by id), a name as typed, or none, in place of another."""
    agencies: list[Agency] = list(getattr(item, role))
    raw = agencies[position].raw if position < len(agencies) else value
    entry = by.registry.entries.get(value)
    new: Sequence[Agency] = ()
    if entry is not None:
        new = [
            Agency(
                raw=raw, name=entry.name, agency_id=entry.id, level=entry.level, kind=entry.kind,
                unit=by.issuer.unit if entry.level == by.issuer.level else None,
                score=1.0, method="decision", status="accepted",
            )
        ]  # fmt: skip
    elif value:
        new = match_cell(value, by.issuer, by.registry)
    agencies[position : position + 1] = new
    has_lead = role == "lead" and bool(agencies)
    flags = tuple(flag for flag in item.flags if not (has_lead and flag == "no_lead"))
    return item.model_copy(update={role: tuple(agencies), "flags": flags})


def _added(after: Item, entry: Correction, by: ParseContext) -> Item:
    """Return the row that a person put in behind an item; its id tells the correction."""
    said: Mapping[str, Any] = msgspec.json.decode(entry.value or "{}")
    time = parse_timeframe(str(said.get("timeframe", "")), by.year)
    tasks = tuple(line.strip() for line in str(said.get("tasks", "")).splitlines() if line.strip())
    return Item(
        id=f"{after.id}+{entry.number}",
        appendix_id=after.appendix_id,
        section_id=after.section_id,
        marker=str(said.get("marker", "")).strip(),
        title=str(said.get("title", "")).strip(),
        lead_in=None,
        tasks=tasks,
        lead=match_cell(str(said.get("lead", "")), by.issuer, by.registry),
        partners=match_cell(str(said.get("partners", "")), by.issuer, by.registry),
        timeframe=time,
        deliverable=None,
        extra={},
        fragments=(),
        joins=(),
        confidence=1.0,
        flags=(*time.flags, ADDED),
        papi_dimension=after.papi_dimension,
        corrected=(Corrected(field="row", read=""),),
    )
