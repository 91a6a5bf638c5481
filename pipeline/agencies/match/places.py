"""What follows a name and says whose it is: "huyện", "các xã, thị trấn", "tỉnh Lạng Sơn"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.agencies.match.tails import OPEN, ROMAN, end_of_number, end_of_tail, words_at
from pipeline.agencies.tokens import Token, TokenizedText
from pipeline.agencies.words import AND, AgencyWords, load_words
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare, clean, fold
from pipeline.places.gazetteer import KnownPlaces, is_place, names_of_places
from pipeline.places.kinds import HEIGHT_OF_LEVEL, KIND_OF_SHORT, LEVEL_OF_KIND, UnitLevel
from schemas.plan import AgencyLevel

# Costs of reading something as a place, beside 1 for a word that nothing explains.
_READ_LOOSELY = 0.03
_MISREAD = 0.2
_NAMED = 0.15
_NAMED_OVER_LINE = 0.1
_UNLISTED = 0.05
_KNOWN = 0.02
_MOST_WORDS = 4
_MOST_LISTED = 5
_WITHIN = frozenset({"space", "line", "dash"})
_LEAST_MISREAD = 4
_LISTED = frozenset({"space", "line", "comma", "and"})
# The kind of unit by the first word of it, as names hold it: "Thị ủy", "Xã đoàn".
_KIND_INSIDE = {
    kind.split()[0]: kind for kind in LEVEL_OF_KIND if kind not in ("thị trấn", "đặc khu")
}
Said = UnitLevel | Literal["all"]

_HEIGHT: dict[str | None, int] = {None: 9, "all": 0, **HEIGHT_OF_LEVEL}


class _Proper(NamedTuple):
    """A proper name; tokens up to `end`. `known` where the document itself is about that place."""

    end: int
    text: str
    cost: float
    known: bool = False


class Scope(NamedTuple):
    """A place behind a name; tokens up to `end`. `level` is None where none is said.

    `unit` is the place's name ("huyện Văn Lãng"), None where only the level is said. `plural` is
    true for more than one ("các xã"), `kind` is the word for such a place ("xã").
    """

    end: int
    level: Said | None = None
    unit: str | None = None
    plural: bool = False
    kind: str = ""
    cost: float = 0.0
    misread: bool = False

    @property
    def certain(self) -> bool:
        """Return whether it is read well, and its unit, if any is named, exists or existed."""
        if self.misread or self.unit is None:
            return not self.misread
        return is_place(self.unit) or all(map(is_place, self.unit.split(" - ")))


def level_of(unit: str) -> AgencyLevel | None:
    """Return the level of a unit by the word for it; None without one, and for a "thành phố"."""
    parts, levels = tuple(bare(unit).split()), load_words().levels
    level = levels.get(parts[:2]) or levels.get(parts[:1])
    return None if level == "either" else level


def places(
    cell: TokenizedText, at: int, known: KnownPlaces, own: str = "", *, branch: bool = False
) -> Iterator[Scope]:
    """Yield what the tokens from `at` on may say of the name before them; nothing said comes first.

    `own` is the word for a place that the name holds itself ("huyện" of "Huyện ủy"). A `branch`
    is called by its place alone: "Điện lực Đơn Dương".
    """
    tokens = cell.tokens
    yield Scope(at)
    if at < len(tokens) and tokens[at].kind == "dash":  # "Sở Tài chính - Tỉnh Lâm Đồng"
        yield from (s for s in said_places(cell, at, known) if s.unit and s.certain)
    if at >= len(tokens) or tokens[at].kind not in OPEN - {"dash"}:
        return
    number = end_of_number(tokens, at)
    if number > at:
        yield from _with_tails(cell, Scope(number), known)
    tail = end_of_tail(tokens, at)
    if tail > at:
        yield from _with_tails(cell, Scope(at), known)
    yield from said_places(cell, at, known)
    kind = _KIND_INSIDE.get(own, "")
    for name in _names(cell, at, known):
        if name.known and not branch:
            yield Scope(name.end, cost=name.cost)
        elif branch and is_place(name.text):
            yield Scope(name.end, unit=name.text, cost=name.cost)
        elif kind:
            yield Scope(name.end, unit=f"{kind} {name.text}", cost=name.cost)


def said_places(
    cell: TokenizedText, at: int, known: KnownPlaces, *, alone: bool = False
) -> Iterator[Scope]:
    """Yield the places from the token on that say their level; `alone`: behind no name."""
    tokens, words = cell.tokens, load_words()
    if tokens[at].bare not in words.begin_level and not _may_be_level(tokens[at]):
        return
    begin, plural = _plural(tokens, at, words)
    if words_at(tokens, at, 2) in words.all_levels:
        yield from _with_tails(cell, Scope(at + 2, "all", plural=True), known)
        return
    prefixed = words_at(tokens, begin, 1) in words.level_prefixes
    begin += prefixed
    end, level = _level(tokens, begin, words)
    how = _how_read(cell, at, begin, end, alone=alone) if level else None
    if level is None or how is None:
        return
    cost, misread = how
    kind = _text(cell, begin, end).lower()
    # "TT" is a town's only with the town's name behind it, and "Trung tâm" elsewhere.
    town = bare(kind) == "tt"
    kind = KIND_OF_SHORT.get(bare(kind), kind)
    place = Scope(end, level, None, plural or prefixed, kind, cost, misread)
    if not town:
        yield from _with_tails(cell, place, known)
    further = _further_level(tokens, end, level, words)
    if further.end > end:
        several = place._replace(end=further.end, level=further.level, plural=True)
        yield from _with_tails(cell, several, known)
    if not prefixed:
        listed = end < len(tokens) and tokens[end].kind == "colon"  # "UBND xã: Vân An, Liên Sơn"
        place = place._replace(plural=place.plural or listed)
        for name in _names(cell, end, known, after_kind=True, first=OPEN | {"colon"}):
            named = place._replace(end=name.end, unit=f"{kind} {name.text}", cost=cost + name.cost)
            if town and not is_place(name.text):
                continue
            yield from _with_tails(cell, named, known)
            yield from _with_outer(cell, named, known)


def _with_outer(cell: TokenizedText, scope: Scope, known: KnownPlaces) -> Iterator[Scope]:
    """Yield the place with the one that it lies in ("xã Đức Trọng - tỉnh Lâm Đồng")."""
    tokens = cell.tokens
    if scope.end < len(tokens) and tokens[scope.end].kind in ("dash", "space"):
        for outer in said_places(cell, scope.end, known):
            if outer.unit and outer.certain and _HEIGHT[outer.level] > _HEIGHT[scope.level]:
                yield scope._replace(end=outer.end, cost=scope.cost + outer.cost)


def _how_read(
    cell: TokenizedText, at: int, begin: int, end: int, *, alone: bool
) -> tuple[float, bool] | None:
    """Return cost and doubt of taking the tokens as words for a level, None where they are none."""
    first, token = cell.tokens[at], cell.tokens[begin]
    # "Công an / Các xã": over a line's end, with a capital, it may be a name of its own.
    own_line = first.kind == "line" and first.capital and not first.upper and not alone
    if any(t.bare not in _level_syllables() for t in cell.tokens[begin:end]):
        return _MISREAD, True
    toneless = begin > at and first.key == first.bare and not first.key.isdigit()
    if toneless or not _is_written(cell, begin, end):
        # "Quan Sơn" is a place of its own, not a "quận" without its tone.
        return None if token.capital and not token.upper else (_READ_LOOSELY, own_line)
    return 0.0, own_line


def _may_be_level(token: Token) -> bool:
    return token.key.isdigit() or _has_no_sense(token)


def _further_level(
    tokens: Sequence[Token], end: int, level: UnitLevel, words: AgencyWords
) -> Scope:
    """Return the end of a list of words for one level ("các huyện, thị xã, thành phố")."""
    place = Scope(end, level)
    while place.end < len(tokens) and tokens[place.end].kind in _LISTED | {"dash"}:
        begin = place.end + (tokens[place.end].key in AND)
        stop, more = _level(tokens, begin, words)
        if more is None or (tokens[begin].bare == "tt" and not _ends_list(tokens, stop)):
            break
        if not ("either" in (more, place.level) or more == place.level):
            break
        place = Scope(stop, more if place.level == "either" else place.level)
    return place


def _ends_list(tokens: Sequence[Token], at: int) -> bool:
    """Return whether nothing follows straight: "các xã, TT", but not "các xã, TT Y tế"."""
    return at >= len(tokens) or tokens[at].kind in ("comma", "and", "hard", "colon")


def listed_name(cell: TokenizedText, at: int, last: Scope, known: KnownPlaces) -> Iterator[Scope]:
    """Yield further places of a list ("các xã Vân Thủy, Chi Lăng"): a name alone, after a comma."""
    led_on = cell.tokens[at].kind in ("comma", "and") or cell.tokens[at - 1].key in AND
    if last.plural and last.unit and led_on:
        for name in _names(cell, at, known, after_kind=True, first=_LISTED):
            yield last._replace(end=name.end, unit=f"{last.kind} {name.text}", cost=name.cost)


def begins_body(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the words from the token on begin the name of a body ("Phòng", "Các")."""
    return end_of_head(tokens, at) > at


