"""What the review page shows of one place: reasons, text, what it was understood as, choices."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agencies import Office
from pipeline.agencies.reconcile import reconcile
from pipeline.correct.anchors import likeness, same_place
from pipeline.correct.head import FIELDS, fields_about
from pipeline.correct.standing import standing
from pipeline.correct.told import Spot
from pipeline.dataset.rows import BETWEEN
from pipeline.messages import Language
from schemas.correction import Correction
from schemas.dataset import ReviewRow
from schemas.plan import Agency, Fragment, Item, Plan, Section
from web.review.doubts import HEAD, Doubt, State, spot
from web.state.pictures import crop_size

_CANDIDATES = 3
_JOINED = "join"
_HIGHEST = 120  # pixels of the picture of a place


class Candidate(Struct, frozen=True):
    """An agency that a doubtful one may be."""

    agency_id: str
    name: str
    level: str | None


class AgencyChoice(Struct, frozen=True):
    """An agency that was understood at the place, and what it may be instead.

    `by_key`: of several agencies of a cell this is the one that Alt+1..3 is about.
    """

    field: str
    agency: Agency
    candidates: tuple[Candidate, ...]
    by_key: bool = False


class CellLink(Struct, frozen=True):
    """Another piece of the same row, to be opened."""

    fragment: Fragment
    at: str
    current: bool


class Panel(Struct, frozen=True):
    """All that is shown of one place. `number` is that of its doubt, 0 where there is none."""

    number: int
    state: State | None
    what: str
    reasons: tuple[str, ...]
    place: Spot
    at: str
    crop: tuple[int, int] | None  # width and height of the picture of the place, pixels
    column: str
    read: str
    value: str
    base: int
    item: Item | None
    section: Section | None
    cells: tuple[CellLink, ...]
    agencies: tuple[AgencyChoice, ...]
    doubted: str
    twin: bool
    row_join: tuple[str, str] | None
    join_base: int
    said: tuple[Correction, ...]
    head: tuple[tuple[str, str], ...]
    head_asked: tuple[str, ...]  # the fields of the title block that the doubt is about
    editable: bool


def at_of(place: Spot) -> str:
    """Return a place as it stands in an address: page and box; "" where it has none."""
    if place.bbox is None:
        return f"{place.page}" if place.page else f"cell:{place.cell}" if place.cell else ""
    return ",".join([str(place.page), *(f"{v:g}" for v in place.bbox)])


def place_at(text: str) -> Spot | None:
    """Return the place of an address; None where it tells none."""
    if text.startswith("cell:"):
        return Spot(None, None, text.removeprefix("cell:"))
    try:
        page, *box = text.split(",")
        if not box:
            return Spot(int(page), None)
        x0, top, x1, bottom = map(float, box)
        return Spot(int(page), (x0, top, x1, bottom))
    except ValueError:
        return None


def panel_of_doubt(
    plan: Plan, doubt: Doubt, log: Sequence[Correction], office: Office, lang: Language
) -> Panel:
    """Return what is shown of a doubt."""
    row = doubt.row
    reason = () if row is None else (row.reason_vi if lang == "vi" else row.reason_en,)
    what = row.what if row else "document" if doubt.column == HEAD else "item"
    return _panel(plan, doubt.place, log, office, doubt=doubt, what=what, reasons=reason)


def panel_of_place(
    plan: Plan, place: Spot, log: Sequence[Correction], office: Office
) -> Panel | None:
    """Return what is shown of a place without a doubt; None where nothing stands there."""
    panel = _panel(plan, place, log, office, doubt=None, what="item", reasons=())
    return panel if panel.editable else None


def _panel(  # noqa: PLR0913  what a panel is made of
    plan: Plan,
    place: Spot,
    log: Sequence[Correction],
    office: Office,
    *,
    doubt: Doubt | None,
    what: str,
    reasons: tuple[str, ...],
) -> Panel:
    item, section, fragment = _holder(plan, place)
    here = spot(fragment) if fragment else place
    said = _said(log, here, of_head=what == "document" or not (here.page or here.cell))
    read = fragment.text if fragment else (doubt.text if doubt else "")
    twin = doubt is not None and doubt.row is not None and doubt.row.reasons == "twin_of"
    join = _row_join(plan, item, fragment)
    joined_at = place_at(join[1]) if join else None
    return Panel(
        number=doubt.number if doubt else 0,
        state=doubt.state if doubt else None,
        what=what,
        reasons=reasons,
        place=here,
        at=at_of(here),
        crop=crop_size(here.bbox, _HIGHEST) if here.bbox else None,
        column=fragment.column if fragment else (doubt.column if doubt else ""),
        read=read,
        value=_value(said, read),
        base=max((entry.number for entry in said), default=0),
        item=item,
        section=section,
        cells=_cells(item, fragment),
        agencies=_agencies(item, fragment, doubt, office),
        doubted=doubt.text if doubt else "",
        twin=twin,
        row_join=join,
        join_base=last_number(log, joined_at) if joined_at else 0,
        said=said,
        head=head_values(plan) if what == "document" and not twin else (),
        head_asked=fields_about(doubt.row.reasons.split(BETWEEN)) if doubt and doubt.row else (),
        editable=fragment is not None,
    )


def _said(log: Sequence[Correction], place: Spot, *, of_head: bool) -> tuple[Correction, ...]:
    """What was said of a place, and `of_head` of what has none."""
    return tuple(
        entry
        for entry in log
        if same_place(entry, place) or (of_head and entry.page is None and entry.cell is None)
    )


def last_number(log: Sequence[Correction], place: Spot) -> int:
    """Return the last number of the log about a place, 0 where nothing was said."""
    return max((entry.number for entry in log if same_place(entry, place)), default=0)


def _holder(plan: Plan, place: Spot) -> tuple[Item | None, Section | None, Fragment | None]:
    best: tuple[float, Item | None, Section | None, Fragment | None] = (0.5, None, None, None)
    if place.page is None and place.cell is None:
        return None, None, None
    for item in plan.items:
        for fragment in item.fragments:
            score = likeness(place, spot(fragment))
            if score > best[0]:
                best = (score, item, None, fragment)
    for section in plan.sections:
        for fragment in section.fragments:
            score = likeness(place, spot(fragment))
            if score > best[0]:
                best = (score, None, section, fragment)
    return best[1:]


def _value(said: Sequence[Correction], read: str) -> str:
    """What stands in the field: what a person typed last, and was not taken back."""
    typed = [e for e in standing(said) if e.verdict == "correct" and e.field == "text"]
    return typed[-1].value or "" if typed else read


def _cells(item: Item | None, current: Fragment | None) -> tuple[CellLink, ...]:
    if item is None:
        return ()
    return tuple(
        CellLink(fragment, at_of(spot(fragment)), fragment == current)
        for fragment in item.fragments
    )


def _agencies(
    item: Item | None, fragment: Fragment | None, doubt: Doubt | None, office: Office
) -> tuple[AgencyChoice, ...]:
    if item is None or fragment is None:
        return ()
    roles = {
        "lead": ("lead",),
        "partners": ("partners",),
        "lead_and_partners": ("lead", "partners"),
    }
    asked = doubt.text if doubt is not None and doubt.row is not None else None
    about_one = doubt is not None and doubt.row is not None and doubt.row.what == "agency"
    found = []
    for role in roles.get(fragment.column, ()):
        for position, agency in enumerate(getattr(item, role)):
            mine = asked == agency.raw
            # The others of the cell have doubts of their own, each with its choices.
            settled = about_one or (agency.status == "accepted" and not agency.flags)
            candidates = () if settled and not mine else _candidates(agency, office)
            choice = AgencyChoice(f"{role}[{position}]", agency, candidates, mine)
            found.append(choice)
    if not any(choice.by_key and choice.candidates for choice in found):
        first = next((k for k, choice in enumerate(found) if choice.candidates), None)
        found = [replace(choice, by_key=k == first) for k, choice in enumerate(found)]
    return tuple(found)


def _candidates(agency: Agency, office: Office) -> tuple[Candidate, ...]:
    ids = [each for each in (agency.agency_id, agency.runner_up) if each]
    ids += _alike(agency.raw, office)
    known = [office.every[each] for each in dict.fromkeys(ids) if each in office.every]
    return tuple(Candidate(e.id, e.name, e.level) for e in known[:_CANDIDATES])


def _alike(text: str, office: Office) -> list[str]:
    return list(_asked(text, _Key(office)))


class _Key:
    """An office as a key of a cache: hashed by its digest, which stands for its content."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def __hash__(self) -> int:
        return hash(self.office.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.office.digest == other.office.digest


@lru_cache(maxsize=2048)
def _asked(text: str, key: _Key) -> tuple[str, ...]:
    if not text.strip():
        return ()
    answer = reconcile(key.office, {"q": {"query": text, "limit": _CANDIDATES}})
    return tuple(each["id"] for each in answer["q"]["result"])


def _row_join(plan: Plan, item: Item | None, fragment: Fragment | None) -> tuple[str, str] | None:
    """What M does here: part a row that was joined at a page break, or join one to it.

    Returns the verdict and the place of the first text of the page that it is about.
    """
    if item is None or fragment is None or fragment.page is None or fragment.cell is not None:
        return None  # rows of a file that holds them as such are never cut
    pages = [f.page for f in item.fragments if f.page is not None]
    joined = [join.page for join in item.joins]
    if joined:
        page = fragment.page if fragment.page in joined else joined[0]
        return ("part", _first_on(item, page))
    first, last = min(pages), max(pages)
    on_first, on_last = (
        [i for i in plan.items if any(f.page == page for f in i.fragments)]
        for page in (first, last)
    )
    if first > 1 and on_first[0].id == item.id:
        return (_JOINED, _first_on(item, first))
    if on_last[-1].id != item.id:
        return None  # another row stands between it and the page break
    later = next((i for i in plan.items if _begins_after(i, item, last)), None)
    return (_JOINED, _first_on(later, last + 1)) if later else None


def _begins_after(other: Item, item: Item, page: int) -> bool:
    pages = [f.page for f in other.fragments if f.page is not None]
    return bool(pages) and other.id != item.id and min(pages) == page + 1


def _first_on(item: Item, page: int) -> str:
    on_page = [f for f in item.fragments if f.page == page and f.bbox]
    first = min(on_page, key=lambda f: (f.bbox or (0, 0))[1::-1], default=None)
    return at_of(spot(first)) if first else ""


def head_values(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the fields of the title block and what stands in them."""
    values = []
    for field in FIELDS:
        owner, _, part = field.partition(".")
        value = getattr(plan.document, owner)
        value = getattr(value, part) if part else value
        values.append((field, "" if value is None else str(value)))
    return tuple(values)


def sentence(row: ReviewRow, lang: Language) -> str:
    """Return why a row is on the list, as a sentence."""
    return row.reason_vi if lang == "vi" else row.reason_en
