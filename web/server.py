"""The server of the pages: the application, and the secret of its sessions."""

import os
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from web import errors, inbox, login
from web.access.security import Guard
from web.lists import (
    agencies,
    calendar,
    compare,
    coverage,
    decisions,
    health,
    overview,
    start,
    tasks,
)
from web.review import documents, groups, history, offers, same_texts, twins, views
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


_ROUTES = [
    *start.ROUTES,
    *login.ROUTES,
    *inbox.ROUTES,
    *documents.ROUTES,
    *offers.ROUTES,
    *views.ROUTES,
    *twins.ROUTES,
    *history.ROUTES,
    *groups.ROUTES,
    *same_texts.ROUTES,
    *agencies.ROUTES,
    *decisions.ROUTES,
    *overview.ROUTES,
    *tasks.ROUTES,
    *calendar.ROUTES,
    *coverage.ROUTES,
    *compare.ROUTES,
    *health.ROUTES,
    Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
]


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

    served = Starlette(
        routes=_ROUTES,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
            Middleware(Guard, access=site.access),
        ],
        exception_handlers={
            HTTPException: errors.failed,
            sqlite3.OperationalError: errors.not_saved,
            sa.exc.OperationalError: errors.not_saved,
            Exception: errors.broken,
        },
        lifespan=lifespan,
    )
    served.state.site = site
    return served
