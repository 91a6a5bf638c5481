"""The review page: doubts, the pages with their boxes, and the place that is looked at."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.standing import live, standing
from pipeline.dataset.store.lists import (
    Held,
    count_waiting,
    next_waiting,
    unapproved_documents,
    waiting,
)
from pipeline.interpret.roles import ColumnRole
from pipeline.messages import Language
from schemas.correction import Correction
from schemas.plan import Plan
from web.forms import back_of, form_of, number_of, text_of
from web.lists.tabular import Field, View, in_format
from web.pages import language_of, page_of, render, site_of, told_by, words
from web.review import corrections
from web.review.approval import approval_of
from web.review.corrections import RefusedError
from web.review.documents import find
from web.review.doubts import OPEN, Doubt, records_of, second_pass, spot
from web.review.offers import offers_for
from web.review.panel import Panel, at_of, panel_of_doubt, panel_of_place, place_at, sentence
from web.site import Site

ROLES = get_args(ColumnRole)
_PAGE = 100  # documents in the list
_FIELDS = [Field(name) for name in ("document_id", "source_file", "unit", "open", "reason")]
_DOUBTS = [
    Field(name)
    for name in (
        "number", "state", "page", "column", "reason", "read", "value", "who", "at", "x0", "top",
        "x1", "bottom", "cell",
    )
]  # fmt: skip


class DrawnBox(Struct, frozen=True):
    """A box on a page: where, of which rows, and the number of the doubt about it (0: none)."""

    at: str
    bbox: tuple[float, float, float, float]
    items: str
    doubt: int
    state: str
    text: str


class DrawnPage(Struct, frozen=True):
    """A page with its boxes; sizes in points."""

    number: int
    width: float
    height: float
    boxes: tuple[DrawnBox, ...]


def review_list(request: Request) -> Response:
    """Documents with something to review, those with most first."""
    site, page = site_of(request), page_of(request)
    answer = in_format(request, View("review", _FIELDS, lambda: _waiting(site, request)))
    if answer is not None:
        return answer
    with site.reading() as connection:
        rows, count = site.remembered.get(
            connection,
            ("waiting", page),
            lambda: (
                waiting(connection, limit=_PAGE, offset=(page - 1) * _PAGE),
                count_waiting(connection),
            ),
        )
        unapproved = unapproved_documents(connection, limit=_PAGE) if site.two_people else []
    people = log.people_of(site.out, [held.row.sha256 for held, _ in rows])
    me = request.scope["session"].user
    holders = {held.id: site.presence.holder(held.id) for held, _ in rows}
    return render(
        request, "review_list.html", rows=rows, people=people, holders=holders, me=me, count=count,
        page=page, pages=max(1, -(-count // _PAGE)), unapproved=unapproved,
    )  # fmt: skip


def _waiting(site: Site, request: Request) -> Iterator[dict[str, Any]]:
    """All documents of the list, each with its gravest doubt."""
    lang = language_of(request)
    with site.reading() as connection:
        for held, doubt in waiting(connection, limit=None):
            yield {
                "document_id": held.id,
                "source_file": held.row.source_file,
                "unit": held.row.unit,
                "open": held.open,
                "reason": sentence(doubt, lang),
            }


def review(request: Request) -> Response:
    """One document: the place that the address names, else the first open doubt."""
    site, held = site_of(request), find(request)
    plan, lang = site.library.plan(held), language_of(request)
    entries = log.entries(site.out, held.row.sha256)
    again = "pass" in request.query_params
    found = second_pass(plan, standing(entries)) if again else corrections.doubts_about(site, plan)
    answer = in_format(request, View("doubts", _DOUBTS, lambda: _told_doubts(found, lang)))
    if answer is not None:
        return answer
    office, me = site.office(), request.scope["session"].user
    here = site.presence.look(held.id, me)
    panels = {d.number: panel_of_doubt(plan, d, entries, office, lang) for d in found}
    opened = _opened(request, plan, entries)
    current = 0 if opened else _current(found, request.query_params.get("d"))
    left = sum(d.state in OPEN for d in found)
    pages = drawn(site, plan, found)
    return render(
        request,
        "review.html",
        held=held,
        plan=plan,
        doubts=found,
        panels=panels,
        panel=opened or panels.get(current),
        current=current,
        pages=pages,
        pictured=bool(pages),
        counts=Counter(d.state for d in found),
        open=left,
        following=_following(site, held, me),
        here_now=here,
        offered=len(offers_for(site, held, plan)),
        approval=approval_of(plan, held.open if again else left, entries, me)
        if site.two_people
        else None,
        live=frozenset(entry.number for entry in live(entries)),
        roles=ROLES,
        again=again,
        looked_twice=not left and (again or _looked_twice(plan, entries)),
        message=told_by(request),
    )


def _looked_twice(plan: Plan, entries: Sequence[Correction]) -> bool:
    """Whether all places of the second pass were looked at; `entries` are the document's log."""
    return all(doubt.state not in OPEN for doubt in second_pass(plan, standing(entries)))


