"""The first page: what waits, what failed, which deadlines come next."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.names import PLANS
from pipeline.dataset.store.lists import Totals, count_all, due_between, failures, waiting
from web.pages import render, site_of, today

_SHOWN = 8
_FAILURES = 50
_SOON = timedelta(days=60)


def start(request: Request) -> Response:
    """What an office should look at first."""
    site, now = site_of(request), today()
    with site.reading() as connection:
        shown = site.remembered.get(connection, ("start", now), lambda: _of(connection, now))
    return render(request, "start.html", filling=_is_filling(site.out, shown["counts"]), **shown)


def _is_filling(out: Path, counts: Totals) -> bool:
    """Whether the database is made anew of what lies there, as after another version's start."""
    return not counts.documents and next((out / PLANS).glob("*.json"), None) is not None


def _of(connection: sa.Connection, today: date) -> dict[str, Any]:
    return {
        "counts": count_all(connection),
        "waiting": [held for held, _ in waiting(connection, limit=_SHOWN)],
        "failures": failures(connection, limit=_FAILURES),
        "due": due_between(connection, today, today + _SOON, limit=_SHOWN),
    }


ROUTES = [Route("/", start)]
