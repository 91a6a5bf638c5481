"""Documents: the list, one document, pictures of its pages, and the plan for programs."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.standing import not_taken_back
from pipeline.dataset.review import doubts_of, review_plan
from pipeline.dataset.rows import BETWEEN
from pipeline.dataset.store.lists import Held, copies_of
from pipeline.dataset.store.versions import doubts_beside
from schemas.dataset import ReviewRow
from schemas.plan import Plan
from web.forms import back_of, form_of, number_of, text_of
from web.pages import render, site_of, told_by
from web.review import corrections
from web.review.corrections import RefusedError
from web.review.doubts import records_of, spot
from web.review.panel import at_of, head_values
from web.state.pictures import NoPictureError

_OF_OTHERS = {"possible_new_version", "differs_from_twin"}  # flags that are in no plan
_FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}


def document(request: Request) -> Response:
    """One document: title block to edit, appendices, rows, history."""
    site, held = site_of(request), find(request)
    plan = site.library.plan(held)
    entries = log.entries_about(site.out, held.row.sha256)
    with site.reading() as connection:
        copies = copies_of(connection, held.row)
        of_others = doubts_beside(connection, held.id)
    places = {
        record.id: at_of(spot(record.fragments[0]))
        for record in records_of(plan)
        if record.fragments
    }
    return render(
        request,
        "document.html",
        held=held,
        plan=plan,
        head=head_values(plan),
        places=places,
        entries=entries[::-1],
        standing=frozenset(entry.number for entry in not_taken_back(entries)),
        copies=copies,
        flags=_left(held, plan, of_others),
        message=told_by(request),
    )


def _left(held: Held, plan: Plan, of_others: Sequence[ReviewRow]) -> list[str]:
    """The flags of a document but for those of which a person said that all is right."""
    asked = [row for row in doubts_of(plan) if row.what == "document"]
    left = {code for row in (*review_plan(plan), *of_others) for code in _codes(row)}
    said = {code for row in asked for code in _codes(row)} | _OF_OTHERS
    return [flag for flag in held.flags if flag in left or flag not in said]


def _codes(row: ReviewRow) -> list[str]:
    return row.reasons.split(BETWEEN)


async def save_head(request: Request) -> Response:
    """The form of the title block: every field that was changed is a correction."""
    form = await form_of(request)
    return await run_in_threadpool(_save_head, request, form)


def _save_head(request: Request, form: FormData) -> Response:
    site, held = site_of(request), find(request)
    plan = site.library.plan(held)
    base = number_of(form, "base")
    back = back_of(form, f"/documents/{held.id}")
    said = "saved"
    for field, now in head_values(plan):
        if field not in form or text_of(form, field).strip() == now:
            continue
        asked = {
            "document": held.id,
            "field": field,
            "value": text_of(form, field),
            "base": base,
        }
        try:
            corrections.say(site, asked, request.scope["session"].user)
        except RefusedError as error:
            said = error.key
        except log.ConflictError as error:
            return render(request, "conflict.html", 409, held=held, asked=asked, theirs=error.other)
    joint = "&" if "?" in back else "?"
    return RedirectResponse(f"{back}{joint}said={said}", 303)


def plan_json(request: Request) -> Response:
    """`GET /api/documents/{id}`: the plan."""
    plan = site_of(request).library.plan(find(request))
    return Response(plan.model_dump_json(indent=1), media_type="application/json")


def page_picture(request: Request) -> Response:
    """A page as a picture; its address holds the content's digest, so it never changes."""
    try:
        content = site_of(request).pictures.page(
            _known(request), int(request.path_params["number"])
        )
    except NoPictureError as error:
        raise HTTPException(404) from error
    return Response(content, media_type="image/jpeg", headers=_FOR_EVER)


def crop(request: Request) -> Response:
    """A place on a page as a picture."""
    try:
        x0, top, x1, bottom = map(float, request.query_params.get("box", "").split(","))
    except ValueError as error:
        raise HTTPException(404) from error
    if not (0 <= x1 - x0 <= 5000 and 0 <= bottom - top <= 5000):
        raise HTTPException(404)
    number = int(request.path_params["number"])
    try:
        content = site_of(request).pictures.crop(_known(request), number, (x0, top, x1, bottom))
    except NoPictureError as error:
        raise HTTPException(404) from error
    return Response(content, media_type="image/jpeg", headers=_FOR_EVER)


def _known(request: Request) -> str:
    """The content that the address names, if it is one of a document here."""
    sha256: str = request.path_params["sha256"]
    if site_of(request).library.of_content(sha256) is None:
        raise HTTPException(404)
    return sha256


def find(request: Request) -> Held:
    """Return the document of the address; raises HTTPException (404)."""
    held = site_of(request).library.find(request.path_params["id"])
    if held is None:
        raise HTTPException(404)
    return held


ROUTES = [
    Route("/documents/{id}", document),
    Route("/documents/{id}/head", save_head, methods=["POST"]),
    Route("/api/documents/{id}", plan_json),
    Route("/pages/{sha256}/{number:int}.jpg", page_picture),
    Route("/crops/{sha256}/{number:int}.jpg", crop),
]