def _opened(request: Request, plan: Plan, entries: Sequence[Correction]) -> Panel | None:
    """The panel of the place that the address names with `at`; None where nothing stands there."""
    place = place_at(request.query_params.get("at", ""))
    return panel_of_place(plan, place, entries, site_of(request).office()) if place else None


def _told_doubts(found: Sequence[Doubt], lang: Language) -> Iterator[dict[str, Any]]:
    for doubt in found:
        box = doubt.place.bbox or (None, None, None, None)
        said = doubt.said
        yield {
            "number": doubt.number, "state": doubt.state, "column": doubt.column,
            "reason": sentence(doubt.row, lang) if doubt.row else "", "read": doubt.text,
            "value": said.value if said else None, "who": said.who if said else "",
            "at": said.at if said else "", "page": doubt.place.page, "cell": doubt.place.cell,
            **dict(zip(("x0", "top", "x1", "bottom"), box, strict=True)),
        }  # fmt: skip


def panel(request: Request) -> Response:
    """The panel of any place, for the page to put in."""
    site, held = site_of(request), find(request)
    plan = site.library.plan(held)
    entries = log.entries(site.out, held.row.sha256)
    opened = _opened(request, plan, entries)
    if opened is None:
        raise HTTPException(404)
    return render(
        request,
        "panel.html",
        held=held,
        plan=plan,
        panel=opened,
        pictured=bool(site.pictures.sizes(held.row.sha256)),
        roles=ROLES,
        again=False,
        live=frozenset(entry.number for entry in live(entries)),
    )


def here(request: Request) -> Response:
    """`GET /review/{id}/here`: who else looks at it or holds it; whether it is read anew."""
    site, held = site_of(request), find(request)
    found = site.presence.look(held.id, request.scope["session"].user)
    anew = site.reader.reads_again(held.row.sha256)
    return JSONResponse({"others": found.others, "holder": found.holder, "reading": anew})


async def take_over(request: Request) -> Response:
    """Review a document in somebody else's stead; they are told."""
    await form_of(request)
    site, document = site_of(request), request.path_params["id"]
    if await run_in_threadpool(site.library.find, document) is None:
        raise HTTPException(404)
    site.presence.take(document, request.scope["session"].user)
    return RedirectResponse(f"/review/{document}", 303)


async def save(request: Request) -> Response:
    """A form of the review page, where no script took it: say it, then go on to the next doubt."""
    form = await form_of(request)
    document = request.path_params["id"]
    asked: dict[str, Any] = {**form, "document": document}
    number = number_of(form, "doubt")
    again = "pass=1&" if text_of(form, "pass") else ""
    back = f"/review/{document}?{again}d={number}"
    try:
        await run_in_threadpool(_say, request, asked)
    except RefusedError as error:
        return RedirectResponse(f"{back}&said={error.key}", 303)
    except log.ConflictError as error:
        return await run_in_threadpool(_conflict_page, request, asked, error)
    if text_of(form, "back"):
        return RedirectResponse(back_of(form, back), 303)
    if text_of(form, "verdict") in ("undo", "redo") or not number:
        return RedirectResponse(back if number else _place_in(document, form), 303)
    return RedirectResponse(f"/review/{document}?{again}d={number + 1}", 303)


def _place_in(document: str, form: FormData) -> str:
    return f"/review/{document}?at={text_of(form, 'at')}"


async def add_row(request: Request) -> Response:
    """A row that the program missed, put in behind another one."""
    form = await form_of(request)
    document = request.path_params["id"]
    row = {name.removeprefix("row_"): form[name] for name in form if name.startswith("row_")}
    asked = {
        **form,
        "document": document,
        "verdict": "add_row",
        "value": json.dumps(row, ensure_ascii=False),
    }
    said = "saved"
    try:
        await run_in_threadpool(_say, request, asked)
    except RefusedError as error:
        said = error.key
    except log.ConflictError:  # somebody has just taken the row away
        said = "correction.no_place"
    return RedirectResponse(f"{_place_in(document, form)}&said={said}", 303)


