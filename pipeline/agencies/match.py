"""From a cell to agencies: names, whose they are, how sure that is, and what stays unknown."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.agencies.cell import Cell, read_cell
from pipeline.agencies.choice import IssuerContext, choose
from pipeline.agencies.places import begins_body
from pipeline.agencies.registry import Entry, Registry
from pipeline.agencies.segment import Named, Piece, Reading, segment
from pipeline.agencies.words import AND, Phrase, load_words
from pipeline.settings import Settings
from pipeline.text import fold
from schemas.plan import Agency, AgencyLevel, MatchMethod, Status

_HEIGHT: dict[AgencyLevel | None, int] = {
    None: 0,
    "commune": 1,
    "district": 2,
    "province": 3,
    "central": 4,
}
# No doubtful match shows a score that looks like certainty.
_MOST_IN_DOUBT = 0.9
_CLOSE = frozenset({"space", "none", "dash"})


class Group(NamedTuple):
    """Words that make one reference: a name, perhaps with words that nothing explains."""

    start: int
    end: int
    name: Named | None
    extra: int = 0
    doubts: tuple[str, ...] = ()


class Thresholds(NamedTuple):
    """Scores from which a match is accepted, and from which it is worth a look."""

    accept: float
    review: float


def match_cell(
    text: str, context: IssuerContext, registry: Registry, settings: Settings | None = None
) -> tuple[Agency, ...]:
    """Return the agencies that a cell names, in order, each once; what is unknown is unresolved.

    `text` is the cell's printed lines joined by line breaks. Role words ("Chủ trì:") are left out;
    see `match_roles` for cells that hold both roles. Raises nothing.
    """
    return _match(text, context, _ByIdentity(registry), thresholds(settings))


def thresholds(settings: Settings | None) -> Thresholds:
    """Return the thresholds of the settings, or of the defaults and the environment."""
    settings = settings or _default_settings()
    return Thresholds(settings.agency_accept, settings.agency_review)


@lru_cache(maxsize=1)
def _default_settings() -> Settings:
    return Settings()


class _ByIdentity:
    """A registry as a key of a cache: hashed by its version, which stands for its content."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __hash__(self) -> int:
        return hash(self.registry.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.registry is other.registry


@lru_cache(maxsize=32768)
def _match(
    text: str, context: IssuerContext, key: _ByIdentity, bands: Thresholds
) -> tuple[Agency, ...]:
    cell = read_cell(text)
    if not cell.tokens:
        return ()
    groups = find_groups(cell, context, key.registry)
    return once(tuple(to_agency(cell, g, context, bands) for g in groups if isinstance(g, Group)))


def once(agencies: tuple[Agency, ...]) -> tuple[Agency, ...]:
    """Return each agency once; of the same one twice, the surer."""
    kept: dict[tuple[str | None, str | None], Agency] = {}
    for agency in agencies:
        key = (agency.agency_id or fold(agency.raw), agency.unit)
        if key not in kept or agency.score > kept[key].score:
            kept[key] = agency
    return tuple(kept.values())


def find_groups(cell: Cell, context: IssuerContext, registry: Registry) -> list[Group | Piece]:
    """Return the references of a cell in order, with the words of role between them as pieces."""
    reading = segment(cell, registry.lexicon, context)
    pieces = _with_neighbours(reading.pieces, context)
    parts = _joined(cell, pieces, _contested(reading))
    return _in_doubt(cell, parts, context, registry)


def _contested(reading: Reading) -> frozenset[tuple[int, int]]:
    """Return the places of names that the next best reading does not find."""
    if reading.rivals is None:
        return frozenset()
    other = {(p.start, p.name.choice.spelling.entry.id) for p in reading.rivals if p.name}
    return frozenset(
        (p.start, p.end)
        for p in reading.pieces
        if p.name and (p.start, p.name.choice.spelling.entry.id) not in other
    )


def _with_neighbours(pieces: tuple[Piece, ...], context: IssuerContext) -> tuple[Piece, ...]:
    """Settle names that exist at several levels by the others in the cell, where nobody issued it."""
    if context.level is not None:
        return pieces
    named = [p.name for p in pieces if p.name and p.name.choice.spelling.entry.kind == "agency"]
    sure = {n.choice.spelling.entry.level for n in named if not n.choice.doubts}
    if len(sure) != 1:
        return pieces
    likely = replace(context, level=sure.pop())
    return tuple(
        p._replace(name=p.name._replace(choice=choose(p.name.options, p.name.place, likely)))
        if p.name and "ambiguous" in p.name.choice.doubts
        else p
        for p in pieces
    )


def _joined(
    cell: Cell, pieces: tuple[Piece, ...], contested: frozenset[tuple[int, int]]
) -> list[Group | Piece]:
    """Return the names as groups, and what nothing explains joined to them or by itself."""
    parts: list[Group | Piece] = []
    for piece in pieces:
        if piece.name:
            doubts = ("ambiguous",) if (piece.start, piece.end) in contested else ()
            parts.append(Group(piece.start, piece.end, piece.name, doubts=doubts))
        elif piece.kind == "rest":
            parts.append(Group(piece.start, piece.end, None, 1))
        else:
            parts.append(piece)
    return _after_unknown(cell, _attached(cell, _joined_rest(cell, parts)))


def _joined_rest(cell: Cell, parts: list[Group | Piece]) -> list[Group | Piece]:
    """Join unknown words in a row, and the words of role or the fillers that stand among them."""
    joined: list[Group | Piece] = []
    for part in parts:
        last = joined[-1] if joined else None
        unknown = isinstance(part, Group) and part.name is None
        if unknown and last is not None and _continues(cell, last, part):
            before = joined.pop()
            extra = (before.extra if isinstance(before, Group) else before.end - before.start) + 1
            grown = Group(before.start, part.end, None, extra)
            joined.append(grown)
            joined = _collapse(cell, joined)
        elif isinstance(part, Piece) and isinstance(last, Group) and last.name is None:
            same_line = cell.tokens[part.start].kind in _CLOSE
            if same_line and part.role is None or same_line and _goes_on(cell, part):
                joined[-1] = last._replace(end=part.end, extra=last.extra + part.end - part.start)
            else:
                joined.append(part)
        else:
            joined.append(part)
    return [_without_fillers(cell, p) if isinstance(p, Group) else p for p in joined]


def _collapse(cell: Cell, parts: list[Group | Piece]) -> list[Group | Piece]:
    if len(parts) > 1:
        before, last = parts[-2], parts[-1]
        if isinstance(before, Group) and before.name is None and _continues(cell, before, last):
            grown = Group(before.start, last.end, None, before.extra + last.end - last.start)
            return [*parts[:-2], grown]
    return parts


def _goes_on(cell: Cell, piece: Piece) -> bool:
    return piece.end < len(cell.tokens) and cell.tokens[piece.end].kind in _CLOSE


def _continues(cell: Cell, before: Group | Piece, part: Group | Piece) -> bool:
    """Return whether unknown words go on from what stands before them."""
    token = cell.tokens[part.start]
    if isinstance(before, Group):
        if before.name is not None:
            return False
        starts_body = _starts_body(cell, part.start)
        return token.kind in _CLOSE or (
            token.kind in ("line", "and") and not starts_body
        )
    return token.kind in _CLOSE and before.role is not None and before.role[1] != "before"


def _without_fillers(cell: Cell, group: Group) -> Group:
    """Leave out an "và" at the end of unknown words: it leads on to the next name."""
    end = group.end
    fillers = load_words().fillers
    while group.name is None and end > group.start + 1 and (cell.tokens[end - 1].bare,) in fillers:
        end -= 1
    return group._replace(end=end)


def _attached(cell: Cell, parts: list[Group | Piece]) -> list[Group | Piece]:
    """Put unknown words to the name that they stand against; a name with them is in doubt."""
    result: list[Group | Piece] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Piece) or (part.name is not None and not _is_weak(cell, part)):
            result.append(part)
            at += 1
            continue
        before = _name_before(result)
        after = parts[at + 1] if at + 1 < len(parts) else None
        link = _link(cell, before, part) if before is not None else "apart"
        if before is not None and link == "joined":
            while result[-1] is not before:
                result.pop()
            extra = part.extra or part.end - part.start
            result[-1] = before._replace(end=part.end, extra=before.extra + extra)
        elif before is not None and link == "doubt":
            where = next(n for n, p in enumerate(result) if p is before)
            result[where] = _doubted(before, "followed_by_unknown")
            result.append(part)
        else:
            result.append(part)
        if part.name is None and isinstance(after, Group) and after.name is not None:
            kind = cell.tokens[after.start].kind
            if kind in _CLOSE and result[-1] is part:
                result[-1] = after._replace(start=part.start, extra=after.extra + part.extra)
                at += 1
        at += 1
    return result


