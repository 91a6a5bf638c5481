"""Which of the agencies of one name is meant: by its level, the issuer, the date."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from pipeline.agencies.match.places import Scope
from pipeline.agencies.match.spellings import RANK_OF_METHOD, Spelling
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.words import load_words
from pipeline.language.text import bare, fold
from pipeline.places.gazetteer import is_province_city
from pipeline.places.kinds import LAST_DAY_OF_DISTRICTS, kind_of
from schemas.plan import AgencyLevel


class IssuerContext(Struct, frozen=True):
    """Who issued the plan, and when: what is left unsaid in a cell is taken from it.

    `unit` is the issuer's place with its kind ("huyện Chi Lăng"), `province` has none ("Lạng
    Sơn"). Whatever is unknown is None.
    """

    level: AgencyLevel | None = None
    unit: str | None = None
    province: str | None = None
    issued: date | None = None


class Choice(NamedTuple):
    """The agency that was chosen, how it was spelled, and who came second.

    `doubts` are reasons why a person should look at it: ambiguous, level_mismatch.
    """

    spelling: Spelling
    runner_up: Entry | None
    doubts: tuple[str, ...]


def choose(options: Sequence[Spelling], place: Scope, context: IssuerContext) -> Choice:
    """Return which of the agencies that are spelled so is meant. `options` must not be empty."""
    wanted = _levels(place, context)
    ranked = _ranked(options, wanted, place, context) if len(options) > 1 else options
    best = _living(ranked, context)
    rest = [s for s in ranked if s.entry.id != best.entry.id]
    doubts = []
    at_level = _level_rank(best.entry, wanted, context, said=True) != _NOT_AT_ALL
    if place.level not in (None, "all") and not at_level:
        doubts.append("level_mismatch")
    if best.method != "exact" and _not_yet(best.entry, context):
        doubts.append("ambiguous")  # a short form of something that there was not
    if not rest:
        return Choice(best, None, tuple(doubts))
    if not place.level and _says_too_little(best, rest):
        doubts.append("level_not_said")
    rival = next((s for s in rest if _close(best, s, wanted, place, context)), None)
    if "ambiguous" not in doubts and (rival or _may_be_another(best, rest, place, context)):
        doubts.append("ambiguous")
    return Choice(best, (rival or rest[0]).entry, tuple(doubts))


def _may_be_another(
    best: Spelling, rest: Sequence[Spelling], place: Scope, context: IssuerContext
) -> bool:
    """Return whether the day, or that it is unknown, leaves open which of the bodies is meant."""
    undated = context.issued is None and not place.level and best.entry.valid_to is not None
    of_centre = undated and any(_is_central(s.entry, context) for s in rest)
    early = _too_early(best.entry, rest, place, context)
    return of_centre or early or _lost_its_level(best, rest, place, context)


_NOT_AT_ALL = 2


def _ranked(
    options: Sequence[Spelling],
    wanted: frozenset[AgencyLevel],
    place: Scope,
    context: IssuerContext,
) -> list[Spelling]:
    """Return the agencies, first those of the level that is meant, among them those of the day.

    Where no level is said and a central body bears the name that day, one that ended is not meant:
    "Cục Thuế" was a province's until February 2025.
    """
    on = context.issued
    central = not place.level and any(_is_central(s.entry, context) for s in options)
    return sorted(
        options,
        key=lambda s: (
            central and not s.entry.existed(on),
            _level_rank(s.entry, wanted, context, said=bool(place.level)),
            not s.entry.existed(on),
            _not_yet(s.entry, context),
            RANK_OF_METHOD[s.method],
            s.entry.id,
        ),
    )


def _living(ranked: Sequence[Spelling], context: IssuerContext) -> Spelling:
    """Return the first; without a day, of the rows of its body the one that has not ended."""
    first = ranked[0]
    if context.issued is None and first.entry.valid_to is not None:
        rows = (s for s in ranked if _is_one_body(s.entry, first.entry))
        return next((s for s in rows if s.entry.valid_to is None), first)
    return first


def _is_central(entry: Entry, context: IssuerContext) -> bool:
    return entry.level == "central" and entry.existed(context.issued)


def _says_too_little(best: Spelling, rest: Sequence[Spelling]) -> bool:
    """Return whether the name means nothing certain without a level ("UBND", "Chủ tịch UBND").

    In such a case the level may have been lost where a page or a cell ends.
    """
    bodies = load_words().governing_bodies
    generic = best.entry.kind == "person" or best.words[:1] in bodies or best.words[:4] in bodies
    return generic and any(s.entry.level != best.entry.level for s in rest)


def _levels(place: Scope, context: IssuerContext) -> frozenset[AgencyLevel]:
    """Return the levels that fit: as said, else the issuer's; empty where nothing is known."""
    own: frozenset[AgencyLevel] = frozenset({context.level} if context.level else ())
    if place.level == "either" or (not place.level and _is_city(place)):
        return _city_levels(place, context)
    if place.level is None or place.level == "all":
        return own
    return frozenset({place.level})


