"""Names and unknown words put together: what stands against a name belongs to its reference."""

from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.agencies.match.places import begins_body, end_of_head
from pipeline.agencies.match.segments import Named, Segment
from pipeline.agencies.tokens import TokenizedText
from pipeline.agencies.words import AND, load_words
from schemas.plan import AgencyKind

Link = Literal["joined", "rest", "doubt", "apart"]

CLOSE = frozenset({"space", "none", "dash"})
_LEAST_TAIL = 8  # letters of a tail that is known with one of them misread
_LONGEST_LAST = 3  # letters of a name's last word that a line's beginning left unreadable


class Group(NamedTuple):
    """Words that make one reference: a name, perhaps with words that nothing explains.

    `staff`: persons of the named body; `left`: a person or a firm that is left as printed.
    """

    start: int
    end: int
    name: Named | None
    extra: int = 0
    doubts: tuple[str, ...] = ()
    staff: bool = False
    left: AgencyKind | None = None


def join(
    cell: TokenizedText, pieces: tuple[Segment, ...], contested: frozenset[tuple[int, int]]
) -> list[Group | Segment]:
    """Return the names as groups, and what nothing explains joined to them or by itself."""
    parts: list[Group | Segment] = []
    staff: int | None = None  # where the persons begin whose body is named next
    for piece in pieces:
        if piece.kind == "staff":
            staff = piece.start
        elif piece.name:
            doubts = ("ambiguous",) if (piece.start, piece.end) in contested else ()
            start = piece.start if staff is None else staff
            parts.append(
                Group(start, piece.end, piece.name, doubts=doubts, staff=staff is not None)
            )
            staff = None
        elif piece.kind == "rest":
            parts.append(Group(piece.start, piece.end, None, int(not piece.left), left=piece.left))
        else:
            parts.append(piece)
    return _attached(cell, _with_owners(cell, _joined_rest(cell, parts)))


def _with_owners(cell: TokenizedText, parts: list[Group | Segment]) -> list[Group | Segment]:
    """Put the body that owns a reference to it: "các đơn vị trực thuộc UBND tỉnh" is one."""
    result: list[Group | Segment] = []
    for part in parts:
        last = result[-1] if result else None
        whole = None
        if isinstance(part, Group) and isinstance(last, Group):
            whole = _with_owner(cell, last, part)
        result[-1:] = [whole] if whole is not None else [*result[-1:], part]
    return result


def _with_owner(cell: TokenizedText, group: Group, part: Group) -> Group | None:
    """Return the reference with what is behind it, if that is its owner or leads on to one."""
    straight = cell.tokens[part.start].kind in ("space", "line")
    leads_on = part.name is None and part.end - part.start == 1 and _says_owned(cell, part)
    if straight and leads_on and group.name is not None:
        return group._replace(end=part.end, extra=group.extra + 1)
    said = _says_owned(cell, group) and group.end - group.start > 1
    if straight and said and part.name is not None:
        return group._replace(end=part.end, extra=0 if group.name else group.extra)
    same_line = cell.tokens[part.start].kind in CLOSE
    if group.name and part.name and same_line and is_of_body(group, part):
        return group._replace(end=part.end, name=group.name._replace(place=part.name.place))
    return None


def _says_owned(cell: TokenizedText, group: Group) -> bool:
    return (cell.tokens[group.end - 1].key,) in load_words().owned


def is_of_body(group: Group, owner: Group) -> bool:
    """Return whether a part that every body has is named before a body: of "Bộ phận Một cửa UBND
    cấp xã" it is the part that is meant, as of "Bộ phận Một cửa cấp xã"."""
    if group.name is None or owner.name is None or group.name.place.level is not None:
        return False
    known = load_words()
    inner = any(group.name.words[:n] in known.body_parts for n in (1, 2))
    governs = owner.name.entry.id in known.unit_bodies.values()
    return inner and (governs or owner.name.entry.kind == "agency")


