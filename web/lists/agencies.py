"""Agencies: the registry, what was decided about texts, and undoing it."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.agencies import RegistryError
from pipeline.agencies.registry.decide import Person, decide, undo_decision
from pipeline.agencies.registry.entries import Entry
from pipeline.language.text import bare
from pipeline.messages import tell
from web.forms import form_of, text_of
from web.lists.tabular import Field, View, in_format
from web.pages import language_of, render, site_of

_SHOWN = 100
_FIELDS = [Field(name) for name in ("id", "name", "level", "other_names")]


def agencies(request: Request) -> Response:
    """The registry by words without tones, and all decisions."""
    office = site_of(request).office()
    wanted = bare(request.query_params.get("q", ""))
    found = [
        entry
        for entry in office.every.values()
        if all(
            word in bare(" ".join((entry.name, *entry.aliases, *entry.abbreviations)))
            for word in wanted.split()
        )
    ]
    found.sort(key=lambda entry: bare(entry.name))
    answer = in_format(request, View("agencies", _FIELDS, lambda: map(_row, found)))
    if answer is not None:
        return answer
    return render(
        request,
        "agencies.html",
        entries=found[:_SHOWN],
        count=len(found),
        decided=office.decided[::-1],
        names={identifier: entry.name for identifier, entry in office.every.items()},
        error=request.query_params.get("error", ""),
    )


def _row(entry: Entry) -> dict[str, str]:
    others = "; ".join((*entry.abbreviations, *entry.aliases))
    return {"id": entry.id, "name": entry.name, "level": entry.level or "", "other_names": others}


async def decide_text(request: Request) -> Response:
    """A text is that agency, in every document, from now on."""
    form = await form_of(request)
    text, agency_id = text_of(form, "everywhere"), text_of(form, "value")
    document, at, doubt = (text_of(form, name) for name in ("document", "at", "doubt"))
    back = "/agencies"
    if document:
        back = f"/review/{document}" + (f"?d={doubt}" if doubt not in ("", "0") else f"?at={at}")

    def work() -> str | None:
        site = site_of(request)
        try:
            decide(site.office(), text, "is", agency_id, _person(request))
        except RegistryError as error:
            return tell(error, language_of(request))
        site.make_anew_where(text)
        return None

    error = await run_in_threadpool(work)
    if error is not None:
        return await run_in_threadpool(_refused, request, error)
    return RedirectResponse(back, 303)


async def undo(request: Request) -> Response:
    """Take a decision back; it stays in the list."""
    form = await form_of(request)
    number = text_of(form, "number")

    def work() -> str | None:
        site = site_of(request)
        office = site.office()
        texts = [each.text for each in office.decided if each.number == int(number)]
        try:
            undo_decision(office.files.decisions, int(number), _person(request))
        except RegistryError as error:
            return tell(error, language_of(request))
        for text in texts:
            site.make_anew_where(text)
        return None

    error = await run_in_threadpool(work) if number.isdecimal() else None
    if error is not None:
        return await run_in_threadpool(_refused, request, error)
    return RedirectResponse("/agencies", 303)


def _refused(request: Request, error: str) -> Response:
    return render(request, "refused.html", 422, error=error)


def _person(request: Request) -> Person:
    return Person(request.scope["session"].user, datetime.now().astimezone())


ROUTES = [
    Route("/agencies", agencies),
    Route("/agencies/decide", decide_text, methods=["POST"]),
    Route("/agencies/undo", undo, methods=["POST"]),
]