def _after_unknown(cell: Cell, parts: list[Group | Piece]) -> list[Group | Piece]:
    """Put names in doubt that may be the rest of unknown words before them.

    A list's head ("Các phòng:") goes to its first name where that stays unknown, so that nothing
    is dropped.
    """
    result = list(parts)
    for at, part in enumerate(result):
        if isinstance(part, Piece):
            continue
        before = result[at - 1] if at else None
        if isinstance(before, Piece) and before.kind == "head" and (part.extra or not part.name):
            part = result[at] = part._replace(start=before.start)
        unknown = next((p for p in reversed(result[:at]) if isinstance(p, Group)), None)
        if part.name is None or unknown is None or not (unknown.extra or _is_weak(cell, unknown)):
            continue
        tokens = cell.tokens[unknown.end : part.start + 1]
        if all(t.kind in (*_CLOSE, "line") for t in tokens) or _may_go_on(cell, part):
            result[at] = _doubted(part, "preceded_by_unknown")
    return result


def _may_go_on(cell: Cell, group: Group) -> bool:
    """Return whether a name behind a comma or "và" may yet belong to unknown words before it."""
    token = cell.tokens[group.start]
    if token.kind == "hard" or group.name is None:
        return False
    if token.key != "các" and not token.capital:
        return True
    led_on = token.kind == "and" or (group.start > 0 and cell.tokens[group.start - 1].key in AND)
    outer = _starts(group.name.choice.spelling.words, "outer")
    return led_on and (outer or not _starts_body(cell, group.start))


