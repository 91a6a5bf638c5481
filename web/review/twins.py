"""One plan in two forms, or two plans: a person says so once."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct.log import append
from pipeline.dataset.store.twins import entry_about, pairs
from web.forms import form_of, text_of
from web.pages import site_of
from web.review.documents import find


async def say(request: Request) -> Response:
    """The form of a doubt that asks whether two files are one plan."""
    form = await form_of(request)
    same = text_of(form, "verdict") == "join"
    await run_in_threadpool(_say, request, same)
    return RedirectResponse(f"/review/{request.path_params['id']}", 303)


def _say(request: Request, same: bool) -> None:
    site, held = site_of(request), find(request)
    with site.reading() as connection:
        pair = next((p for p in pairs(connection) if p.office_sha256 == held.row.sha256), None)
    if pair is None:
        return  # somebody has just said that they are two plans
    entry = entry_about(pair, request.scope["session"].user, same=same)
    append(site.out, entry, checked=False)
    site.writer.wait()  # else the page would ask once more


ROUTES = [Route("/review/{id}/twin", say, methods=["POST"])]
