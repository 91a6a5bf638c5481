"""What is to be done, by whom, by when: items by words and facets, and as files to hand on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.sinks.docx import DocxColumn, docx_table
from pipeline.dataset.store.facets import facets
from pipeline.dataset.store.search import FACETS, Found, find_items, wanted_items
from pipeline.messages import Language, explain
from pipeline.papi import dimension_name
from web.pages import language_of, render, site_of, words
from web.tabular import Field, View, as_file, as_workbook, in_format, workbook

_PAGE = 50
_ASKED = ("q", "document", *FACETS)
FIELDS = [
    Field(name)
    for name in (
        "document_id", "item_id", "unit", "plan_number", "plan_symbol", "source_file",
        "section_title", "marker", "title", "tasks", "lead", "partners", "timeframe_raw",
        "timeframe_kind", "timeframe_start", "timeframe_end", "deliverable", "first_page", "flags",
    )
]  # fmt: skip


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD_TITLE = "BẢNG TỔNG HỢP NHIỆM VỤ"
_WORD = (
    DocxColumn("STT", 5, centred=True),
    DocxColumn("Đơn vị", 10),
    DocxColumn("Nội dung", 16),
    DocxColumn("Nhiệm vụ", 33),
    DocxColumn("Chủ trì", 13),
    DocxColumn("Phối hợp", 14),
    DocxColumn("Thời gian", 9, centred=True),
)


class Value(Struct, frozen=True):
    """A value of a facet: how it is shown, how many items have it, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


def tasks(request: Request) -> Response:
    """Items that are asked for, as a page, JSON, CSV, or the sheet for people as a workbook."""
    asked = asked_of(request)
    kind = request.query_params.get("format", "html")
    with site_of(request).reading() as connection:
        if kind == "xlsx":
            content = workbook(lambda path: _overview(path, connection, asked))
            return as_workbook(content, "tong-hop.xlsx")
        number = request.query_params.get("page", "1")
        page = max(1, int(number)) if number.isdecimal() else 1
        whole = kind in ("json", "csv")
        found = find_items(
            connection,
            asked,
            limit=None if whole else _PAGE,
            offset=0 if whole else (page - 1) * _PAGE,
        )
        answer = in_format(request, View("tasks", FIELDS, found.rows))
        if answer is not None:
            return answer
        counted = facets(connection, asked)
    return _page(request, asked, found, page, counted)


def word(request: Request) -> Response:
    """`GET /tasks.docx`: what is asked for as a table in a Word document."""
    with site_of(request).reading() as connection:
        found = find_items(connection, asked_of(request), limit=None)
    rows = (
        (
            str(number),
            row["unit"],
            " ".join(filter(None, (row["marker"], row["title"]))),
            _listed(row["tasks"]),
            row["lead"].replace("; ", "\n"),
            row["partners"].replace("; ", "\n"),
            row["timeframe_raw"].replace("\n", " "),
        )
        for number, row in enumerate(found.rows, 1)
    )
    return as_file(docx_table(_WORD_TITLE, _WORD, rows), _DOCX, "tong-hop.docx")


def _listed(tasks: str) -> str:
    """Several tasks each with a dash before it, as plans print them."""
    lines = tasks.splitlines()
    return "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else tasks


def asked_of(request: Request) -> dict[str, str]:
    """Return what the address asks for."""
    return {name: value for name in _ASKED if (value := request.query_params.get(name))}


def _page(
    request: Request,
    asked: Mapping[str, str],
    found: Found,
    page: int,
    counted: Mapping[str, Sequence[tuple[str, int]]],
) -> Response:
    lang = language_of(request)
    return render(
        request,
        "tasks.html",
        found=found,
        asked=asked,
        page=page,
        pages=max(1, -(-found.count // _PAGE)),
        facets={name: _values(name, values, asked, lang) for name, values in counted.items()},
        query=urlencode(asked),
    )


def _values(
    name: str, values: Sequence[tuple[str, int]], asked: Mapping[str, str], lang: Language
) -> list[Value]:
    text = words(lang)

    def label(value: str) -> str:
        if name == "kind":
            return text(f"time.{value}")
        if name == "role":
            return text(f"role.{'lead' if value == 'lead' else 'partners'}")
        if name == "papi":
            return dimension_name(value) or value
        if name == "flag":
            return explain(value, lang)
        return f"{value[5:]}/{value[:4]}" if name == "month" else value

    return [Value(v, label(v), count, asked.get(name) == v) for v, count in values]


def _overview(path: Path, connection: Any, asked: Mapping[str, str]) -> None:
    from pipeline.dataset.overview import OVERVIEW  # noqa: PLC0415  Arrow: only for workbooks
    from pipeline.dataset.sinks.xlsx import sheet_writer  # noqa: PLC0415
    from pipeline.dataset.sinks.xlsx_parts import Book  # noqa: PLC0415
    from pipeline.dataset.store.read import overview  # noqa: PLC0415

    with Book(path) as book, sheet_writer(book, OVERVIEW) as sheet:
        for batch in overview(connection, wanted_items(connection, asked)):
            sheet.write(batch)


ROUTES = [Route("/tasks", tasks), Route("/tasks.docx", word)]
