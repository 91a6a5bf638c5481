"""The same doubt in many documents: decided once, members left out one by one."""

import json
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.told import Spot
from pipeline.dataset.review import place_of
from pipeline.language.text import bare
from pipeline.messages import Language
from schemas.correction import Correction
from schemas.dataset import ReviewRow
from web import corrections
from web.corrections import RefusedError
from web.forms import form_of, text_of
from web.library import Held
from web.pages import language_of, render, site_of
from web.review_panel import at_of, last_number, place_at, sentence

_MOST = 200  # groups on a page


class Member(Struct, frozen=True):
    """One doubt of a group. `key` names it in the form, `base` is the last number seen there."""

    held: Held
    row: ReviewRow
    at: str
    key: str


class Group(Struct, frozen=True):
    """Doubts of one kind about one text."""

    text: str
    reason: str
    what: str
    members: tuple[Member, ...]


def groups(request: Request) -> Response:
    """All groups of two and more; with `text` the doubts about that text, be it only one."""
    wanted = bare(request.query_params.get("text", ""))
    site = site_of(request)
    entries = log.entries(site.out)
    found = grouped(site.library.documents(), entries, language_of(request), wanted)
    said = request.query_params.get("said", "")
    return render(
        request,
        "groups.html",
        groups=found[:_MOST],
        wanted=request.query_params.get("text", ""),
        done=int(said) if said.isdecimal() else None,
    )


def grouped(
    documents: Sequence[Held], entries: Sequence[Correction], lang: Language, wanted: str
) -> list[Group]:
    """Return the groups, the largest first; `entries` are the whole log."""
    logs: defaultdict[str, list[Correction]] = defaultdict(list)
    for entry in entries:
        logs[entry.sha256].append(entry)
    members: dict[tuple[str, str, str], list[Member]] = {}
    for held in documents:
        for row in held.review:
            text = bare(row.text)
            if not text or (wanted and text != wanted):
                continue
            place = place_of(row)
            at, base = at_of(place), last_number(logs[held.row.sha256], place)
            key = json.dumps((held.id, row.what, at, row.text, base))
            group = (row.what, row.reasons.split("; ")[0], text)
            members.setdefault(group, []).append(Member(held, row, at, key))
    least = 1 if wanted else 2
    found = [
        Group(each[0].row.text, sentence(each[0].row, lang), each[0].row.what, tuple(each))
        for each in members.values()
        if len(each) >= least
    ]
    return sorted(found, key=lambda group: (-len(group.members), group.text))


async def decide(request: Request) -> Response:
    """Say the same of every member that was left in."""
    form = await form_of(request)
    done = await run_in_threadpool(_decide, request, form)
    return RedirectResponse(f"/groups?said={done}", 303)


def _decide(request: Request, form: FormData) -> int:
    site, done = site_of(request), 0
    verdict = text_of(form, "verdict")
    for key in form.getlist("member"):
        try:
            document, what, at, text, base = json.loads(str(key))
        except (TypeError, ValueError):
            continue
        place = place_at(str(at)) or Spot(None, None)
        asked = {
            "document": document,
            "page": place.page,
            "bbox": place.bbox,
            "cell": place.cell,
            "verdict": verdict,
            "field": "text" if verdict == "correct" else what,
            "value": text_of(form, "value") if verdict == "correct" else text,
            "base": base,
        }
        try:
            corrections.say(site, asked, request.scope["session"].user)
            done += 1
        except (RefusedError, log.ConflictError):
            continue  # told by the count; the member stays in the group
    return done


ROUTES = [
    Route("/groups", groups),
    Route("/groups", decide, methods=["POST"]),
]
