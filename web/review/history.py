"""Taking back, or bringing back, any entry of the history, whoever said it and of whatever."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from web.forms import back_of, form_of, number_of
from web.pages import site_of
from web.review import corrections, undoing


async def undo(request: Request) -> Response:
    """`POST /history/undo`: take back the entry `undoes`; one that is gone already stays so."""
    form = await form_of(request)
    await run_in_threadpool(_undo, request, number_of(form, "undoes"))
    return RedirectResponse(back_of(form, "/history"), 303)


def _undo(request: Request, number: int) -> None:
    site, who = site_of(request), request.scope["session"].user
    target = undoing.target(log.entries(site.out), number, who, again=False) if number else None
    if target is not None:
        corrections.take_back(site, target, who)


ROUTES = [Route("/history/undo", undo, methods=["POST"])]