def _joined_rest(cell: TokenizedText, parts: list[Group | Segment]) -> list[Group | Segment]:
    """Join unknown words in a row, and the words of role or the fillers that stand among them."""
    joined: list[Group | Segment] = []
    for part in parts:
        last = joined[-1] if joined else None
        unknown = isinstance(part, Group) and part.name is None and part.left is None
        if unknown and last is not None and _continues(cell, last, part):
            before = joined.pop()
            extra = (before.extra if isinstance(before, Group) else before.end - before.start) + 1
            grown = Group(before.start, part.end, None, extra)
            joined.append(grown)
            joined = _collapse(cell, joined)
        elif isinstance(part, Segment) and isinstance(last, Group) and _is_unknown(last):
            same_line = cell.tokens[part.start].kind in CLOSE
            goes_on = part.role is None or _goes_on(cell, part)
            if (same_line and goes_on) or (part.role and _names_a_body(cell, last, part)):
                joined[-1] = last._replace(end=part.end, extra=last.extra + part.end - part.start)
            else:
                joined.append(part)
        else:
            joined.append(part)
    return [_without_fillers(cell, p) if isinstance(p, Group) else p for p in joined]


def _names_a_body(cell: TokenizedText, last: Group, piece: Segment) -> bool:
    """Return whether a word of role is the name of a body: "Tổ" alone is none, "Tổ Giám sát" is,
    and so is "Tổ Kiểm tra, giám sát"."""
    head = end_of_head(cell.tokens, last.start)
    token = cell.tokens[piece.start]
    if head == last.end:
        return token.kind in CLOSE and token.capital and cell.tokens[last.start].capital
    name = tuple(token.bare for token in cell.tokens[head : last.end])
    return token.kind == "comma" and not token.capital and name in load_words().roles


def _collapse(cell: TokenizedText, parts: list[Group | Segment]) -> list[Group | Segment]:
    if len(parts) > 1:
        before, last = parts[-2], parts[-1]
        if isinstance(before, Group) and _is_unknown(before) and _continues(cell, before, last):
            grown = Group(before.start, last.end, None, before.extra + last.end - last.start)
            return [*parts[:-2], grown]
    return parts


def _is_unknown(group: Group) -> bool:
    return group.name is None and group.left is None


def _goes_on(cell: TokenizedText, piece: Segment) -> bool:
    return piece.end < len(cell.tokens) and cell.tokens[piece.end].kind in CLOSE


def _continues(cell: TokenizedText, before: Group | Segment, part: Group | Segment) -> bool:
    """Return whether unknown words go on from what stands before them."""
    token = cell.tokens[part.start]
    if isinstance(before, Group):
        if not _is_unknown(before):
            return False
        own = starts_body(cell, part.start)
        # "Trung tâm Bảo tồn, phát huy di sản": a comma inside the name of a body.
        kinds = ("line", "and", "comma") if starts_body(cell, before.start) else ("line", "and")
        return token.kind in CLOSE or (token.kind in kinds and not own)
    return token.kind in CLOSE and before.role is not None and before.role[1] != "before"


def _without_fillers(cell: TokenizedText, group: Group) -> Group:
    """Leave out an "và" at the end of unknown words: it leads on to the next name."""
    end = group.end
    while group.name is None and end > group.start + 1 and _is_filler(cell, end - 1):
        end -= 1
    return group._replace(end=end)


def _is_filler(cell: TokenizedText, at: int) -> bool:
    key = cell.tokens[at].key
    return key in AND or (key,) in load_words().fillers


def _attached(cell: TokenizedText, parts: list[Group | Segment]) -> list[Group | Segment]:
    """Put unknown words to the name that they stand against; a name with them is in doubt."""
    result: list[Group | Segment] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if (
            isinstance(part, Segment)
            or part.left
            or (part.name is not None and not is_weak(cell, part))
        ):
            result.append(part)
            at += 1
            continue
        before = _name_before(result)
        after = parts[at + 1] if at + 1 < len(parts) else None
        link: Link = _link(cell, before, part) if before is not None else "apart"
        if before is not None and link == "joined":
            while result[-1] is not before:
                result.pop()
            extra = part.extra or part.end - part.start
            result[-1] = before._replace(end=part.end, extra=before.extra + extra)
        elif before is not None and link == "rest":
            where = next(n for n, p in enumerate(result) if p is before)
            result[where] = doubted(before._replace(end=part.end), "extra_words")
        elif before is not None and link == "doubt":
            where = next(n for n, p in enumerate(result) if p is before)
            result[where] = doubted(before, "followed_by_unknown")
            result.append(part)
        else:
            result.append(part)
        if part.name is None and isinstance(after, Group) and after.name is not None:
            kind = cell.tokens[after.start].kind
            if kind in CLOSE and result[-1] is part:
                result[-1] = after._replace(start=part.start, extra=after.extra + part.extra)
                at += 1
        at += 1
    return result


