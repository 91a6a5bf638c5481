"""One plan in two forms, or two plans: a person says so once."""

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline import __version__
from pipeline.correct.log import append
from pipeline.dataset.store.twins import FIELD, Pair, decision_key, pairs
from schemas.correction import Correction
from web.documents import find
from web.forms import form_of, text_of
from web.pages import site_of


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
        raise HTTPException(404)
    append(site.out, _entry(pair, same, request.scope["session"].user), checked=False)
    site.writer.call(lambda: None)


def _entry(pair: Pair, same: bool, who: str) -> Correction:
    return Correction(
        number=0,
        sha256=decision_key(pair.office_sha256, pair.printed_sha256),
        field=FIELD,
        read=pair.printed,
        verdict="join" if same else "part",
        who=who,
        at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        program=f"phuluc {__version__}",
    )


ROUTES = [Route("/review/{id}/twin", say, methods=["POST"])]