def _conflict_page(request: Request, asked: dict[str, Any], error: log.ConflictError) -> Response:
    held = find(request)
    return render(request, "conflict.html", 409, held=held, asked=asked, theirs=error.other)


async def post_correction(request: Request) -> Response:
    """`POST /api/corrections`: 201 with the number, 409 with both values, 422 with the reason."""
    try:
        asked = await request.json()
    except ValueError:
        return JSONResponse({"error": "no_json"}, 400)
    if not isinstance(asked, dict):
        return JSONResponse({"error": "no_object"}, 400)
    try:
        done = await run_in_threadpool(_say, request, asked)
    except RefusedError as error:
        text = words(language_of(request))(error.key)
        return JSONResponse({"error": error.key, "message": text}, 422)
    except log.ConflictError as error:
        return JSONResponse(
            {
                "error": "conflict",
                "yours": {"value": asked.get("value")},
                "theirs": _told(error.other, words(language_of(request))),
            },
            409,
        )
    return JSONResponse(
        {"number": done.entry.number, "verdict": done.entry.verdict, "shown": done.shown}, 201
    )


def _told(entry: Correction, text: Callable[..., str]) -> dict[str, Any]:
    return {
        "told": text(f"verdict.{entry.verdict}"),
        "number": entry.number,
        "value": entry.value,
        "verdict": entry.verdict,
        "who": entry.who,
        "at": entry.at,
    }


def _say(request: Request, asked: dict[str, Any]) -> corrections.Done:
    return corrections.say(site_of(request), asked, request.scope["session"].user)


def _current(found: Sequence[Doubt], asked: str | None) -> int:
    """The doubt that is asked for, the last where the list ends before it; else the first open."""
    if asked and asked.isdecimal() and found:
        return min(max(1, int(asked)), len(found))
    return next((d.number for d in found if d.state in OPEN), 1 if found else 0)


def _following(site: Site, held: Held, who: str) -> Held | None:
    """The next document with something to review that nobody else holds, in the order of files."""
    with site.reading() as connection:
        return next_waiting(connection, held.id, site.presence.held_by_others(who))


def drawn(site: Site, plan: Plan, found: Sequence[Doubt]) -> list[DrawnPage]:
    """Return the pages with the boxes of all that was read in tables."""
    of_doubt: dict[str, Doubt] = {}
    for doubt in reversed(found):
        of_doubt[at_of(doubt.place)] = doubt
    boxes: dict[int, dict[str, DrawnBox]] = {}
    for record in records_of(plan):
        for fragment in record.fragments:
            if fragment.page is None or fragment.bbox is None:
                continue
            at = at_of(spot(fragment))
            known = boxes.setdefault(fragment.page, {}).get(at)
            items = f"{known.items} {record.id}" if known else record.id
            about = of_doubt.get(at)
            boxes[fragment.page][at] = DrawnBox(
                at,
                fragment.bbox,
                items,
                about.number if about else 0,
                about.state if about else "",
                " ".join(fragment.text.split())[:80],
            )
    for doubt in found:  # of the title block, which is in no table
        page, box, at = doubt.place.page, doubt.place.bbox, at_of(doubt.place)
        if page is not None and box is not None and at not in boxes.setdefault(page, {}):
            text = " ".join(doubt.text.split())[:80]
            boxes[page][at] = DrawnBox(at, box, "", doubt.number, doubt.state, text)
    sizes = site.pictures.sizes(plan.document.sha256)
    return [
        DrawnPage(number, width, height, tuple(boxes.get(number, {}).values()))
        for number, (width, height) in enumerate(sizes, 1)
    ]


ROUTES = [
    Route("/review", review_list),
    Route("/review/{id}", review),
    Route("/review/{id}/panel", panel),
    Route("/review/{id}/here", here),
    Route("/review/{id}/take", take_over, methods=["POST"]),
    Route("/review/{id}/rows", add_row, methods=["POST"]),
    Route("/review/{id}/say", save, methods=["POST"]),
    Route("/api/corrections", post_correction, methods=["POST"]),
]
