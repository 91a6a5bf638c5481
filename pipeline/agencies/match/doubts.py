"""Doubts that arise from what stands beside a name: these names go to review."""

from typing import Literal

from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.grouping import (
    CLOSE,
    Group,
    doubted,
    is_full_stop,
    is_of_body,
    is_weak,
    starts_body,
)
from pipeline.agencies.match.lexicon import lexicon_of
from pipeline.agencies.match.segmentation import segment
from pipeline.agencies.match.segments import Segment
from pipeline.agencies.match.spellings import Spelling
from pipeline.agencies.registry.registry import Registry
from pipeline.agencies.tokens import TokenizedText, tokenize
from pipeline.agencies.words import AND, Phrase, load_words, words_of
from pipeline.language.text import bare
from pipeline.places.kinds import HEIGHT_OF_LEVEL

_HEIGHT: dict[str | None, int] = {None: 0, **HEIGHT_OF_LEVEL, "central": 4}


def after_unknown(cell: TokenizedText, parts: list[Group | Segment]) -> list[Group | Segment]:
    """Put names in doubt that may be the rest of unknown words before them.

    A list's head ("Các phòng:") goes to its first name where that stays unknown, so that nothing
    is dropped.
    """
    result: list[Group | Segment] = []
    for given in parts:
        part = given
        if isinstance(part, Group):
            before = result[-1] if result else None
            if (
                isinstance(before, Segment)
                and before.kind == "head"
                and (part.extra or not part.name)
            ):
                part = part._replace(start=before.start)
            unknown = next((p for p in reversed(result) if isinstance(p, Group)), None)
            if part.name and unknown and _may_be_its_rest(cell, unknown, part):
                part = doubted(part, "preceded_by_unknown")
        result.append(part)
    return result


def _may_be_its_rest(cell: TokenizedText, unknown: Group, group: Group) -> bool:
    guessed = unknown.name is not None and unknown.name.guessed
    unsure = unknown.extra or guessed or "preceded_by_unknown" in unknown.doubts
    if unsure and group.name is not None and group.name.elided:
        return True
    unsure = unsure or is_weak(cell, unknown)
    between = cell.tokens[unknown.end : group.start + 1]
    straight = all(token.kind in (*CLOSE, "line") for token in between)
    return bool(unsure) and (straight or _may_go_on(cell, group))


def _may_go_on(cell: TokenizedText, group: Group) -> bool:
    """Return whether a name behind a comma or "và" may yet belong to unknown words before it."""
    token = cell.tokens[group.start]
    if group.name is None:
        return False
    if token.kind == "hard":  # a full stop before a small letter was a comma
        return is_full_stop(cell, token.start) and not token.capital and token.key != "các"
    if token.key != "các" and not token.capital:
        return True
    led_on = token.kind == "and" or (group.start > 0 and cell.tokens[group.start - 1].key in AND)
    outer = _starts(group.name.words, "outer")
    return led_on and (outer or not starts_body(cell, group.start))


def beside_others(
    cell: TokenizedText, parts: list[Group | Segment], context: IssuerContext, registry: Registry
) -> list[Group | Segment]:
    """Mark names of which it is unclear whose they are, because of the names beside them."""
    result = list(parts)
    named = [n for n, part in enumerate(result) if isinstance(part, Group)]
    for n, at in enumerate(named):
        first = _group(result, at)
        if first.name and _remark_names_another(cell, first, context, registry):
            first = result[at] = doubted(first, "remark_names_agency")
        if n + 1 == len(named):
            break
        following = named[n + 1]
        second = _group(result, following)
        if not (first.name and second.name):
            continue
        if _is_label(cell, first):
            first = result[at] = doubted(first, "may_be_label")
        side_by_side = following == at + 1
        token = cell.tokens[second.start]
        small = not token.capital and token.key != "các"
        if token.kind == "hard" and small and is_full_stop(cell, token.start):
            side_by_side = True  # "Các phòng. ban, ngành"
            result[at] = first = doubted(first, "may_be_one_body")
            result[following] = second = doubted(second, "may_be_one_body")
        if _is_one_list(cell, first, second) or (
            side_by_side and _may_be_inside(cell, first, second)
        ):
            result[at] = doubted(first, "may_be_one_body")
            result[following] = doubted(second, "may_be_one_body")
        elif _may_share_level(first, second) or _is_level(cell, second):
            result[at] = doubted(first, "level_may_be_shared")
    return result


def _group(parts: list[Group | Segment], at: int) -> Group:
    part = parts[at]
    assert isinstance(part, Group)
    return part


def _is_label(cell: TokenizedText, group: Group) -> bool:
    """Return whether a group may only announce the names behind it ("Các cơ quan: Phòng …")."""
    collective = group.name is not None and group.name.entry.kind == "collective"
    return collective and cell.tokens[group.end].kind == "colon"


