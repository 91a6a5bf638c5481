"""Deadlines: as a page by month, and as a calendar that other programs can take in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.store.lists import list_documents
from pipeline.dataset.store.search import find_items
from web.pages import render, site_of
from web.tabular import Field, View, in_format
from web.tasks import asked_of

_ISSUED = ("issued_year", "issued_month", "issued_day")
_LINE = 75  # bytes of a line, RFC 5545
_FIELDS = [
    Field(name)
    for name in ("timeframe_end", "unit", "title", "tasks", "lead", "source_file", "document_id")
]


def calendar(request: Request) -> Response:
    """Items with a last day, by month."""
    rows = _due(request)
    answer = in_format(request, View("calendar", _FIELDS, rows))
    if answer is not None:
        return answer
    months = [
        (month, list(of_month))
        for month, of_month in groupby(rows, key=lambda row: str(row["timeframe_end"])[:7])
    ]
    return render(
        request, "calendar.html", months=months, asked=asked_of(request), today=str(date.today())
    )


def ics(request: Request) -> Response:
    """`GET /calendar.ics`: the same as events of whole days."""
    with site_of(request).reading() as connection:
        rows = list_documents(connection, {}, ("document_id", *_ISSUED), limit=None)
    issued = {row["document_id"]: tuple(row[name] for name in _ISSUED) for row in rows}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//phuluc//vi", "CALSCALE:GREGORIAN"]
    for row in _due(request):
        lines += _event(row, issued.get(row["document_id"], (None, None, None)))
    lines.append("END:VCALENDAR")
    text = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
    headers = {"content-disposition": 'attachment; filename="phuluc.ics"'}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def _due(request: Request) -> list[dict[str, Any]]:
    with site_of(request).reading() as connection:
        found = find_items(connection, asked_of(request), limit=None)
    dated = [row for row in found.rows if row["timeframe_end"]]
    return sorted(dated, key=lambda row: str(row["timeframe_end"]))


def _event(
    row: Mapping[str, Any], made: tuple[int | None, int | None, int | None]
) -> Sequence[str]:
    last = date.fromisoformat(str(row["timeframe_end"]))
    stamp = date(made[0] or last.year, made[1] or 1, made[2] or 1)
    what = row["title"] or row["tasks"].split("\n")[0]
    unit = f" ({row['unit']})" if row["unit"] else ""
    return (
        "BEGIN:VEVENT",
        f"UID:{row['document_id']}-{row['item_id']}@phuluc",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{last:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(what + unit)}",
        f"DESCRIPTION:{_escaped(row['tasks'] + chr(10) + row['lead'])}",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut a line between letters, so that no part is over 75 bytes."""
    part, size = "", 0
    for letter in line:
        bytes_of = len(letter.encode())
        if size + bytes_of > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + bytes_of
    yield part


ROUTES = [Route("/calendar", calendar), Route("/calendar.ics", ics)]