def _is_city(place: Scope) -> bool:
    return place.unit is not None and kind_of(fold(place.unit)) == "thành phố"


def _city_levels(place: Scope, context: IssuerContext) -> frozenset[AgencyLevel]:
    """Return whether a "thành phố" is a province or a district; both where nothing tells."""
    name = bare(place.unit or "").removeprefix("thanh pho ")
    if name:
        return frozenset({"province" if is_province_city(name, context.issued) else "district"})
    if context.issued and context.issued > LAST_DAY_OF_DISTRICTS:  # the cities left are provinces
        return frozenset({"province"})
    in_city = bare(context.unit or "").startswith("thanh pho ")
    if context.level == "province":
        return frozenset({"province" if in_city and not place.plural else "district"})
    if place.plural or (context.level == "district" and in_city):
        return frozenset({"district"})
    return frozenset({"province", "district"})


def _level_rank(
    entry: Entry, wanted: frozenset[AgencyLevel], context: IssuerContext, *, said: bool
) -> int:
    level = entry.level_on(context.issued)
    if not wanted or level in wanted:
        return 0
    if level is None:  # one that had a level once has none that could be said
        return 1 if not said or entry.level is not None else 0
    return _NOT_AT_ALL


def _close(
    best: Spelling,
    other: Spelling,
    wanted: frozenset[AgencyLevel],
    place: Scope,
    context: IssuerContext,
) -> bool:
    """Return whether nothing known speaks for the best one rather than for the other."""
    said = bool(place.level)
    ranks = [_level_rank(s.entry, wanted, context, said=said) for s in (best, other)]
    if ranks[0] != ranks[1] or _is_one_body(best.entry, other.entry):
        return False
    if _stands_above(best.entry, context) and _are_namesakes(best, other):
        return True  # "Hội Đông y" of a commune, where districts had one and the province has
    if best.entry.existed(context.issued) != other.entry.existed(context.issued):
        return False
    if ranks[0] == _NOT_AT_ALL and best.entry.level != other.entry.level:
        return True
    if best.entry.level == other.entry.level:
        return best.method == other.method or "exact" not in (best.method, other.method)
    return True


def _lost_its_level(
    best: Spelling, rest: Sequence[Spelling], place: Scope, context: IssuerContext
) -> bool:
    """Return whether a name that is not the official one tells too little since its level ended.

    "Bệnh viện" was the district's while there were districts, and may be any since.
    """
    level = best.entry.level
    ended = level is not None and best.entry.level_on(context.issued) is None
    others = any(s.entry.level != level for s in rest)
    return ended and others and best.method != "exact" and not place.level


def _stands_above(entry: Entry, context: IssuerContext) -> bool:
    """Return whether it is a body of a province, and the issuer is below it."""
    return entry.level == "province" and context.level in ("district", "commune")


def _are_namesakes(one: Spelling, other: Spelling) -> bool:
    """Return whether they are bodies of one name at different levels."""
    names = {bare(spelling.entry.name) for spelling in (one, other)}
    return len(names) == 1 and one.entry.level != other.entry.level


def _is_one_body(one: Entry, other: Entry) -> bool:
    """Return whether two rows are one body at different times ("Bảo hiểm xã hội" of a province)."""
    return one.level == other.level and bare(one.name) == bare(other.name)


def _too_early(
    entry: Entry, rest: Sequence[Spelling], place: Scope, context: IssuerContext
) -> bool:
    """Return whether the level that is said leads to an agency that did not exist yet.

    Where one of the same name did at another level, the words behind the name may belong to
    something else ("Văn phòng HĐND và UBND cấp xã" of 2024).
    """
    others = any(s.entry.existed(context.issued) for s in rest)
    return bool(place.level) and others and _not_yet(entry, context)


def _not_yet(entry: Entry, context: IssuerContext) -> bool:
    return bool(context.issued and entry.valid_from and context.issued < entry.valid_from)
