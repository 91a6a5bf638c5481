"""The same doubt in many documents: decided once, members left out one by one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.told import Spot
from pipeline.dataset.review import place_of
from pipeline.dataset.store.alike import Alike, members
from pipeline.dataset.store.alike import groups as alike
from pipeline.messages import Language
from schemas.correction import Correction
from schemas.dataset import ReviewRow
from web.forms import form_of, text_of
from web.lists.tabular import Field, View, in_format
from web.pages import language_of, page_of, render, site_of
from web.review.corrections import asked_at, say_each
from web.review.panel import at_of, last_number, place_at, sentence
from web.site import Site

_FIELDS = [Field(name) for name in ("text", "what", "places", "reason")]
_PAGE = 10  # groups, of up to 240 places together
_MEMBERS = 24  # of a group that are shown; those behind come when these are decided

Doubts = list[tuple[ReviewRow, str]]  # each with the SHA-256 of its document's content


class Member(Struct, frozen=True):
    """One doubt of a group, in the file of that content. `key` names it in the form.

    `pictured`: the place can be shown as a picture.
    """

    row: ReviewRow
    sha256: str
    at: str
    key: str
    pictured: bool


class DoubtGroup(Struct, frozen=True):
    """Doubts of one kind about one text: how many there are, and the first of them."""

    text: str
    reason: str
    count: int
    members: tuple[Member, ...]


def groups(request: Request) -> Response:
    """All groups of two and more; with `text` the doubts about that text, be it only one."""
    wanted, page = request.query_params.get("text", ""), page_of(request)
    site = site_of(request)
    view = View("groups", _FIELDS, lambda: _rows(site, wanted, language_of(request)))
    answer = in_format(request, view)
    if answer is not None:
        return answer
    with site.reading() as connection:
        found, count = site.remembered.get(
            connection, ("groups", wanted, page), lambda: _found(connection, wanted, page)
        )
    logs = log.entries_of_each(site.out, {sha256 for _, doubts in found for _, sha256 in doubts})
    shown = [_group(site, each, doubts, logs, language_of(request)) for each, doubts in found]
    said = request.query_params.get("said", "")
    return render(
        request,
        "groups.html",
        groups=shown,
        wanted=wanted,
        done=int(said) if said.isdecimal() else None,
        page=page,
        pages=max(1, -(-count // _PAGE)),
    )


def _rows(site: Site, wanted: str, lang: Language) -> Iterator[dict[str, Any]]:
    """All groups, each told by the first of its doubts."""
    with site.reading() as connection:
        for each in alike(connection, wanted, limit=None)[0]:
            first, _ = members(connection, each.key, limit=1)[0]
            yield {
                "text": first.text,
                "what": first.what,
                "places": each.count,
                "reason": sentence(first, lang),
            }


def _found(
    connection: sa.Connection, wanted: str, page: int
) -> tuple[list[tuple[Alike, Doubts]], int]:
    found, count = alike(connection, wanted, limit=_PAGE, offset=(page - 1) * _PAGE)
    return [(each, members(connection, each.key, limit=_MEMBERS)) for each in found], count


def _group(
    site: Site,
    each: Alike,
    doubts: Doubts,
    logs: Mapping[str, Sequence[Correction]],
    lang: Language,
) -> DoubtGroup:
    first = doubts[0][0]
    shown = tuple(_member(site, row, sha256, logs.get(sha256, ())) for row, sha256 in doubts)
    return DoubtGroup(first.text, sentence(first, lang), each.count, shown)


def _member(site: Site, row: ReviewRow, sha256: str, said: Sequence[Correction]) -> Member:
    place = place_of(row)
    at, base = at_of(place), last_number(said, place)
    key = json.dumps((row.document_id, row.what, at, row.text, base))
    pictured = place.bbox is not None and site.originals.find(sha256) is not None
    return Member(row, sha256, at, key, pictured)


async def decide(request: Request) -> Response:
    """Say the same of every member that was left in."""
    form = await form_of(request)
    done = await run_in_threadpool(_decide, request, form)
    return RedirectResponse(f"/groups?said={done}", 303)


def _decide(request: Request, form: FormData) -> int:
    site = site_of(request)
    # What is left out stays in the group; the count tells.
    done = say_each(site, _asked(form), request.scope["session"].user)
    site.writer.wait()  # else the page would show again what was just decided
    return done


def _asked(form: FormData) -> Iterator[dict[str, Any]]:
    verdict = text_of(form, "verdict")
    for key in form.getlist("member"):
        try:
            document, what, at, text, base = json.loads(str(key))
        except (TypeError, ValueError):
            continue
        place = place_at(str(at)) or Spot(None, None)
        yield {
            **asked_at(document, place),
            "verdict": verdict,
            "field": "text" if verdict == "correct" else what,
            "value": text_of(form, "value") if verdict == "correct" else text,
            "base": base,
        }


ROUTES = [
    Route("/groups", groups),
    Route("/groups", decide, methods=["POST"]),
]
