"""Lists of an office: documents, units that have not sent, what was corrected."""

from collections import Counter
from datetime import date
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipeline.correct import log
from pipeline.language.text import bare
from pipeline.places.units import find_unit, units_of
from schemas.correction import Correction
from web.forms import form_of
from web.library import Held
from web.pages import render, site_of
from web.tabular import Field, View, in_format

_PAGE = 100
_DOCUMENTS = [
    Field(name)
    for name in (
        "document_id", "source_file", "unit", "province", "plan_number", "plan_symbol", "year",
        "pages", "kind", "items", "open", "flags",
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
    wanted = bare(request.query_params.get("q", "")).split()
    found = [
        held
        for held in site_of(request).library.documents()
        if not wanted or all(word in held.words for word in wanted)
    ]
    if request.query_params.get("format", "html") != "html":
        answer = in_format(request, View("documents", _DOCUMENTS, [_document(h) for h in found]))
        if answer is not None:
            return answer
    page = _number(request, "page")
    shown = found[(page - 1) * _PAGE : page * _PAGE]
    return render(
        request, "documents.html", rows=[_document(held) for held in shown], count=len(found),
        page=page, pages=max(1, -(-len(found) // _PAGE)),
    )  # fmt: skip


def _document(held: Held) -> dict[str, Any]:
    row = held.row.model_dump()
    return {field.name: row.get(field.name) for field in _DOCUMENTS} | {"open": len(held.review)}


def missing(request: Request) -> Response:
    """Units of a province that have sent nothing for a year, where others of their kind have."""
    held = [each for each in site_of(request).library.documents() if each.row.unit]
    choices = _choices(held)
    chosen = request.query_params.get("of") or (choices[0] if choices else "")
    rows: list[dict[str, Any]] = []
    sent = 0
    if chosen in choices:
        province, level, year = chosen.split(" · ")
        on = date(int(year), 12, 31)
        sent_names = {
            bare(each.row.unit)
            for each in held
            if each.row.province == province and str(each.row.year) == year
        }
        every = units_of(province, _LEVELS[level], on)
        rows = [
            {"unit": u.name, "unit_code": u.code, "province": province, "year": year}
            for u in every
            if bare(u.name) not in sent_names
        ]
        sent = len(every) - len(rows)
    answer = in_format(request, View("missing", _MISSING, rows))
    if answer is not None:
        return answer
    return render(request, "missing.html", rows=rows, sent=sent, choices=choices, chosen=chosen)


_LEVELS: dict[str, Any] = {"huyện": "district", "xã": "commune"}


def _choices(held: list[Held]) -> list[str]:
    """Province, level and year of what was sent, those with most documents first."""
    names = {level: name for name, level in _LEVELS.items()}
    counted: Counter[str] = Counter()
    for each in held:
        row = each.row
        if row.province is None or row.year is None:
            continue
        unit = find_unit(row.unit, province=row.province, on=date(row.year, 12, 31))
        if unit is not None and unit.level in names:
            counted[f"{row.province} · {names[unit.level]} · {row.year}"] += 1
    return [choice for choice, _ in counted.most_common()]


def history(request: Request) -> Response:
    """What people said, the last first."""
    site = site_of(request)
    files = {held.row.sha256: held for held in site.library.documents()}
    entries = log.entries(site.out)[::-1]
    document = request.query_params.get("document", "")
    who = request.query_params.get("who", "")
    rows = [
        _entry(entry, files.get(entry.sha256))
        for entry in entries
        if (not who or entry.who == who)
        and (not document or _is(files.get(entry.sha256), document))
    ]
    if request.query_params.get("format") == "log":
        return Response(
            msgspec.json.encode(entries[::-1]),
            media_type="application/json",
            headers={"content-disposition": 'attachment; filename="corrections.json"'},
        )
    answer = in_format(request, View("history", _HISTORY, rows))
    if answer is not None:
        return answer
    page = _number(request, "page")
    return render(
        request, "history.html", rows=rows[(page - 1) * _PAGE : page * _PAGE], count=len(rows),
        page=page, pages=max(1, -(-len(rows) // _PAGE)), people=sorted({e.who for e in entries}),
        said=request.query_params.get("said", ""),
    )  # fmt: skip


def _is(held: Held | None, document: str) -> bool:
    return held is not None and held.id == document


def _entry(entry: Correction, held: Held | None) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(entry, name) for name in entry.__struct_fields__}
    row["document_id"] = held.id if held else ""
    row["source_file"] = held.row.source_file if held else ""
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
        site.understand_all()
        return "history.taken"

    return RedirectResponse(f"/history?said={await run_in_threadpool(work)}", 303)


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return max(1, int(text)) if text.isdecimal() else 1


ROUTES = [
    Route("/documents", documents),
    Route("/missing", missing),
    Route("/history", history),
    Route("/history", take_in, methods=["POST"]),
]
