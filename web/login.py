"""Coming in: the token of the printed address, or a name and a password."""

import asyncio
import hmac
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.access.accounts import Accounts
from web.access.security import COOKIE, Access, give
from web.pages import render, site_of


def login(request: Request) -> Response:
    """Ask who is there."""
    asked = request.query_params
    return render(
        request,
        "login.html",
        wrong="wrong" in asked,
        unsaved="unsaved" in asked,
        by_name=site_of(request).access.accounts is not None,
        wanted=_page_of_ours(asked.get("next", "")),
    )


def _page_of_ours(address: str) -> str:
    """The page that was asked for before somebody was known, "/" where it is none of ours."""
    foreign = address.startswith(("//", "/\\")) or not address.isprintable()
    return address if address.startswith("/") and not foreign else "/"


async def enter(request: Request) -> Response:
    """Take the token of the address, or a name and a password; who guesses waits."""
    form = await request.form()
    access = site_of(request).access
    if access.accounts is None:
        cookie = access.enter(str(form.get("token", "")).strip())
    else:
        address = request.client.host if request.client else ""
        cookie = await _by_name(access, access.accounts, form, address)
    wanted = _page_of_ours(str(form.get("next", "")))
    if cookie is None:
        again = {"wrong": "1", **({} if wanted == "/" else {"next": wanted})}
        return RedirectResponse(f"/login?{urlencode(again)}", 303)
    answer = RedirectResponse(wanted, 303)
    give(answer, cookie, secure=request.url.scheme == "https")
    return answer


async def _by_name(access: Access, accounts: Accounts, form: FormData, address: str) -> str | None:
    name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
    wait = access.tries.turn(name, address)
    if wait is None:
        return None
    await asyncio.sleep(wait)
    if not await run_in_threadpool(accounts.check, name, password):
        return None
    access.tries.entered(name, address)
    return access.cookie(name)


async def leave(request: Request) -> Response:
    """Forget who was there."""
    form = await request.form()
    session = request.scope.get("session")
    answer = RedirectResponse("/login", 303)
    if session and hmac.compare_digest(str(form.get("csrf", "")).encode(), session.csrf.encode()):
        answer.delete_cookie(COOKIE, path="/")
    return answer


ROUTES = [
    Route("/login", login),
    Route("/login", enter, methods=["POST"]),
    Route("/logout", leave, methods=["POST"]),
]