def _is_weak(cell: Cell, group: Group) -> bool:
    """Return whether a name may as well be the rest of the one before it."""
    if group.name is None or _starts_body(cell, group.start):
        return False
    guessed = group.name.headless or group.name.part or group.name.score <= _MOST_IN_DOUBT
    return guessed or not _apart(cell, group.start)


def _apart(cell: Cell, at: int) -> bool:
    """Return whether anything printed, or the end of a line, parts the token from what is before."""
    if at == 0 or cell.tokens[at].kind not in _CLOSE:
        return True
    return cell.tokens[at - 1].key in AND


def _starts_body(cell: Cell, at: int) -> bool:
    """Return whether a name of a body of its own begins here, by its first word and its capital."""
    token = cell.tokens[at]
    return begins_body(cell.tokens, at) and (token.capital or token.key == "các")


def _name_before(parts: list[Group | Piece]) -> Group | None:
    """Return the name that the next words may belong to: the last part, fillers left out."""
    for part in reversed(parts):
        if isinstance(part, Group):
            return part if part.name is not None else None
        if part.kind != "filler":
            return None
    return None


def _link(cell: Cell, before: Group, part: Group) -> str:
    """Return how unknown words stand to the name before them: joined, doubt or apart."""
    token = cell.tokens[part.start]
    between = cell.tokens[before.end : part.start]
    kind = between[0].kind if between and between[0].kind in ("hard", "comma") else token.kind
    own_body = _starts_body(cell, part.start)
    if kind == "hard":
        return "apart"
    if kind in ("comma", "colon"):
        return "apart" if own_body else "doubt"
    if between or kind == "and":
        return "apart" if own_body else "joined"
    if kind == "line":
        if not token.capital:
            return "joined"
        return "apart" if own_body else "doubt"
    return "doubt" if own_body else "joined"


def _doubted(group: Group, doubt: str) -> Group:
    return group._replace(doubts=(*group.doubts, doubt))


def _in_doubt(
    cell: Cell, parts: list[Group | Piece], context: IssuerContext, registry: Registry
) -> list[Group | Piece]:
    """Mark names of which it is unclear whose they are, because of the names beside them."""
    result = list(parts)
    for at, part in enumerate(result):
        if isinstance(part, Piece) or part.name is None:
            continue
        if _remark_names_another(cell, part, context, registry):
            part = result[at] = _doubted(part, "remark_names_agency")
        follower = next((p for p in result[at + 1 :] if isinstance(p, Group)), None)
        if follower is None or follower.name is None:
            continue
        if _is_one_list(cell, part, follower):
            result[at] = _doubted(part, "may_be_one_body")
            result[result.index(follower)] = _doubted(follower, "may_be_one_body")
            continue
        if at + 1 < len(result) and result[at + 1] is follower and _may_be_inside(cell, part, follower):
            result[at] = _doubted(part, "may_be_one_body")
            result[result.index(follower)] = _doubted(follower, "may_be_one_body")
        elif _may_share_level(part, follower):
            result[at] = _doubted(part, "level_may_be_shared")
    return result


def _is_one_list(cell: Cell, first: Group, second: Group) -> bool:
    """Return whether two names under one head may be one name that the registry does not know.

    "Phòng Kinh tế và Y tế" may be two offices or one merged of two; so may a list that goes on
    with unknown words.
    """
    if first.name is None or second.name is None or not second.name.elided:
        return False
    if second.name.place.level or second.name.choice.spelling.entry.id == first.name.choice.spelling.entry.id:
        return False
    if second.extra or "followed_by_unknown" in second.doubts:
        return True
    token = cell.tokens[second.start]
    by_and = token.kind == "and" or cell.tokens[second.start - 1].key in AND
    return token.kind == "line" or (by_and and not first.name.elided)


