"""Persons and firms: no registry lists them, and they are told for what they are, as printed."""

from collections.abc import Iterator, Sequence

from pipeline.agencies.match.places import begins_body
from pipeline.agencies.match.segments import Segment
from pipeline.agencies.tokens import Token
from pipeline.agencies.words import AND, load_words
from pipeline.places.gazetteer import is_place

_SHORTEST_NAME, _LONGEST_NAME = 2, 5  # words of a person's name
_LONGEST_TITLE = 3
_PARTED = frozenset({"line", "comma", "hard", "colon", "and", "dash"})


def left_as_printed(tokens: Sequence[Token], at: int) -> Iterator[Segment]:
    """Yield the name of a person or a firm that begins at the token."""
    if tokens[at].key not in load_words().begin_unlisted:
        return
    begin = _behind_titles(tokens, at)
    end = _end_of_person(tokens, begin) or _end_of_given_name(tokens, at, begin)
    if end is not None and (begin > at or not is_place(_text(tokens[begin:end]))):
        yield Segment("rest", at, end, left="person")
    if begins_firm(tokens, at):
        yield Segment("rest", at, _end_of_firm(tokens, at), left="unit")


def begins_firm(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the name of a firm begins at the token ("Công ty", "Liên danh")."""
    lengths = (1, 2, 3, 4)
    keys = [tuple(token.key for token in tokens[at : at + n]) for n in lengths]
    return tokens[at].capital and any(key in load_words().companies for key in keys)


def _behind_titles(tokens: Sequence[Token], at: int) -> int:
    """Return where a name may begin behind "Ông", "Bà", "Đ/c", "Đồng chí"."""
    for length in range(_LONGEST_TITLE, 0, -1):
        key = tuple(token.key for token in tokens[at : at + length])
        if len(key) == length and key in load_words().titles:
            return at + length
    return at


def _end_of_person(tokens: Sequence[Token], begin: int) -> int | None:
    """Return the end of a person's name, a surname first, which stands by itself on its line."""
    if begin >= len(tokens) or tokens[begin].key not in load_words().surnames:
        return None
    end = begin
    while end < len(tokens) and tokens[end].capital and not tokens[end].key.isdigit():
        if end > begin and tokens[end].kind != "space":
            break
        end += 1
    alone = end == len(tokens) or tokens[end].kind in _PARTED or tokens[end].key in AND
    short_forms = any(len(token.key) > 1 and _no_word(token) for token in tokens[begin:end])
    long_enough = _SHORTEST_NAME <= end - begin <= _LONGEST_NAME
    if not alone or short_forms or not long_enough or begins_body(tokens, begin):
        return None
    return end


def _end_of_given_name(tokens: Sequence[Token], at: int, begin: int) -> int | None:
    """Return the end of a given name alone, as people are called: "Đ/c Hoa", "Bà Hoa"."""
    title = tuple(token.key for token in tokens[at:begin])
    if title not in load_words().addressed or begin >= len(tokens) or not tokens[begin].capital:
        return None
    end = begin + 1
    alone = end == len(tokens) or tokens[end].kind in _PARTED or tokens[end].key in AND
    place = is_place(_text(tokens[at:end]))  # "Bà Rịa"
    return end if alone and not place and not begins_body(tokens, begin) else None


def _no_word(token: Token) -> bool:
    """Return whether it has no vowel, as short forms have none ("PGD")."""
    return not any(letter in "aeiouy" for letter in token.bare)


def _end_of_firm(tokens: Sequence[Token], at: int) -> int:
    """Return where a firm's name ends: at a strong mark, or where another body is named."""
    for end in range(at + 1, len(tokens)):
        token = tokens[end]
        parted = token.kind in ("line", "comma", "and") or tokens[end - 1].key in AND
        other = parted and token.capital and begins_body(tokens, end)
        if token.kind in ("hard", "colon") or (other and not begins_firm(tokens, end)):
            return end - (tokens[end - 1].key in AND)
    return len(tokens)


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.key for token in tokens)
