"""Agencies: the registry by words, which of them a text names, and what was decided about texts."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.agencies import Office, match_cell
from pipeline.agencies.issuer import issuer_of
from pipeline.agencies.registry.entries import Entry
from pipeline.language.text import bare
from schemas.plan import Agency
from web.lists.decisions import KINDS, LEVELS
from web.lists.tabular import Field, View, in_format
from web.pages import render, site_of

_SHOWN = 100
_FIELDS = [Field(name) for name in ("id", "name", "level", "other_names")]


def agencies(request: Request) -> Response:
    """The registry by words without tones and by level, what a text names, and all decisions."""
    office, asked = site_of(request).office(), request.query_params
    every = sorted(office.every.values(), key=lambda entry: bare(entry.name))
    wanted, level = bare(asked.get("q", "")).split(), asked.get("level", "")
    found = [e for e in every if level in ("", e.level or "") and _holds(e, wanted)]
    answer = in_format(request, View("agencies", _FIELDS, lambda: map(_row, found)))
    if answer is not None:
        return answer
    text = asked.get("text", "")
    return render(
        request,
        "agencies.html",
        entries=found[:_SHOWN],
        count=len(found),
        every=every,
        levels=LEVELS,
        kinds=KINDS,
        text=text,
        named=_named(office, text, asked.get("unit", "")) if text.strip() else (),
        decided=office.decided[::-1],
        names={identifier: entry.name for identifier, entry in office.every.items()},
    )


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    names = bare(" ".join((entry.name, *entry.aliases, *entry.abbreviations)))
    return all(word in names for word in words)


def _named(office: Office, text: str, unit: str) -> Sequence[Agency]:
    """Which agencies a text names, as it stands in a plan of that unit."""
    issuer = issuer_of(unit.strip() or None)
    return match_cell(text, issuer, office.registry(issuer.unit, issuer.province))


def _row(entry: Entry) -> dict[str, str]:
    others = "; ".join((*entry.abbreviations, *entry.aliases))
    return {"id": entry.id, "name": entry.name, "level": entry.level or "", "other_names": others}


ROUTES = [Route("/agencies", agencies)]