def _may_be_inside(cell: Cell, first: Group, second: Group) -> bool:
    """Return whether the first may be a part of the second ("Thanh tra Sở Xây dựng")."""
    if first.name is None or second.name is None or first.name.place.level is not None:
        return False
    kind = cell.tokens[second.start].kind
    if kind not in ("space", "none", "line", "dash"):
        return False
    outer, inner = second.name.choice.spelling, first.name.choice.spelling
    if outer.entry.kind in ("collective", "person") or not _starts(inner.words, "inner"):
        return False
    if _HEIGHT[outer.entry.level] > _HEIGHT[inner.entry.level] > 0:
        return True
    same = outer.entry.level == inner.entry.level
    if same and _starts(outer.words, "outer"):
        return True
    return same and kind != "line" and inner.entry.kind == "front"


def _starts(words: Phrase, which: str) -> bool:
    known = load_words()
    heads = known.inner_heads if which == "inner" else known.outer_heads
    return any(words[:n] in heads for n in (1, 2, 3, 4))


def _may_share_level(first: Group, second: Group) -> bool:
    """Return whether a level behind the second may be meant of both ("Công an, Ban CHQS cấp xã")."""
    if first.name is None or second.name is None or first.name.place.level is not None:
        return False
    said = second.name.place.level
    if said in (None, "all", "either") or said == first.name.choice.spelling.entry.level:
        return False
    one, other = first.name.choice.spelling, second.name.choice.spelling
    alike = one.entry.kind == other.entry.kind or _starts(one.words, "outer")
    if _starts(other.words, "outer") and not _starts(one.words, "outer"):
        return False  # "Công an, UBND cấp xã": the level is part of the second's name
    return alike and any(s.entry.level == other.entry.level for s in first.name.options)


def _remark_names_another(
    cell: Cell, group: Group, context: IssuerContext, registry: Registry
) -> bool:
    """Return whether brackets behind the name hold the name of another agency."""
    start, end = cell.tokens[group.start].start, cell.tokens[group.end - 1].end
    for first, last in cell.remarks:
        inside = cell.text[first + 1 : last - 1]
        near = start <= first and (first < end or not cell.text[end:first].strip())
        if near and group.name is not None:
            reading = segment(read_cell(inside), registry.lexicon, context)
            names = {p.name.choice.spelling.entry.id for p in reading.pieces if p.name}
            if names - {group.name.choice.spelling.entry.id}:
                return True
    return False


def to_agency(
    cell: Cell, group: Group, context: IssuerContext, bands: Thresholds
) -> Agency:
    """Return one reference as it is written to the result."""
    raw = cell.raw(cell.tokens[group.start].start, cell.tokens[group.end - 1].end)
    if group.name is None:
        return _unresolved(raw, 0.0, None)
    named = group.name
    entry = named.choice.spelling.entry
    doubts = [*named.choice.doubts, *group.doubts]
    if not named.place.certain:
        doubts.append("unknown_place")
    score = named.score
    if group.extra:
        covered = len(named.choice.spelling.words)
        score *= covered / (covered + group.extra)
        doubts.append("extra_words")
    if named.part or named.hard:
        doubts.append("incomplete_name" if named.part else "separator_inside")
    if doubts:
        score = min(score, _MOST_IN_DOUBT)
    score = round(score, 4)
    if score < bands.review:
        return _unresolved(raw, score, entry)
    status: Status = "accepted" if score >= bands.accept and not doubts else "review"
    runner_up = named.choice.runner_up if doubts else None
    return Agency(
        raw=raw,
        name=entry.name,
        agency_id=entry.id,
        level=entry.level or _said(named),
        kind=entry.kind,
        unit=_unit(named, context),
        score=score,
        method=_method(named),
        status=status,
        successor=_successor(entry, context),
        runner_up=runner_up.id if runner_up else None,
        flags=tuple(dict.fromkeys([*doubts, *_time(entry, context)])),
    )


def _unresolved(raw: str, score: float, nearest: Entry | None) -> Agency:
    return Agency(
        raw=raw,
        name=None,
        agency_id=None,
        level=None,
        kind=None,
        unit=None,
        score=score,
        method="none",
        status="unresolved",
        runner_up=nearest.id if nearest else None,
    )


def _said(named: Named) -> AgencyLevel | None:
    level = named.place.level
    return None if level is None or level in ("all", "either") else level


def _unit(named: Named, context: IssuerContext) -> str | None:
    if named.place.unit:
        return named.place.unit
    level = named.choice.spelling.entry.level
    if level is None or level != context.level or named.place.plural:
        return None
    return context.unit


def _method(named: Named) -> MatchMethod:
    plain = named.score == 1 or (named.elided and not named.part)
    return named.choice.spelling.method if plain else "fuzzy"


def _time(entry: Entry, context: IssuerContext) -> tuple[str, ...]:
    return () if entry.existed(context.issued) else ("out_of_time",)


def _successor(entry: Entry, context: IssuerContext) -> str | None:
    if entry.existed(context.issued) or not entry.successors:
        return None
    return " | ".join(entry.successors)
