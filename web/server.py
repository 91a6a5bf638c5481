"""The server of the pages: the application, and the secret of its sessions."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from web import inbox, login
from web.access.security import HEADERS, Guard
from web.lists import agencies, calendar, compare, coverage, health, overview, start, tasks
from web.pages import render
from web.review import documents, groups, offers, twins, views
from web.site import Site

HOSTS = ("127.0.0.1", "localhost", "[::1]")  # names of this machine
_KEY = ".phuluc-web.key"
_AT_ONCE = 10  # requests; more threads than that take turns with one another, and memory


def secret_of(out: Path) -> bytes:
    """Return the secret that signs cookies, kept beside the results for its owner alone."""
    path = out / _KEY
    try:
        return path.read_bytes()
    except FileNotFoundError:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
        return path.read_bytes()


def application(site: Site, hosts: tuple[str, ...] = HOSTS) -> Starlette:
    """Return the pages of a site as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        site.start()
        try:
            yield
        finally:
            site.stop()

    static = StaticFiles(directory=Path(__file__).parent / "static")
    served = Starlette(
        routes=[
            *start.ROUTES,
            *login.ROUTES,
            *inbox.ROUTES,
            *documents.ROUTES,
            *offers.ROUTES,
            *views.ROUTES,
            *twins.ROUTES,
            *groups.ROUTES,
            *agencies.ROUTES,
            *overview.ROUTES,
            *tasks.ROUTES,
            *calendar.ROUTES,
            *coverage.ROUTES,
            *compare.ROUTES,
            *health.ROUTES,
            Mount("/static", static),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(Guard, access=site.access),
        ],
        exception_handlers={HTTPException: _failed, Exception: _broken},
        lifespan=lifespan,
    )
    served.state.site = site
    return served


def _failed(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": status}, status)
    key = {403: "error.forbidden", 404: "error.not_found"}.get(status, "error.other")
    return render(request, "error.html", status, key=key)


def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": 500}, 500)
    answer = render(request, "error.html", 500, key="error.broken")
    answer.headers.update(HEADERS)  # it is made outside of the guard
    return answer
