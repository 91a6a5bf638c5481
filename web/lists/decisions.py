"""What people decide about texts that name agencies, for all documents: said, undone, handed on."""

from collections.abc import Callable
from datetime import datetime
from typing import cast, get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.agencies import RegistryError
from pipeline.agencies.registry.decide import (
    Person,
    decide,
    decide_new,
    export_decisions,
    import_decisions,
    undo_decision,
)
from pipeline.agencies.registry.decisions import AgencyDecision, Verdict
from pipeline.messages import tell
from schemas.plan import AgencyKind, AgencyLevel
from web.forms import form_of, number_of, text_of
from web.pages import language_of, render, site_of

LEVELS: tuple[str, ...] = get_args(AgencyLevel)
KINDS: tuple[str, ...] = get_args(AgencyKind)
_OF_KNOWN = ("is", "is_not")


async def decide_text(request: Request) -> Response:
    """A text is that agency, or never, in every document, from now on."""
    form = await form_of(request)
    text, agency_id = text_of(form, "everywhere"), text_of(form, "value")
    verdict = text_of(form, "verdict")
    verdict = verdict if verdict in _OF_KNOWN else "is"

    def work() -> list[str]:
        office = site_of(request).office()
        decide(office, text, cast(Verdict, verdict), agency_id, _person(request))
        return [text]

    return await _done(request, work, _back(form))


def _back(form: FormData) -> str:
    """The place of the review page from which a decision came, else the list."""
    document, at, doubt = (text_of(form, name) for name in ("document", "at", "doubt"))
    if not document:
        return "/agencies"
    return f"/review/{document}" + (f"?d={doubt}" if doubt not in ("", "0") else f"?at={at}")


async def decide_other(request: Request) -> Response:
    """A text is an agency that no list has yet."""
    form = await form_of(request)
    text, name, level, kind = (text_of(form, n) for n in ("text", "name", "level", "kind"))
    known_level = cast(AgencyLevel, level) if level in LEVELS else None
    known_kind = cast(AgencyKind, kind) if kind in KINDS else "agency"

    def work() -> list[str]:
        office = site_of(request).office()
        decide_new(office, text or name, name, known_level, known_kind, _person(request))
        return [text or name]

    return await _done(request, work)


async def undo(request: Request) -> Response:
    """Take a decision back; it stays in the list."""
    form = await form_of(request)
    number = number_of(form, "number")

    def work() -> list[str]:
        office = site_of(request).office()
        return [undo_decision(office.files.decisions, number, _person(request)).text]

    return await _done(request, work)


def export(request: Request) -> Response:
    """`GET /agencies/decisions.csv`: all decisions, for another office."""
    content = export_decisions(site_of(request).office().files.decisions)
    disposition = {"content-disposition": 'attachment; filename="decisions.csv"'}
    return Response(content.encode("utf-8-sig"), 200, disposition, "text/csv; charset=utf-8")


async def take_in(request: Request) -> Response:
    """Take in the decisions of another office that are not known yet."""
    form = await form_of(request)
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    name = (file.filename or "") if isinstance(file, UploadFile) else ""

    def work() -> list[str]:
        added: tuple[AgencyDecision, ...] = import_decisions(
            site_of(request).office(), content, name
        )
        return [decision.text for decision in added]

    return await _done(request, work)


async def _done(
    request: Request, work: Callable[[], list[str]], back: str = "/agencies"
) -> Response:
    """Do it, make all documents anew that hold one of the texts it gives, and go back."""

    def tried() -> Response:
        try:
            texts = work()
        except RegistryError as error:
            return render(request, "refused.html", 422, error=tell(error, language_of(request)))
        for text in texts:
            site_of(request).make_anew_where(text)
        return RedirectResponse(back, 303)

    return await run_in_threadpool(tried)


def _person(request: Request) -> Person:
    return Person(request.scope["session"].user, datetime.now().astimezone())


ROUTES = [
    Route("/agencies/decide", decide_text, methods=["POST"]),
    Route("/agencies/new", decide_other, methods=["POST"]),
    Route("/agencies/undo", undo, methods=["POST"]),
    Route("/agencies/decisions.csv", export),
    Route("/agencies/decisions", take_in, methods=["POST"]),
]