def end_of_head(tokens: Sequence[Token], at: int) -> int:
    """Return where the words end with which the name of a body begins, `at` where none does."""
    words = load_words()
    if tokens[at].bare not in words.begin_head:
        return at
    for length in (1, 2, 3):
        inside = tokens[at : at + length]
        if any(token.kind not in OPEN for token in inside[1:]):
            continue
        if tuple(token.key for token in inside) in words.heads:
            return at + length
        # "Phong", "Phỏnq": tones lost, or no word at all; but "Đối" is not "Đội".
        misread = all(t.key == t.bare or not is_syllable(t.key) for t in inside)
        plain = tuple(token.bare for token in inside)
        if tokens[at].capital and misread and plain in words.bare_heads:
            return at + length
    return at


def _plural(tokens: Sequence[Token], at: int, words: AgencyWords) -> tuple[int, bool]:
    for length in (3, 2, 1):
        if words_at(tokens, at, length) in words.plural:
            return at + length, True
    if at < len(tokens) and tokens[at].key.isdigit():
        return at + 1, True
    return at, False


def _level(tokens: Sequence[Token], at: int, words: AgencyWords) -> tuple[int, UnitLevel | None]:
    at += tokens[at].key.isdigit() if at < len(tokens) else 0
    for length in (2, 1):
        level = words.levels.get(words_at(tokens, at, length))
        if level:
            return at + length, level
    two = words_at(tokens, at, 2)
    if two and any(_has_no_sense(token) for token in tokens[at : at + 2]):
        level = _near_level(two)
        if level:
            return at + 2, level
    one = at < len(tokens) and len(tokens[at].key) >= _LEAST_MISREAD and _has_no_sense(tokens[at])
    return at + 1, _near_level((tokens[at].bare,)) if one else None


