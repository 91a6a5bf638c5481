"""From a cell to agencies: names, whose they are, how sure that is, and what stays unknown."""

from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from pipeline.agencies.match.choice import IssuerContext, choose
from pipeline.agencies.match.doubts import after_unknown, beside_others
from pipeline.agencies.match.grouping import Group, join
from pipeline.agencies.match.lexicon import MOST_IN_DOUBT, lexicon_of
from pipeline.agencies.match.segmentation import Segmentation, segment
from pipeline.agencies.match.segments import Named, Segment
from pipeline.agencies.registry.decisions import run_of
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.registry.registry import Registry, Thresholds
from pipeline.agencies.tokens import TokenizedText, tokenize
from pipeline.agencies.words import words_of
from pipeline.language.text import fold
from schemas.plan import Agency, AgencyKind, AgencyLevel, MatchMethod, Status

_CHAIRMAN = words_of("Chủ tịch")
# Doubts about which of several agencies is meant.
_WHICH_ONE = frozenset(
    {"ambiguous", "level_not_said", "level_may_be_shared", "level_mismatch", "incomplete_name"}
)


@lru_cache(maxsize=65536)
def match_cell(text: str, context: IssuerContext, registry: Registry) -> tuple[Agency, ...]:
    """Return the agencies that a cell names, in order, each once; what is unknown is unresolved.

    `text` is the cell's printed lines joined by line breaks. Role words ("Chủ trì:") are left out;
    see `match_roles` for cells that hold both roles. Raises nothing.
    """
    cell = tokenize(text)
    if not cell.tokens:
        return ()
    if cell.reference:
        return (cited(cell),)
    groups = [g for g in find_groups(cell, context, registry) if isinstance(g, Group)]
    return once(tuple(to_agency(cell, g, context, registry.thresholds) for g in groups))


def cited(cell: TokenizedText) -> Agency:
    """Return the reference of a cell that names a document and no body."""
    flags = ("document_cited",)
    return _unresolved(cell.raw(0, len(cell.text)), 0.0, None).model_copy(update={"flags": flags})


def find_groups(
    cell: TokenizedText, context: IssuerContext, registry: Registry
) -> list[Group | Segment]:
    """Return the references of a cell in order, with the words of role between them as pieces."""
    reading = segment(cell, lexicon_of(registry), context)
    pieces = _with_neighbours(reading.pieces, context)
    parts = after_unknown(cell, join(cell, pieces, _contested(reading)))
    parts = _of_one_body(parts, context)
    found = beside_others(cell, parts, context, registry)
    return [_unless_refused(cell, part, registry) for part in found]


def _of_one_body(parts: list[Group | Segment], context: IssuerContext) -> list[Group | Segment]:
    """Let a chairman be of the body of the deputies behind: "Chủ tịch, các PCT UBND tỉnh"."""
    result = list(parts)
    named = [n for n, part in enumerate(parts) if isinstance(part, Group)]
    for at, following in pairwise(named):
        one, other = parts[at], parts[following]
        assert isinstance(one, Group)
        assert isinstance(other, Group)
        if one.name is None or other.name is None or one.name.words != _CHAIRMAN:
            continue
        if other.name.entry.kind == "person" and other.name.place.level:
            place = other.name.place
            choice = choose(one.name.options, place, context)
            result[at] = one._replace(name=one.name._replace(choice=choice, place=place))
    return result


def _unless_refused(
    cell: TokenizedText, part: Group | Segment, registry: Registry
) -> Group | Segment:
    """Take the agency off a reference of which a person said that it is never that one."""
    if isinstance(part, Segment) or part.name is None or not registry.verdicts.refused:
        return part
    whole = (run_of(cell, part.start, part.end), part.name.entry.id)
    return part._replace(name=None) if whole in registry.verdicts.refused else part


def _contested(reading: Segmentation) -> frozenset[tuple[int, int]]:
    """Return the places of names that the next best reading does not find."""
    if reading.rivals is None:
        return frozenset()
    other = {(p.start, p.name.entry.id) for p in reading.rivals if p.name}
    return frozenset(
        (p.start, p.end)
        for p in reading.pieces
        if p.name and (p.start, p.name.entry.id) not in other
    )


