"""What changed between two plans: versions of one, this year's and last year's, or any two."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Literal

from msgspec import Struct
from rapidfuzz.distance import Indel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.dataset.alike import row_text
from pipeline.dataset.compare import Comparison, RowChange, compare
from pipeline.dataset.store.lists import Held, find_document, list_documents, of_one_unit
from web.lists.tabular import Field, View, in_format
from web.pages import render, site_of
from web.site import Site

_OFFERED = 100  # pairs, and names to choose from
_FIELDS = [Field(name) for name in ("change", "marker", "title", "field", "before", "after")]


class DiffPart(Struct, frozen=True):
    """Some words of a text: in both, only before (`del`) or only after (`ins`)."""

    kind: Literal["same", "del", "ins"]
    text: str


def page(request: Request) -> Response:
    """Two documents side by side, as a page, JSON, CSV or a workbook; without them what to ask."""
    site = site_of(request)
    before, after = (_named(site, request.query_params.get(name, "")) for name in ("a", "b"))
    if before is None or after is None:
        return _ask(request, site)
    found = compare(site.library.plan(before), site.library.plan(after))
    answer = in_format(request, View("compare", _FIELDS, lambda: _rows(found)))
    if answer is not None:
        return answer
    counts = {
        kind: sum(row.kind == kind for row in found.rows)
        for kind in ("same", "changed", "added", "removed")
    }
    return render(
        request, "compare.html", before=before, after=after, found=found, counts=counts,
        marked=marked, row_text=row_text,
    )  # fmt: skip


def _named(site: Site, name: str) -> Held | None:
    """The document of that id or file name; raises HTTPException where none has it."""
    if not name:
        return None
    held = site.library.find(name)
    if held is None:
        with site.reading() as connection:
            held = find_document(connection, source_file=name)
    if held is None:
        raise HTTPException(404)
    return held


def _ask(request: Request, site: Site) -> Response:
    with site.reading() as connection:
        offered, known = site.remembered.get(
            connection,
            "compare",
            lambda: (
                of_one_unit(connection, limit=_OFFERED),
                list_documents(connection, {}, ("source_file", "unit", "year"), limit=_OFFERED),
            ),
        )
    return render(request, "compare_ask.html", offered=offered, documents=known)


def marked(before: str, after: str) -> list[DiffPart]:
    """Return both texts as one, with what is gone and behind it what is new in its place."""
    then, now = before.split(), after.split()
    found = []
    for kept, steps in groupby(Indel.opcodes(then, now), key=lambda step: step.tag == "equal"):
        run = list(steps)
        gone = " ".join(" ".join(then[step.src_start : step.src_end]) for step in run).strip()
        new = " ".join(" ".join(now[step.dest_start : step.dest_end]) for step in run).strip()
        if kept:
            found.append(DiffPart("same", gone))
        else:
            found += [DiffPart("del", gone)] if gone else []
            found += [DiffPart("ins", new)] if new else []
    return found


def _rows(found: Comparison) -> Iterator[dict[str, Any]]:
    for change in found.head:
        yield {
            "change": "head", "marker": "", "title": "", "field": change.field,
            "before": change.before, "after": change.after,
        }  # fmt: skip
    for row in found.changed:
        yield from _of_row(row)


def _of_row(row: RowChange) -> Iterator[dict[str, Any]]:
    item = row.after or row.before
    assert item is not None
    common = {"change": row.kind, "marker": item.marker, "title": item.title}
    if row.kind == "changed":
        for each in row.fields:
            yield {**common, "field": each.field, "before": each.before, "after": each.after}
    else:
        before = row_text(row.before) if row.before else ""
        after = row_text(row.after) if row.after else ""
        yield {**common, "field": "row", "before": before, "after": after}


ROUTES = [Route("/compare", page)]