def _has_no_sense(token: Token) -> bool:
    """Return whether the token is no Vietnamese word: only then it may be a level misread."""
    return not token.capital and not is_syllable(token.key)


@lru_cache(maxsize=4096)
def _near_level(plain: tuple[str, ...]) -> UnitLevel | None:
    """Return the level that one wrong letter hides ("huvện", "thị frấn")."""
    near = [
        level
        for words, level in load_words().levels.items()
        if len(words) == len(plain)
        and sum(map(len, words)) >= _LEAST_MISREAD
        and sum(map(Levenshtein.distance, words, plain)) <= 1
    ]
    return near[0] if len(near) == 1 else None


@lru_cache(maxsize=1)
def _level_syllables() -> frozenset[str]:
    return frozenset(syllable for word in load_words().levels for syllable in word)


def _is_written(cell: TokenizedText, begin: int, end: int) -> bool:
    """Return whether the words for the level stand there with all their tones."""
    return _text(cell, begin, end).lower() in _written()


@lru_cache(maxsize=1)
def _written() -> frozenset[str]:
    short = (each for each in KIND_OF_SHORT if len(each) > 1)
    return frozenset((*LEVEL_OF_KIND, *short))


def _with_tails(cell: TokenizedText, place: Scope, known: KnownPlaces) -> Iterator[Scope]:
    yield place
    tail = end_of_tail(cell.tokens, place.end)
    if tail > place.end:
        yield place._replace(end=tail)
        for name in _names(cell, tail, known):
            strange = not name.known and not is_place(name.text)
            whole = place.cost + name.cost
            yield place._replace(end=name.end, cost=whole, misread=place.misread or strange)


