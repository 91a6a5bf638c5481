"""The registry as the Reconciliation Service API asks for it: candidates, suggestions, properties.

Questions and answers are those of version 0.2 (W3C Entity Reconciliation Community Group,
https://reconciliation-api.github.io/specs/0.2/), which OpenRefine speaks.
Entities are agencies; types are their kinds and levels. How they travel is for the caller.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, cast, get_args

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process

from pipeline.agencies.issuer import issuer_of
from pipeline.agencies.match.cell import match_cell
from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.lexicon import MOST_IN_DOUBT
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.registry.office import Office
from pipeline.agencies.registry.registry import Registry
from pipeline.agencies.tokens import tokenize
from pipeline.language.text import bare, clean, fold
from schemas.errors import UserError
from schemas.plan import Agency, AgencyLevel

Json = dict[str, Any]

TYPES: Mapping[str, str] = {
    "agency": "Cơ quan",
    "front": "Đoàn thể",
    "collective": "Nhóm cơ quan, đơn vị",
    "unit": "Đơn vị",
    "person": "Cá nhân",
    "central": "Cấp trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}
# `unit` and `date` are those of the plan: they tell namesakes apart and are no agency's own.
PROPERTIES: Mapping[str, tuple[str, str]] = {
    "unit": ("Nơi ban hành", "Place of the plan's issuer, e.g. huyện Chi Lăng"),
    "date": ("Ngày ban hành", "Day of the plan, e.g. 2024-05-31"),
    "level": ("Cấp", "Level: central, province, district or commune"),
    "kind": ("Loại", "Kind: agency, front, collective, unit or person"),
    "abbreviations": ("Viết tắt", "Short forms"),
    "aliases": ("Tên khác", "Other names"),
    "valid_from": ("Có từ ngày", "First day of the agency"),
    "valid_to": ("Đến ngày", "Last day of the agency"),
    "successor": ("Cơ quan kế thừa", "What it became"),
    "legal_source": ("Căn cứ", "What says so much of it"),
    "verified": ("Kiểm chứng", "How far the source was read: yes, extract or no"),
    "note": ("Ghi chú", "Remarks"),
}
_MOST = 10  # candidates where a query names no limit
_MANY = 1000
_SUGGESTED = 20
_LEAST_ALIKE = 60.0  # of 100; what is less alike is no candidate
_YEAR = re.compile(r"\d{4}")


class ReconcileError(UserError):
    """A question that is not of the form that the specification gives it."""


class _Query(Struct, frozen=True):
    text: str
    types: frozenset[str]
    context: IssuerContext
    limit: int


def reconcile(office: Office, queries: object) -> Json:
    """Return the candidates of every query of a batch, the best first.

    A candidate is a `match` where the text names it alone and it is accepted. Raises
    ReconcileError for a batch of another form.
    """
    if not isinstance(queries, dict):
        raise ReconcileError("asked_no_object", what="queries")
    return {key: {"result": _candidates(office, _query(asked))} for key, asked in queries.items()}


def extend(office: Office, asked: object) -> Json:
    """Return the values of properties of agencies. Raises ReconcileError."""
    if not isinstance(asked, dict):
        raise ReconcileError("asked_no_object", what="extend")
    ids, properties = _texts(asked.get("ids")), asked.get("properties")
    if not isinstance(properties, list):
        raise ReconcileError("asked_no_list", what="properties")
    names = _texts([p.get("id") if isinstance(p, dict) else None for p in properties])
    entries = office.every
    return {
        "meta": [{"id": name, "name": PROPERTIES.get(name, (name, ""))[0]} for name in names],
        "rows": {
            key: {name: list(_values(entries.get(key), name, entries)) for name in names}
            for key in ids
        },
    }


def propose_properties(of_type: str, limit: int | None) -> Json:
    """Return the properties that agencies have of their own."""
    own = [p for p in _properties() if p["id"] not in ("unit", "date")][:limit]
    proposed: Json = {"properties": own, "type": of_type}
    return proposed if limit is None else {**proposed, "limit": limit}


def suggest_entities(office: Office, prefix: str, cursor: int = 0) -> Json:
    """Return agencies that are called so, or begin so; `cursor` of them are skipped."""
    wanted, entries = bare(prefix), office.every.values()

    def rank(entry: Entry) -> int | None:
        if prefix.strip() == entry.id or bare(entry.name).startswith(wanted):
            return 0
        others = [bare(each) for each in (*entry.aliases, *entry.abbreviations)]
        if any(other.startswith(wanted) for other in others):
            return 1
        return 2 if wanted in bare(entry.name) else None

    ranked = [(place, entry.name, entry) for entry in entries if (place := rank(entry)) is not None]
    chosen = [entry for _, _, entry in sorted(ranked, key=lambda r: (r[0], bare(r[1]), r[2].id))]
    shown = chosen[cursor : cursor + _SUGGESTED]
    return {"result": [{**_told(entry), "notable": _types(entry)} for entry in shown]}


def suggest_types(prefix: str, cursor: int = 0) -> Json:
    """Return kinds and levels that begin so."""
    return _suggested([_type(name) for name in TYPES], prefix, cursor)


def suggest_properties(prefix: str, cursor: int = 0) -> Json:
    """Return properties that begin so."""
    return _suggested(_properties(), prefix, cursor)


def preview(office: Office, identifier: str) -> str | None:
    """Return an agency as a small HTML page; None for an unknown one."""
    entries = office.every
    entry = entries.get(identifier)
    if entry is None:
        return None
    lines = [
        f"<dt>{escape(label)}</dt><dd>{escape('; '.join(map(_shown, values)))}</dd>"
        for name, (label, _) in PROPERTIES.items()
        if (values := list(_values(entry, name, entries)))
    ]
    head = (
        f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>{escape(entry.name)}</title>'
    )
    body = f"<h1>{escape(entry.name)}</h1><p>{escape(entry.id)}</p><dl>{''.join(lines)}</dl>"
    return f'{head}<body style="font: 13px sans-serif">{body}</body></html>\n'


def _query(asked: object) -> _Query:
    if not isinstance(asked, dict):
        raise ReconcileError("asked_no_object", what="query")
    text, limit = asked.get("query", ""), asked.get("limit", _MOST)
    given = asked.get("properties", [])
    if not isinstance(text, str) or not isinstance(given, list):
        raise ReconcileError("asked_no_query")
    if not text.strip() and not given:
        raise ReconcileError("asked_nothing")
    if not isinstance(limit, int | float) or isinstance(limit, bool) or not limit >= 1:
        raise ReconcileError("asked_no_number", what="limit")
    said: dict[str, list[str]] = {}
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("pid"), str) or "v" not in each:
            raise ReconcileError("asked_no_property")
        said.setdefault(each["pid"], []).extend(_property_texts(each["v"]))
    asked_type = asked.get("type", [])
    types = _texts([asked_type] if isinstance(asked_type, str) else asked_type)
    types += [*said.get("level", []), *said.get("kind", [])]
    return _Query(text, frozenset(types), _context(said, types), int(min(limit, _MANY)))


def _context(said: Mapping[str, Sequence[str]], types: Iterable[str]) -> IssuerContext:
    days = [day for text in said.get("date", []) if (day := _day(text))]
    units = said.get("unit", [])
    context = issuer_of(units[0] if units else None, days[0] if days else None)
    levels = [each for each in types if each in get_args(AgencyLevel)]
    if context.level is None and len(levels) == 1:
        return replace(context, level=cast(AgencyLevel, levels[0]))
    return context


def _day(text: str) -> date | None:
    """Return the day; the middle of the year where only that is said, None for anything else."""
    if _YEAR.fullmatch(text.strip()):
        return date(max(1, int(text)), 7, 1)
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _candidates(office: Office, query: _Query) -> list[Json]:
    registry = office.registry(query.context.unit, query.context.province)
    found: dict[str, Json] = {}
    entry = registry.every.get(query.text.strip())
    if entry is not None:
        found[entry.id] = _candidate(entry, 100.0, {"identifier": True}, match=True)
    agencies = match_cell(query.text, query.context, registry)
    for agency in agencies:
        if agency.agency_id and agency.agency_id not in found:
            sure = agency.status == "accepted" and len(agencies) == 1
            entry = registry.every[agency.agency_id]
            found[entry.id] = _candidate(entry, agency.score * 100, _features(agency), match=sure)
    for entry, likeness in _alike(query.text, registry):
        found.setdefault(entry.id, _candidate(entry, likeness * MOST_IN_DOUBT, {}, match=False))
    kept = [
        candidate
        for identifier, candidate in found.items()
        if not query.types or query.types & {t["id"] for t in _types(registry.every[identifier])}
    ]
    return sorted(kept, key=lambda c: (-c["score"], not c["match"]))[: query.limit]


def _alike(text: str, registry: Registry) -> Iterator[tuple[Entry, float]]:
    """Yield the agencies of which a spelling looks like the text, and how much, of 100."""
    entries = list(registry.entries.values())
    pairs = [
        (fold(spelling), entry)
        for entry in entries
        for spelling in (entry.name, *entry.aliases, *entry.abbreviations)
    ]
    run, refused = run_of(tokenize(text)), registry.verdicts.refused
    scored = process.extract(
        fold(text), [s for s, _ in pairs], scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, limit=None
    )
    for _, likeness, at in scored:
        entry = pairs[at][1]
        if (run, entry.id) not in refused:
            yield entry, likeness


def _candidate(entry: Entry, score: float, features: Mapping[str, Any], *, match: bool) -> Json:
    return {
        **_told(entry),
        "type": _types(entry),
        "score": round(score, 2),
        "match": match,
        "features": [{"id": name, "value": value} for name, value in features.items()],
    }


def _features(agency: Agency) -> dict[str, float | bool]:
    """Return what the match was made of: the features are yes or no, or a number."""
    return {
        "match_score": agency.score,
        f"method_{agency.method}": True,
        "accepted": agency.status == "accepted",
        **dict.fromkeys(agency.flags, True),
    }


def _told(entry: Entry) -> Json:
    span = [
        f"{word} {day:%d/%m/%Y}"
        for word, day in (("từ", entry.valid_from), ("đến", entry.valid_to))
        if day
    ]
    parts = [*(t["name"] for t in _types(entry)), *span]
    return {"id": entry.id, "name": entry.name, "description": "; ".join(parts)}


def _type(name: str) -> Json:
    return {"id": name, "name": TYPES[name]}


def _types(entry: Entry) -> list[Json]:
    return [_type(name) for name in (entry.kind, entry.level) if name]


def _properties() -> list[Json]:
    return [{"id": p, "name": name, "description": why} for p, (name, why) in PROPERTIES.items()]


def _suggested(known: Sequence[Json], prefix: str, cursor: int) -> Json:
    wanted = bare(prefix)
    fit = [k for k in known if any(bare(k[part]).startswith(wanted) for part in ("id", "name"))]
    return {"result": fit[cursor : cursor + _SUGGESTED]}


def _values(entry: Entry | None, name: str, entries: Mapping[str, Entry]) -> Iterator[Json]:
    """Yield the values of a property: texts, days, or agencies. Unknown properties have none."""
    if entry is None:
        return
    if name in ("valid_from", "valid_to"):
        day = entry.valid_from if name == "valid_from" else entry.valid_to
        if day:
            yield {"date": f"{day.isoformat()}T00:00:00Z"}
    elif name == "successor":
        for successor in entry.successors:
            yield {"id": successor, "name": entries[successor].name}
    elif name in ("abbreviations", "aliases"):
        yield from ({"str": text} for text in getattr(entry, name))
    elif name == "legal_source" and entry.source:
        yield {"str": entry.source}
    elif name in ("level", "kind", "verified", "note") and getattr(entry, name):
        yield {"str": getattr(entry, name)}


def _shown(value: Json) -> str:
    text = str(value.get("str") or value.get("name") or value.get("date", "")[:10])
    return TYPES.get(text, text)


def _texts(given: object) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise ReconcileError("asked_no_list", what="ids, type")
    return list(given)


def _property_texts(value: object) -> list[str]:
    """Return a property's values as texts; of an agency or another entity, its name or id."""
    values = value if isinstance(value, list) else [value]
    return [
        clean(str(v.get("name") or v.get("id", "")) if isinstance(v, dict) else str(v))
        for v in values
    ]
