"""What plans cover: units against the 28 sub-dimensions of PAPI."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline import papi
from pipeline.dataset.store.coverage import OTHER, coverage, papi_years
from web.lists.tabular import Field, View, in_format
from web.pages import language_of, render, site_of, words


def table(request: Request) -> Response:
    """Plans of a province and year, and how many items each has by sub-dimension."""
    site = site_of(request)
    with site.reading() as connection:
        choices = site.remembered.get(connection, "papi years", lambda: papi_years(connection))
        wanted = request.query_params.get("of", "")
        chosen = next((c for c in choices if _named(c) == wanted), choices[0] if choices else None)
        covered = site.remembered.get(
            connection,
            ("coverage", chosen),
            lambda: coverage(connection, *chosen) if chosen else [],
        )
    parts = [part for dimension in papi.dimensions() for part in dimension.parts]
    rows: list[dict[str, Any]] = [
        {
            "unit": each.unit,
            "source_file": each.source_file,
            "document_id": each.document_id,
            **{part.code: each.counts.get(part.code, 0) for part in parts},
            "other": each.counts.get(OTHER, 0),
        }
        for each in covered
    ]
    lang = language_of(request)
    fields = [Field("unit"), Field("source_file"), Field("document_id")]
    fields += [Field(p.code, f"{p.code} {p.name_vi if lang == 'vi' else p.name_en}") for p in parts]
    fields.append(Field("other", words(lang)("coverage.other")))
    answer = in_format(request, View("coverage", fields, lambda: rows))
    if answer is not None:
        return answer
    return render(
        request,
        "coverage.html",
        rows=rows,
        dimensions=papi.dimensions(),
        choices=[_named(choice) for choice in choices],
        chosen=_named(chosen) if chosen else "",
        gaps={part.code: sum(not row[part.code] for row in rows) for part in parts},
    )


def _named(choice: tuple[str, int]) -> str:
    return f"{choice[0]} · {choice[1]}"


ROUTES = [Route("/coverage", table)]