def _names(
    cell: TokenizedText,
    at: int,
    known: KnownPlaces,
    *,
    after_kind: bool = False,
    first: frozenset[str] = OPEN,
) -> Iterator[_Proper]:
    """Yield the proper names that may begin at the token.

    `first` is what may stand before it, `after_kind` says that the word for a place does.
    """
    tokens = cell.tokens
    if at >= len(tokens) or tokens[at].kind not in first:
        return
    for name, printed in known.names:
        if words_at(tokens, at, len(name)) == name and (after_kind or tokens[at].capital):
            yield _Proper(at + len(name), printed, _KNOWN, known=True)
    listed = _listed_names(cell, at) if after_kind else {}
    for end, text in listed.items():
        yield _Proper(end, text, _named_cost(tokens[at:end]))
    if begins_body(tokens, at):
        return
    numbered = after_kind and (tokens[at].key.isdigit() or bool(ROMAN.fullmatch(tokens[at].key)))
    for end in range(at + 1, min(len(tokens), at + _MOST_WORDS) + 1):
        token = tokens[end - 1]
        if not token.capital or token.key in AND or (end > at + 1 and token.kind not in _WITHIN):
            return
        # Where all is in capitals, they say nothing.
        if not numbered and (token.key.isdigit() or token.upper):
            return
        if end not in listed:
            yield _Proper(end, _text(cell, at, end), _named_cost(tokens[at:end]) + _UNLISTED)
        if numbered:
            return


def _listed_names(cell: TokenizedText, at: int) -> dict[int, str]:
    """Return the names of known units that stand from the token on, by where they end.

    They may hold numbers and small letters ("Móng Cái 3", "Nông trường Việt Trung"), and begin
    like a body ("Hội Xuân"): then only with all their capitals, and on the line.
    """
    tokens = cell.tokens
    like_body = begins_body(tokens, at)
    found = {}
    for end in range(at + 1, min(len(tokens), at + _MOST_LISTED) + 1):
        inside = tokens[at:end]
        if not tokens[at].capital or any(token.kind not in _WITHIN for token in inside[1:]):
            break
        plain = like_body and (
            len(inside) == 1 or tokens[at].kind == "line" or not all(t.capital for t in inside)
        )
        if plain or (like_body and tokens[at].upper):
            continue
        text = _text(cell, at, end)
        if fold(text) in names_of_places():
            found[end] = text
    return found


def _named_cost(tokens: Sequence[Token]) -> float:
    return _NAMED + _NAMED_OVER_LINE * (tokens[-1].kind == "line")


def _text(cell: TokenizedText, begin: int, end: int) -> str:
    text = clean(cell.text[cell.tokens[begin].start : cell.tokens[end - 1].end])
    return text.title() if text.isupper() and len(text) > 2 else text