def _is_one_list(cell: TokenizedText, first: Group, second: Group) -> bool:
    """Return whether two names under one head may be one name that the registry does not know.

    "Phòng Kinh tế và Y tế" may be two offices or one merged of two; so may a list that goes on
    with unknown words.
    """
    if first.name is None or second.name is None or not second.name.elided:
        return False
    if second.name.place.level or second.name.entry.id == first.name.entry.id:
        return False
    if second.extra or "followed_by_unknown" in second.doubts:
        return True
    token = cell.tokens[second.start]
    by_and = token.kind == "and" or cell.tokens[second.start - 1].key in AND
    return token.kind == "line" or (by_and and not first.name.elided)


def _may_be_inside(cell: TokenizedText, first: Group, second: Group) -> bool:
    """Return whether the first may be a part of the second ("Thanh tra Sở Xây dựng")."""
    if first.name is None or second.name is None or first.name.place.level is not None:
        return False
    kind = cell.tokens[second.start].kind
    outer, inner = second.name.choice.spelling, first.name.choice.spelling
    if kind in CLOSE:
        decided = first.name.decided
        return _is_of_party(inner, outer) or _is_part(inner, outer, decided=decided)
    if kind != "line" or _is_bullet(cell, second.start):
        return False
    nested = _starts(inner.words, "nested") and _is_part(inner, outer)
    return nested or is_of_body(first, second)


def _is_of_party(inner: Spelling, outer: Spelling) -> bool:
    """Return whether two names in a row are one body of the party ("Ban Dân tộc Huyện ủy")."""
    if inner.words == _PARTY:  # "Đảng ủy các cơ quan Đảng"
        return True
    said = inner.words[-1] in load_words().party_bodies
    return inner.words[0] == "ban" and outer.words[-1] in load_words().party_bodies and not said


def _is_part(inner: Spelling, outer: Spelling, *, decided: bool = False) -> bool:
    """Return whether such bodies as the inner exist within such as the outer."""
    if inner.words[-1] in load_words().party_bodies and inner.words != _PARTY:
        return False
    governs = _starts(outer.words, "outer")  # "UBND cấp xã" is a collective, and a body
    of_people = outer.entry.kind == "person" or (outer.entry.kind == "collective" and not governs)
    if of_people or not _starts(inner.words, "inner"):
        return False
    if decided:  # "Thanh tra" was decided on, "Thanh tra Sở Xây dựng" was not
        return True
    if inner.entry.level == outer.entry.level:
        return governs or inner.entry.kind == "front"
    return _HEIGHT[outer.entry.level] > _HEIGHT[inner.entry.level] > 0


_PARTY = words_of("Đảng ủy")


def _is_bullet(cell: TokenizedText, at: int) -> bool:
    """Return whether the token begins an item of a list with dashes."""
    between = cell.text[cell.tokens[at - 1].end : cell.tokens[at].start]
    return between.rpartition("\n")[2].strip() != ""


def _starts(words: Phrase, which: Literal["inner", "outer", "nested"]) -> bool:
    known = load_words()
    heads = {
        "inner": known.inner_heads,
        "outer": known.outer_heads,
        "nested": known.nested_heads,
    }[which]
    return any(words[:n] in heads for n in (1, 2, 3, 4))


def _is_level(cell: TokenizedText, group: Group) -> bool:
    """Return whether a name straight behind another may be its level ("Công an các xã, …")."""
    words = group.name.words if group.name else ()
    levels = load_words().of_level
    straight = cell.tokens[group.start].kind in CLOSE
    return straight and all(bare(word) in levels for word in words)


def _may_share_level(first: Group, second: Group) -> bool:
    """Return whether the second's level may be meant of both ("Công an, Ban CHQS cấp xã")."""
    if first.name is None or second.name is None or first.name.place.level is not None:
        return False
    said = second.name.place.level
    if said in (None, "all", "either") or said == first.name.entry.level:
        return False
    one, other = first.name.choice.spelling, second.name.choice.spelling
    if other.entry.level is None:
        return False
    alike = one.entry.kind == other.entry.kind or _starts(one.words, "outer")
    if _starts(other.words, "outer") and not _starts(one.words, "outer"):
        return False  # "Công an, UBND cấp xã": the level is part of the second's name
    return alike and any(s.entry.level == other.entry.level for s in first.name.options)


def _remark_names_another(
    cell: TokenizedText, group: Group, context: IssuerContext, registry: Registry
) -> bool:
    """Return whether brackets behind the name hold the name of another agency."""
    start, end = cell.tokens[group.start].start, cell.tokens[group.end - 1].end
    for first, last in cell.remarks:
        inside = cell.text[first + 1 : last - 1]
        near = start <= first and (first < end or not cell.text[end:first].strip())
        if near and group.name is not None:
            reading = segment(tokenize(inside), lexicon_of(registry), context)
            named = [p.name for p in reading.pieces if p.name and not p.name.unit_alone]
            found = [name for name in named if not name.guessed]
            bodies = {name.entry.id for name in found if name.entry.kind != "collective"}
            if bodies - {group.name.entry.id}:
                return True
    return False
