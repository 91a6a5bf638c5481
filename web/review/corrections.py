"""Requests to correct something: what they ask for, checked, put into the log, shown at once."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from pipeline.correct import head, log
from pipeline.correct.anchors import same_place
from pipeline.correct.items import is_item_field
from pipeline.correct.told import Spot
from pipeline.dataset.review import told_as
from pipeline.dataset.store.lists import Held
from pipeline.dataset.store.twins import FIELD as TWIN
from pipeline.dataset.store.versions import doubts_beside
from pipeline.files.spreadsheet_text import plain
from pipeline.interpret.roles import ColumnRole
from schemas.correction import Correction, Verdict
from schemas.geometry import Box
from schemas.plan import Fragment, Plan
from web.background.reader import Again
from web.review import undoing
from web.review.approval import FIELD, approval_of
from web.review.doubts import OPEN, Doubt, doubts, fragment_at, spot
from web.site import Site
from web.state.understanding import NotKeptError

_LONGEST = 20_000  # characters
_DIGITS = 15
_ROLES = get_args(ColumnRole)
_JOINS = ("row_join", "table_join")
SECOND_PASS = "pass"  # the field of what is asked of a place of the second pass


class RefusedError(Exception):
    """The request cannot be done; `key` names the text that says why."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class Done(Struct, frozen=True):
    """What was put into the log, and whether the document shows it already."""

    entry: Correction
    shown: bool


def say(site: Site, asked: Mapping[str, Any], who: str) -> Done:
    """Put what is asked into the log and show the document as it is then.

    Raises RefusedError for what cannot be done, log.ConflictError where somebody else said
    something of the same place since `base`.
    """
    held = site.library.find(str(asked.get("document", "")))
    if held is None:
        raise RefusedError("correction.no_document")
    plan = site.library.plan(held)
    if asked.get("verdict") in ("undo", "redo"):
        number, again = _whole(asked.get("undoes") or 0), asked["verdict"] == "redo"
        about = log.entries_about(site.out, held.row.sha256)
        target = undoing.target(about, number, who, again=again)
        if target is None:
            raise RefusedError("correction.nothing_to_undo")
        return take_back(site, target, who)
    entry = replace(_entry(site, plan, asked, who), sha256=held.row.sha256)
    recorded = log.append(site.out, _by(entry, who))
    if entry.field == FIELD:
        site.writer.note_said()  # the plan stays as it is; the lists tell who approved it
    return Done(recorded, entry.verdict in ("postpone", "approve") or show(site, held))


def say_each(site: Site, asked: Iterable[Mapping[str, Any]], who: str) -> int:
    """Put into the log what is asked of each of several places, and return of how many it was done.

    A place of which somebody said something meanwhile, or that is gone, is left out.
    """
    done = 0
    for each in asked:
        try:
            say(site, each, who)
        except (RefusedError, log.ConflictError):
            continue
        done += 1
    return done


def asked_at(document: str, place: Spot) -> dict[str, Any]:
    """Return what a request says of where, as `say` reads it."""
    return {"document": document, "page": place.page, "bbox": place.bbox, "cell": place.cell}


def take_back(site: Site, target: Correction, who: str) -> Done:
    """Take an entry back, or with an undo bring back what it took, and show it as it is then."""
    recorded = log.append(site.out, _by(undoing.undo_of(target), who))
    if target.field == FIELD:
        site.writer.note_said()
    if target.field == TWIN:
        site.writer.wait()  # it is in no plan, but in the database alone
    held = site.library.of_content(target.sha256)
    return Done(recorded, held is None or show(site, held))


def _by(entry: Correction, who: str) -> Correction:
    return replace(entry, who=who, at=log.now(), program=log.PROGRAM)


def show(site: Site, held: Held) -> bool:
    """Make the plan of a document anew with all that stands; False where it must be read first."""
    try:
        site.make_anew(held)
    except NotKeptError:
        path = site.originals.find(held.row.sha256)
        if path is not None:
            site.reader.read_again(Again(path, held.row.source_file, held.row.sha256))
        return False
    return True


def doubts_about(site: Site, plan: Plan) -> list[Doubt]:
    """Return the doubts about a document with what became of them."""
    entries = log.standing_of(site.out, plan.document.sha256)
    with site.reading() as connection:
        of_others = doubts_beside(connection, plan.document.id)
    return doubts(plan, site.understanding.doubts_as_read(plan, site.office()), entries, of_others)


def _blank(verdict: Verdict, field: str) -> Correction:
    return Correction(
        number=0, sha256="", field=field, read="", verdict=verdict, who="", at="", program=""
    )


def _entry(site: Site, plan: Plan, asked: Mapping[str, Any], who: str) -> Correction:
    verdict = asked.get("verdict", "correct")
    if verdict not in get_args(Verdict):
        raise RefusedError("correction.no_such_verdict")
    place = _place(asked)
    field, value = str(asked.get("field") or "text"), _value(asked)
    entry = replace(
        _blank(cast(Verdict, verdict), field),
        page=place.page, bbox=Box(*place.bbox) if place.bbox else None, cell=place.cell,
        column=str(asked.get("column") or ""), value=value, base=_whole(asked.get("base") or 0),
    )  # fmt: skip
    match verdict:
        case "approve":
            return _approval(site, plan, entry, who)
        case "confirm" | "postpone":
            return _about_doubt(site, plan, entry)
        case "role":
            return _role(entry)
        case "join" | "part":
            named = field if field in _JOINS else "row_join"
            return replace(entry, field=named, value=None)
        case "add_row" | "remove_row":
            item, fragment = fragment_at(plan, place)
            if item is None or fragment is None:
                raise RefusedError("correction.no_place")
            if verdict == "add_row" and not _is_row(value):
                raise RefusedError("correction.no_value")
            return replace(_at(entry, fragment), field="row", read=item.id)
    return _correct(plan, entry)


