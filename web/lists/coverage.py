"""What plans cover: units against the 28 sub-dimensions of PAPI."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline import papi
from pipeline.dataset.store.coverage import OTHER, coverage, papi_years
from pipeline.messages import Language
from web.lists.tabular import Field, View, in_format
from web.pages import fragment, language_of, render, site_of, words
from web.site import Site


class _Matrix(Struct, frozen=True):
    """The table of a province and year as HTML, and how many sub-dimensions some plan lacks."""

    html: Markup
    missing: int


def table(request: Request) -> Response:
    """Plans of a province and year, and how many items each has by sub-dimension."""
    site, lang = site_of(request), language_of(request)
    with site.reading() as connection:
        choices = site.remembered.get(connection, "papi years", lambda: papi_years(connection))
        wanted = request.query_params.get("of", "")
        chosen = next((c for c in choices if _named(c) == wanted), choices[0] if choices else None)
        view = View("coverage", _fields(lang), lambda: _rows_of(site, chosen))
        answer = in_format(request, view)
        if answer is not None:
            return answer
        key = ("coverage", chosen, lang)
        matrix = site.remembered.get(connection, key, lambda: _matrix(connection, chosen, lang))
    return render(
        request,
        "coverage.html",
        matrix=matrix.html,
        missing=matrix.missing,
        dimensions=papi.dimensions(),
        choices=[_named(choice) for choice in choices],
        chosen=_named(chosen) if chosen else "",
    )


def _fields(lang: Language) -> list[Field]:
    names = [(p.code, p.name_vi if lang == "vi" else p.name_en) for p in _parts()]
    parts = [Field(code, f"{code} {name}") for code, name in names]
    own = [Field("unit"), Field("source_file"), Field("document_id")]
    return [*own, *parts, Field("other", words(lang)("coverage.other"))]


def _parts() -> list[papi.Part]:
    return [part for dimension in papi.dimensions() for part in dimension.parts]


def _rows_of(site: Site, of: tuple[str, int] | None) -> Iterator[dict[str, Any]]:
    with site.reading() as connection:
        yield from _rows(connection, of)


def _rows(connection: sa.Connection, of: tuple[str, int] | None) -> Iterator[dict[str, Any]]:
    codes = [part.code for part in _parts()]
    for each in coverage(connection, *of) if of else ():
        yield {
            "unit": each.unit,
            "source_file": each.source_file,
            "document_id": each.document_id,
            **{code: each.counts.get(code, 0) for code in codes},
            "other": each.counts.get(OTHER, 0),
        }


def _matrix(connection: sa.Connection, of: tuple[str, int] | None, lang: Language) -> _Matrix:
    """Hundreds of plans by 28 sub-dimensions are thousands of cells, the same for everybody."""
    rows = list(_rows(connection, of))
    gaps = {part.code: sum(not row[part.code] for row in rows) for part in _parts()}
    dimensions = papi.dimensions()
    html = fragment(lang, "coverage_matrix.html", rows=rows, gaps=gaps, dimensions=dimensions)
    return _Matrix(html, sum(map(bool, gaps.values())))


def _named(choice: tuple[str, int]) -> str:
    return f"{choice[0]} · {choice[1]}"


ROUTES = [Route("/coverage", table)]
