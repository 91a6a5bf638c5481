"""Coming in: the token of the printed address, or a name and a password."""

import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.pages import render, site_of
from web.security import COOKIE, give


def login(request: Request) -> Response:
    """Ask who is there."""
    return render(request, "login.html", wrong="wrong" in request.query_params)


async def enter(request: Request) -> Response:
    """Take the token of the address, typed."""
    form = await request.form()
    cookie = site_of(request).access.enter(str(form.get("token", "")).strip())
    if cookie is None:
        return RedirectResponse("/login?wrong=1", 303)
    answer = RedirectResponse("/", 303)
    give(answer, cookie, secure=request.url.scheme == "https")
    return answer


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
