"""Lists of an office: documents, units that have not sent, what was corrected."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.correct.standing import not_taken_back
from pipeline.dataset.store.lists import (
    EQUAL,
    UnitSent,
    count_documents,
    list_documents,
    of_contents,
    units_sent,
)
from pipeline.language.text import bare
from pipeline.places.units import find_unit, units_of
from schemas.correction import Correction, Verdict
from schemas.dataset import ReviewState
from web.forms import form_of
from web.lists.tabular import Field, View, in_format
from web.pages import page_of, render, site_of

_PAGE = 100
_DOCUMENTS = [
    Field(name)
    for name in (
        "document_id", "source_file", "unit", "province", "plan_number", "plan_symbol", "year",
        "pages", "kind", "items", "open", "review_state", "approved_by", "flags",
    )
]  # fmt: skip
_MISSING = [Field(name) for name in ("unit", "unit_code", "province", "year")]
_HISTORY = [
    Field(name)
    for name in (
        "number", "at", "who", "source_file", "page", "verdict", "field", "read", "value", "undoes",
    )
]  # fmt: skip


def documents(request: Request) -> Response:
    """All documents, by words without tones in name, unit and title."""
    asked = {name: request.query_params.get(name, "") for name in ("q", *EQUAL)}
    names = [field.name for field in _DOCUMENTS if field.name != "open"]
    page, html = page_of(request), request.query_params.get("format", "html") == "html"
    limit, offset = (_PAGE, (page - 1) * _PAGE) if html else (None, 0)
    site = site_of(request)

    def found() -> tuple[list[dict[str, Any]], int]:
        rows = list_documents(connection, asked, names, limit=limit, offset=offset)
        return rows, count_documents(connection, asked) if html else len(rows)

    with site.reading() as connection:
        key = ("documents", page, *asked.items())
        rows, count = site.remembered.get(connection, key, found) if html else found()
    answer = in_format(request, View("documents", _DOCUMENTS, lambda: rows))
    if answer is not None:
        return answer
    return render(
        request, "documents.html", rows=rows, count=count, asked=asked, page=page,
        pages=max(1, -(-count // _PAGE)), states=get_args(ReviewState),
    )  # fmt: skip


def missing(request: Request) -> Response:
    """Units of a province that have sent nothing for a year, where others of their kind have."""
    site = site_of(request)

    def sent() -> tuple[list[UnitSent], list[str]]:
        units = units_sent(connection)
        return units, _choices(units)

    with site.reading() as connection:
        units, choices = site.remembered.get(connection, "units", sent)
    chosen = request.query_params.get("of") or (choices[0] if choices else "")
    rows: list[dict[str, Any]] = []
    count = 0
    if chosen in choices:
        province, level, year = chosen.split(" · ")
        on, of = date(int(year), 12, 31), (province, int(year))
        sent_names = {bare(each.unit) for each in units if (each.province, each.year) == of}
        every = units_of(province, _LEVELS[level], on)
        rows = [
            {"unit": u.name, "unit_code": u.code, "province": province, "year": year}
            for u in every
            if bare(u.name) not in sent_names
        ]
        count = len(every) - len(rows)
    answer = in_format(request, View("missing", _MISSING, lambda: rows))
    if answer is not None:
        return answer
    return render(request, "missing.html", rows=rows, sent=count, choices=choices, chosen=chosen)


_LEVELS: dict[str, Any] = {"huyện": "district", "xã": "commune"}


def _choices(units: Sequence[UnitSent]) -> list[str]:
    """Province, level and year of what was sent, those with most documents first."""
    names = {level: name for name, level in _LEVELS.items()}
    counted: Counter[str] = Counter()
    for each in units:
        unit = find_unit(each.unit, province=each.province, on=date(each.year, 12, 31))
        if unit is not None and unit.level in names:
            counted[f"{each.province} · {names[unit.level]} · {each.year}"] += each.documents
    return [choice for choice, _ in counted.most_common()]


def history(request: Request) -> Response:
    """What people said, the last first."""
    site = site_of(request)
    entries = log.entries(site.out)[::-1]
    with site.reading() as connection:
        files = of_contents(connection, (_content(entry) for entry in entries))
    document, who, verdict = (
        request.query_params.get(name, "") for name in ("document", "who", "verdict")
    )
    rows = [
        _entry(entry, files.get(_content(entry), ("", "")))
        for entry in entries
        if who in ("", entry.who)
        and verdict in ("", entry.verdict)
        and document in ("", files.get(_content(entry), ("", ""))[0])
    ]
    if request.query_params.get("format") == "log":
        return Response(
            msgspec.json.encode(entries[::-1]),
            media_type="application/json",
            headers={"content-disposition": 'attachment; filename="corrections.json"'},
        )
    answer = in_format(request, View("history", _HISTORY, lambda: rows))
    if answer is not None:
        return answer
    page = page_of(request)
    return render(
        request, "history.html", rows=rows[(page - 1) * _PAGE : page * _PAGE], count=len(rows),
        page=page, pages=max(1, -(-len(rows) // _PAGE)), people=sorted({e.who for e in entries}),
        said=request.query_params.get("said", ""), verdicts=get_args(Verdict),
        standing=frozenset(entry.number for entry in not_taken_back(entries)),
    )  # fmt: skip


def _content(entry: Correction) -> str:
    """The content that an entry is about; of two forms of one plan that of the office's file."""
    return entry.sha256.partition(":")[0]


def _entry(entry: Correction, of: tuple[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(entry, name) for name in entry.__struct_fields__}
    row["document_id"], row["source_file"] = of
    return row


async def take_in(request: Request) -> Response:
    """Take in the log of another office: each entry once."""
    form = await form_of(request)
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""

    def work() -> str:
        try:
            entries = msgspec.json.decode(content, type=list[Correction])
        except msgspec.DecodeError:
            return "history.no_log"
        site = site_of(request)
        log.put_in(site.out, entries)
        site.writer.wait()  # what is said of two forms of one plan is in no plan made anew
        site.make_all_anew({entry.sha256 for entry in entries})
        return "history.taken"

    return RedirectResponse(f"/history?said={await run_in_threadpool(work)}", 303)


ROUTES = [
    Route("/documents", documents),
    Route("/missing", missing),
    Route("/history", history),
    Route("/history", take_in, methods=["POST"]),
]
