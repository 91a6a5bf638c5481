"""Places of the second pass with one text: looked at side by side, and confirmed at once.

Each place is shown by its own picture, since an equal reading need not be an equal print, and each
that is confirmed is an entry of the log of its own.
"""

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
from pipeline.dataset.store.lists import Held
from schemas.correction import Correction
from schemas.plan import Fragment, Plan
from web.forms import form_of
from web.pages import render, site_of
from web.review.corrections import SECOND_PASS, asked_at, say_each
from web.review.documents import find
from web.review.doubts import records_of, second_pass, spot
from web.review.panel import at_of, last_number
from web.site import Site

_SURE = 0.9  # confidence of the reading from which a text is offered here
_MOST = 24  # places of a text at once; the others come when these are said


class SameText(Struct, frozen=True):
    """A text that was read surely in two places and more that nobody looked at yet."""

    text: str
    count: int
    places: tuple[Fragment, ...]


def same_texts(plan: Plan, standing: Sequence[Correction]) -> list[SameText]:
    """Return such texts of one column each, those that stand most often first."""
    sure = {
        spot(f): f
        for record in records_of(plan)
        for f in record.fragments
        if f.confidence >= _SURE and not f.doubtful
    }
    found = defaultdict(list)
    for doubt in second_pass(plan, standing):
        fragment = sure.get(doubt.place)
        if doubt.state == "to-review" and fragment is not None:
            found[fragment.text, fragment.column].append(fragment)
    groups = [
        SameText(text, len(places), tuple(places[:_MOST]))
        for (text, _), places in found.items()
        if len(places) > 1
    ]
    return sorted(groups, key=lambda group: -group.count)


def page(request: Request) -> Response:
    """All of them, each place with its picture."""
    site, held = site_of(request), find(request)
    return render(
        request,
        "same_texts.html",
        held=held,
        groups=offered(site, held),
        at_of=lambda fragment: at_of(spot(fragment)),
        key_of=_key,
    )


def _key(fragment: Fragment) -> str:
    """The name of a place and its text in the form; JSON, since a browser changes line ends."""
    return json.dumps((at_of(spot(fragment)), fragment.text))


def offered(site: Site, held: Held) -> list[SameText]:
    """Return what is offered of a document; none where its file is gone: nobody could look."""
    if site.originals.find(held.row.sha256) is None:
        return []
    return same_texts(site.library.plan(held), log.standing_of(site.out, held.row.sha256))


async def confirm(request: Request) -> Response:
    """Say of every place that was left in that it is right as read."""
    form = await form_of(request)
    await run_in_threadpool(_confirm, request, form)
    return RedirectResponse(f"/review/{request.path_params['id']}/same", 303)


def _confirm(request: Request, form: FormData) -> None:
    site, held = site_of(request), find(request)
    chosen = set(form.getlist("place"))
    entries = log.entries(site.out, held.row.sha256)
    asked = [
        {
            **asked_at(held.id, spot(f)), "column": f.column, "verdict": "confirm",
            "field": SECOND_PASS, "value": f.text, "base": last_number(entries, spot(f)),
        }
        for group in offered(site, held)
        for f in group.places
        if _key(f) in chosen
    ]  # fmt: skip
    say_each(site, asked, request.scope["session"].user)


ROUTES = [
    Route("/review/{id}/same", page),
    Route("/review/{id}/same", confirm, methods=["POST"]),
]
