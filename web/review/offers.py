"""What was corrected in another file of the same plan, offered by its text: a sheet scanned anew.

Another scan is another content, so nothing is applied by itself: a person chooses.
"""

from collections.abc import Sequence

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.anchors import same_place
from pipeline.correct.standing import standing
from pipeline.dataset.store.lists import Held, files_of_unit
from pipeline.language.text import bare
from schemas.correction import Correction
from schemas.plan import Fragment, Plan
from web.forms import form_of
from web.pages import render, site_of
from web.review.corrections import asked_at, say_each
from web.review.documents import find
from web.review.doubts import records_of, spot
from web.review.panel import at_of
from web.site import Site


class Offer(Struct, frozen=True):
    """A text that stands here as it stood where it was corrected: what it became there."""

    entry: Correction
    source_file: str
    fragment: Fragment
    at: str

    @property
    def key(self) -> str:
        """Name of the offer in the form."""
        return f"{self.entry.number} {self.at}"


def offers_for(site: Site, held: Held, plan: Plan) -> list[Offer]:
    """Return what was corrected in other files of the unit and year and stands here as well."""
    with site.reading() as connection:
        others = files_of_unit(connection, held.row)
    corrected = log.entries_of_each(site.out, others)
    if not corrected:
        return []
    said = log.standing_of(site.out, held.row.sha256)
    fragments = list(dict.fromkeys(f for record in records_of(plan) for f in record.fragments))
    free = [f for f in fragments if not any(same_place(entry, spot(f)) for entry in said)]
    return [
        Offer(entry, source_file, fragment, at_of(spot(fragment)))
        for sha256, source_file in others.items()
        for entry in standing(corrected.get(sha256, ()))
        for fragment in _alike(entry, free)
    ]


def _alike(entry: Correction, fragments: Sequence[Fragment]) -> list[Fragment]:
    if entry.verdict != "correct" or entry.field != "text" or not bare(entry.read):
        return []
    return [
        fragment
        for fragment in fragments
        if fragment.column == entry.column and bare(fragment.text) == bare(entry.read)
    ]


def offers(request: Request) -> Response:
    """All of them, to be chosen one by one."""
    site, held = site_of(request), find(request)
    found = offers_for(site, held, site.library.plan(held))
    return render(request, "offers.html", held=held, offers=found)


async def take(request: Request) -> Response:
    """Correct what was chosen as it was corrected there."""
    form = await form_of(request)
    await run_in_threadpool(_take, request, form)
    return RedirectResponse(f"/review/{request.path_params['id']}?said=saved", 303)


def _take(request: Request, form: FormData) -> None:
    site, held = site_of(request), find(request)
    chosen = set(form.getlist("offer"))
    asked = [
        {
            **asked_at(held.id, spot(offer.fragment)),
            "column": offer.fragment.column,
            "value": offer.entry.value,
        }
        for offer in offers_for(site, held, site.library.plan(held))
        if offer.key in chosen
    ]
    say_each(site, asked, request.scope["session"].user)


ROUTES = [
    Route("/review/{id}/offers", offers),
    Route("/review/{id}/offers", take, methods=["POST"]),
]