def _approval(site: Site, plan: Plan, entry: Correction, who: str) -> Correction:
    """What a second person says of the whole document; `value` is the content that they saw."""
    if not site.two_people:
        raise RefusedError("approval.not_wanted")
    entries = log.entries(site.out, plan.document.sha256)
    count = sum(doubt.state in OPEN for doubt in doubts_about(site, plan))
    approval = approval_of(plan, count, entries, who)
    if approval.refusal:
        raise RefusedError(approval.refusal)
    if entry.value != approval.content:
        raise RefusedError("approval.changed_meanwhile")
    last = max((each.number for each in entries), default=0)
    return replace(entry, field=FIELD, page=None, bbox=None, cell=None, column="", base=last)


def _correct(plan: Plan, entry: Correction) -> Correction:
    if entry.value is None:
        raise RefusedError("correction.no_value")
    if entry.page is None and entry.cell is None:
        if not head.usable(entry.field, entry.value):
            raise RefusedError("correction.not_usable")
        owner, _, part = entry.field.partition(".")
        read = getattr(plan.document, owner)
        read = getattr(read, part) if part else read
        return replace(entry, read="" if read is None else str(read))
    place = Spot(entry.page, entry.bbox, entry.cell)
    item, fragment = fragment_at(plan, place, entry.column)
    if fragment is None:
        raise RefusedError("correction.no_place")
    if item is None or not is_item_field(entry.field):
        return replace(
            _at(entry, fragment), field="text", read=fragment.text, column=fragment.column
        )
    role, _, position = entry.field.rstrip("]").partition("[")
    held = getattr(item, role)
    if position:
        at, more = int(position), 0 if role == "tasks" else 1  # an agency may come behind them
        if at >= len(held) + more:
            raise RefusedError("correction.no_place")
        held = held[at] if at < len(held) else ""
    shown = getattr(held, "raw", held) or ""
    return replace(_at(entry, fragment), read=str(shown), column=fragment.column)


def _at(entry: Correction, fragment: Fragment) -> Correction:
    """Return the entry at the very place of a fragment, its cell included where it has one."""
    here = spot(fragment)
    box = Box(*here.bbox) if here.bbox else None
    return replace(entry, page=here.page, bbox=box, cell=here.cell)


def _about_doubt(site: Site, plan: Plan, entry: Correction) -> Correction:
    place = Spot(entry.page, entry.bbox, entry.cell)
    if entry.field == SECOND_PASS:
        return replace(entry, field="text", read=entry.value or "", value=None)
    here = [d for d in doubts_about(site, plan) if d.row and same_place(d.place, place)]
    exact = [
        d
        for d in here
        if d.row
        and d.row.what == entry.field
        and (entry.value in (None, d.text))
        and entry.column in ("", d.column)
    ]
    found = (exact or here)[:1]
    if found and (row := found[0].row):
        doubt, place = found[0], found[0].place
        return replace(
            entry, field=row.what, read=told_as(row), column=doubt.column, value=None,
            bbox=Box(*place.bbox) if place.bbox else None, cell=place.cell,
        )  # fmt: skip
    _, fragment = fragment_at(plan, place)
    if fragment is None:
        raise RefusedError("correction.no_place")
    return replace(
        _at(entry, fragment), field="text", read=fragment.text, column=fragment.column, value=None
    )


def _is_row(value: str | None) -> bool:
    """Whether a value tells at least one field of a row."""
    try:
        row = json.loads(value or "")
    except ValueError:
        return False
    return isinstance(row, dict) and any(str(text).strip() for text in row.values())


def _role(entry: Correction) -> Correction:
    if entry.value not in _ROLES or not entry.column:
        raise RefusedError("correction.no_such_role")
    return replace(entry, field="role", bbox=None)


def _place(asked: Mapping[str, Any]) -> Spot:
    page, box, cell = asked.get("page"), asked.get("bbox"), asked.get("cell")
    if page in (None, ""):
        return Spot(None, None, str(cell) if cell else None)
    if not box:
        return Spot(_whole(page), None)
    numbers = box.split(",") if isinstance(box, str) else box
    try:
        x0, top, x1, bottom = (float(each) for each in numbers)
    except (TypeError, ValueError) as error:
        raise RefusedError("correction.no_place") from error
    if not all(map(math.isfinite, (x0, top, x1, bottom))):
        raise RefusedError("correction.no_place")
    return Spot(_whole(page), (x0, top, x1, bottom), str(cell) if cell else None)


def _value(asked: Mapping[str, Any]) -> str | None:
    value = asked.get("value")
    if value is None:
        return None
    # In one form of Unicode, however it was typed: on a Mac "ư" may come as two characters.
    text = normalize("NFC", plain(str(value)).encode("utf-8", "replace").decode())
    if len(text) > _LONGEST:
        raise RefusedError("correction.too_long")
    return text


def _whole(number: object) -> int:
    text = str(number)
    if not text.isdecimal() or len(text) > _DIGITS:
        raise RefusedError("correction.no_place")
    return int(text)
