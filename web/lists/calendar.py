"""Deadlines: as a page by month, and as a calendar that other programs can take in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from pipeline.dataset.store.lists import list_documents
from pipeline.dataset.store.search import months
from web.lists.tabular import Field, Row, View, in_format
from web.lists.tasks import asked_of, items_of, page_of_items
from web.pages import page_of, render, site_of, today

_ISSUED = ("issued_year", "issued_month", "issued_day")
_PAGE = 100
_LINE = 75  # bytes of a line, RFC 5545
_FIELDS = [
    Field(name)
    for name in ("timeframe_end", "unit", "title", "tasks", "lead", "source_file", "document_id")
]


Issued = tuple[int | None, ...]


def calendar(request: Request) -> Response:
    """Items with a last day, a month at a time: the one asked for, else the next."""
    site, asked = site_of(request), asked_of(request)
    view = View("calendar", _FIELDS, lambda: items_of(site, asked, dated=True))
    answer = in_format(request, view)
    if answer is not None:
        return answer
    page, now = page_of(request), str(today())
    others = {name: value for name, value in asked.items() if name != "month"}
    with site.reading() as connection:
        key = ("months", *sorted(others.items()))
        every = site.remembered.get(connection, key, lambda: months(connection, others))
        month = asked.get("month") or _next_month(every, now)
        of_month = {**others, "month": month}
        found = page_of_items(site, connection, of_month, (page, _PAGE), dated=True)
    return render(
        request, "calendar.html", months=every, month=month, found=found, others=others,
        asked=asked, today=now, page=page, pages=max(1, -(-found.count // _PAGE)),
    )  # fmt: skip


def _next_month(every: Sequence[tuple[str, int]], today: str) -> str:
    """The first month that is not over, else the last; this one where nothing is due at all."""
    names = [name for name, _ in every]
    return next((name for name in names if name >= today[:7]), names[-1] if names else today[:7])


def ics(request: Request) -> Response:
    """`GET /calendar.ics`: the same as events of whole days."""
    with site_of(request).reading() as connection:
        rows = list_documents(connection, {}, ("document_id", *_ISSUED), limit=None)
    issued = {row["document_id"]: (*(row[name] for name in _ISSUED),) for row in rows}
    due = items_of(site_of(request), asked_of(request), dated=True)
    headers = {"content-disposition": 'attachment; filename="phuluc.ics"'}
    return StreamingResponse(_lines(due, issued), 200, headers, "text/calendar; charset=utf-8")


def _lines(due: Iterable[Row], issued: Mapping[str, Issued]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phuluc//vi\r\nCALSCALE:GREGORIAN\r\n"
    for row in due:
        event = _event(row, issued.get(row["document_id"], (None, None, None)))
        yield "".join(f"{part}\r\n" for line in event for part in _folded(line))
    yield "END:VCALENDAR\r\n"


def _event(row: Row, made: Issued) -> Sequence[str]:
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
