"""The first page: what waits, what failed, which deadlines come next."""

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.pages import render, site_of

_SHOWN = 8
_SOON = timedelta(days=60)


def start(request: Request) -> Response:
    """What an office should look at first."""
    site = site_of(request)
    held = site.library.documents()
    today = date.today()
    due = sorted(
        (
            (item.timeframe_end, item, each)
            for each in held
            for item in each.items
            if item.timeframe_end and today <= item.timeframe_end <= today + _SOON
        ),
        key=lambda row: (row[0], row[2].row.source_file, row[1].item_id),
    )
    waiting = sorted((each for each in held if each.review), key=lambda each: -len(each.review))
    return render(
        request,
        "start.html",
        documents=len(held),
        items=sum(len(each.items) for each in held),
        open=sum(len(each.review) for each in held),
        waiting=waiting[:_SHOWN],
        failures=site.library.failures(),
        due=due[:_SHOWN],
    )


ROUTES = [Route("/", start)]
