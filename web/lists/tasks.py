"""What is to be done, by whom, by when: items by words and facets, and as files to hand on."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

import sqlalchemy as sa
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.store.facets import facets
from pipeline.dataset.store.search import FACETS, Found, each_item, find_items
from pipeline.messages import Language, explain
from pipeline.papi import dimension_name
from web.lists.tabular import Field, Row, View, in_format, of_items
from web.pages import language_of, page_of, render, site_of, words
from web.site import Site

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


class Value(Struct, frozen=True):
    """A value of a facet: how it is shown, how many items have it, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


def tasks(request: Request) -> Response:
    """Items that are asked for, as a page, JSON, CSV, or the sheet for people as a workbook."""
    site, asked = site_of(request), asked_of(request)
    if request.query_params.get("format") == "xlsx":
        return of_items("workbook", site.url, asked, "tong-hop.xlsx")
    answer = in_format(request, View("tasks", FIELDS, lambda: items_of(site, asked)))
    if answer is not None:
        return answer
    page = page_of(request)
    with site.reading() as connection:
        found = page_of_items(site, connection, asked, (page, _PAGE))
        key = ("facets", *sorted(asked.items()))
        counted = site.remembered.get(connection, key, lambda: facets(connection, asked))
    return _page(request, asked, found, page, counted)


def page_of_items(
    site: Site,
    connection: sa.Connection,
    asked: Mapping[str, str],
    page: tuple[int, int],
    *,
    dated: bool = False,
) -> Found:
    """Return a page, by its number and size, of the items asked for (see `find_items`)."""
    number, size = page
    return site.remembered.get(
        connection,
        ("items", dated, page, *sorted(asked.items())),
        lambda: find_items(connection, asked, limit=size, offset=(number - 1) * size, dated=dated),
    )


def items_of(site: Site, asked: Mapping[str, str], *, dated: bool = False) -> Iterator[Row]:
    """Yield all items asked for, from a connection of their own (see `each_item`)."""
    with site.reading() as connection:
        yield from each_item(connection, asked, dated=dated)


def word(request: Request) -> Response:
    """`GET /tasks.docx`: what is asked for as a table in a Word document."""
    return of_items("word", site_of(request).url, asked_of(request), "tong-hop.docx")


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


ROUTES = [Route("/tasks", tasks), Route("/tasks.docx", word)]