def _name_before(parts: list[Group | Segment]) -> Group | None:
    """Return the name that the next words may belong to: the last part, fillers left out."""
    for part in reversed(parts):
        if isinstance(part, Group):
            return part if part.name is not None else None
        if part.kind != "filler":
            return None
    return None


def _link(cell: TokenizedText, before: Group, part: Group) -> Link:
    """Return how unknown words stand to the name before them."""
    token = cell.tokens[part.start]
    between = cell.tokens[before.end : part.start]
    kind = between[0].kind if between and between[0].kind in ("hard", "comma") else token.kind
    own_body = starts_body(cell, part.start)
    if not own_body and not between and _is_its_rest(cell, before, part):
        return "rest"
    if kind == "hard" and not is_full_stop(cell, between[0].start if between else token.start):
        return "apart"
    if kind in ("hard", "comma", "colon"):  # a full stop may be a comma, misread
        return "apart" if own_body else "doubt"
    if between or kind == "and":
        return "apart" if own_body else "joined"
    if kind == "line" and token.capital:
        return "apart" if own_body else "doubt"
    return "doubt" if own_body and kind != "line" else "joined"


def _is_its_rest(cell: TokenizedText, before: Group, part: Group) -> bool:
    """Return whether what stands behind a name is its end, that dirt cut off or OCR misread.

    A level behind a full stop ("Công an.⏎huyện"), a tail ("Các đơn vị⏎Hên quan"), or the last
    word, alone on its line, of a name that lacks it ("các cơ quan, đơn⏎Ni").
    """
    tokens = cell.tokens[part.start : part.end]
    first = tokens[0]
    if part.name is not None or before.name is None:
        return False
    if first.kind == "hard" and not is_full_stop(cell, first.start):
        return False
    if _is_tail("".join(token.bare for token in tokens)):
        return True
    ends = part.end == len(cell.tokens) or cell.tokens[part.end].kind not in (*CLOSE, "line")
    if len(tokens) > 1 or not (ends or cell.tokens[part.end].key in AND):
        return False
    if first.kind in ("hard", "colon"):
        level = (first.bare,) in load_words().levels and not first.capital
        return level and before.name.entry.kind != "collective"
    return first.kind == "line" and before.name.part and len(first.key) <= _LONGEST_LAST


@lru_cache(maxsize=4096)
def _is_tail(run: str) -> bool:
    """Return whether a run of letters is a tail, but for one, or for an h that was read for li."""
    runs = (run, f"li{run[1:]}") if run.startswith("h") else (run,)
    tails = ("".join(tail) for tail in load_words().tails)
    return any(
        Levenshtein.distance(one, tail, score_cutoff=1) <= 1
        for tail in tails
        if len(tail) >= _LEAST_TAIL
        for one in runs
    )


def is_weak(cell: TokenizedText, group: Group) -> bool:
    """Return whether a name may as well be the rest of the one before it."""
    if group.name is None or starts_body(cell, group.start):
        return False
    level = cell.tokens[group.start].bare in load_words().begin_level
    of_people = group.name.entry.kind in ("collective", "person")
    if of_people and not level and len(group.name.words) > 2:
        return group.name.guessed  # "đại biểu HĐND xã": written small, and yet no part of a name
    return group.name.guessed or not apart(cell, group.start)


def apart(cell: TokenizedText, at: int) -> bool:
    """Return whether a mark, an "và" or a line's end parts the token from what is before."""
    if at == 0 or cell.tokens[at].kind not in CLOSE:
        return True
    return cell.tokens[at - 1].key in AND


def is_full_stop(cell: TokenizedText, at: int) -> bool:
    """Return whether what parts the text at that place from what is before is no semicolon."""
    before = max((t.end for t in cell.tokens if t.end <= at), default=0)
    return ";" not in cell.text[before:at]


def starts_body(cell: TokenizedText, at: int) -> bool:
    """Return whether a name of a body of its own begins here, by its first word and its capital."""
    token = cell.tokens[at]
    return begins_body(cell.tokens, at) and (token.capital or token.key == "các")


def doubted(group: Group, doubt: str) -> Group:
    """Return the reference with one more reason why somebody should look at it."""
    return group._replace(doubts=(*group.doubts, doubt))