def _with_neighbours(pieces: tuple[Segment, ...], context: IssuerContext) -> tuple[Segment, ...]:
    """Settle names of several levels by the others in the cell, where the issuer is unknown."""
    if context.level is not None:
        return pieces
    named = [p.name for p in pieces if p.name and p.name.entry.kind == "agency"]
    sure = {n.entry.level for n in named if not n.choice.doubts}
    if len(sure) != 1:
        return pieces
    likely = replace(context, level=sure.pop())
    return tuple(
        p._replace(name=p.name._replace(choice=choose(p.name.options, p.name.place, likely)))
        if p.name and "ambiguous" in p.name.choice.doubts
        else p
        for p in pieces
    )


def once(agencies: tuple[Agency, ...]) -> tuple[Agency, ...]:
    """Return each agency once; of the same one twice, the surer."""
    kept: dict[tuple[str | None, ...], Agency] = {}
    for agency in agencies:
        key = (agency.agency_id or fold(agency.raw), agency.unit, agency.kind)
        if key not in kept or agency.score > kept[key].score:
            kept[key] = agency
    return tuple(kept.values())


def to_agency(
    cell: TokenizedText, group: Group, context: IssuerContext, bands: Thresholds
) -> Agency:
    """Return one reference as it is written to the result."""
    raw = cell.raw(cell.tokens[group.start].start, cell.tokens[group.end - 1].end)
    if group.name is None:
        return _unresolved(raw, 0.0, None, group.left)
    named = group.name
    entry = named.entry
    score, doubts = _weighed(group, named)
    if score < bands.review:
        return _unresolved(raw, score, entry)
    status: Status = "accepted" if score >= bands.accept and not doubts else "review"
    runner_up = named.choice.runner_up if _WHICH_ONE & set(doubts) else None
    return Agency(
        raw=raw,
        name=entry.name,
        agency_id=entry.id,
        level=entry.level_on(context.issued) or _said(named),
        kind="person" if group.staff else entry.kind,
        unit=_unit(named, context),
        score=score,
        method=_method(named),
        status=status,
        successor=_successor(entry, context),
        runner_up=runner_up.id if runner_up else None,
        flags=tuple(dict.fromkeys([*doubts, *_time(named, context)])),
    )


def _weighed(group: Group, named: Named) -> tuple[float, list[str]]:
    """How sure the name of a reference is, 0..1, and what is in doubt of it."""
    doubts = [*named.choice.doubts, *group.doubts]
    if named.decided:
        doubts = [doubt for doubt in doubts if doubt not in _WHICH_ONE]
    if not named.place.certain:
        doubts.append("unknown_place")
    score = named.score
    if group.extra:
        covered = len(named.words)
        score *= covered / (covered + group.extra)
        doubts.append("extra_words")
    if named.part or named.hard:
        doubts.append("incomplete_name" if named.part else "separator_inside")
    return round(min(score, MOST_IN_DOUBT) if doubts else score, 4), doubts


def _unresolved(
    raw: str, score: float, nearest: Entry | None, kind: AgencyKind | None = None
) -> Agency:
    return Agency(
        raw=raw,
        name=None,
        agency_id=None,
        level=None,
        kind=kind,
        unit=None,
        score=score,
        method="none",
        status="unresolved",
        runner_up=nearest.id if nearest else None,
    )


def _said(named: Named) -> AgencyLevel | None:
    level = named.place.level
    if level is None or level == "all" or level == "either":  # noqa: PLR1714  (narrows the type)
        return None
    return level


def _unit(named: Named, context: IssuerContext) -> str | None:
    if named.place.unit:
        return named.place.unit
    level = named.entry.level_on(context.issued)
    if level is None or level != context.level or named.place.plural:
        return None
    return context.unit


def _method(named: Named) -> MatchMethod:
    plain = named.score == 1 or (named.elided and not named.part)
    return named.choice.spelling.method if plain else "fuzzy"


def _time(named: Named, context: IssuerContext) -> tuple[str, ...]:
    """Return whether there was no such agency that day, or none of the level that is said."""
    entry, on = named.entry, context.issued
    level_ended = entry.level is not None and entry.level_on(on) is None
    ended = level_ended and _said(named) == entry.level
    return ("out_of_time",) if ended or not entry.existed(on) else ()


def _successor(entry: Entry, context: IssuerContext) -> str | None:
    if entry.existed(context.issued) or not entry.successors:
        return None
    return " | ".join(entry.successors)
