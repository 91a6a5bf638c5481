"""The first page: what waits, what failed, which deadlines come next."""

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.store.lists import count_all, due_between, failures, waiting
from web.pages import render, site_of

_SHOWN = 8
_FAILURES = 50
_SOON = timedelta(days=60)


def start(request: Request) -> Response:
    """What an office should look at first."""
    today = date.today()
    with site_of(request).reading() as connection:
        return render(
            request,
            "start.html",
            counts=count_all(connection),
            waiting=[held for held, _ in waiting(connection, limit=_SHOWN)],
            failures=failures(connection, limit=_FAILURES),
            due=due_between(connection, today, today + _SOON, limit=_SHOWN),
        )


ROUTES = [Route("/", start)]
