"""What may stand behind a name, or a place, and changes nothing of whom it means."""

import re
from collections.abc import Sequence

from pipeline.agencies.tokens import Token
from pipeline.agencies.words import load_words

OPEN = frozenset({"space", "line", "dash", "none"})
ROMAN = re.compile(r"[ivx]+")
_NUMBER = ("so",)
_LONGEST_TAIL = 9


def words_at(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    """Return the bare words from the token on, () where something parts them or they run out."""
    inside = tokens[at : at + length]
    if len(inside) < length or any(token.kind not in OPEN for token in inside[1:]):
        return ()
    return tuple(token.bare for token in inside)


def end_of_number(tokens: Sequence[Token], at: int) -> int:
    """Return the end of a number that belongs to the name before ("khu vực 1", "số 5")."""
    numbered = load_words().numbered
    said = words_at(tokens, at, 1) == _NUMBER
    if not (said or any(words_at(tokens, at - n, n) in numbered for n in (1, 2) if n <= at)):
        return at
    end = at + said
    if end < len(tokens) and tokens[end].kind in ("space", "none"):
        key = tokens[end].key
        return end + 1 if key.isdigit() or ROMAN.fullmatch(key) else at
    return at


def end_of_tail(tokens: Sequence[Token], at: int) -> int:
    """Return the end of words that change nothing ("có liên quan trên địa bàn huyện")."""
    if at >= len(tokens) or tokens[at].kind not in ("space", "line"):
        return at
    tails = load_words().tails
    if tokens[at].bare not in load_words().begin_tail:
        return at
    for length in range(_LONGEST_TAIL, 0, -1):
        # "… trên địa bàn / Tỉnh đoàn": over a line's end, a capital begins something else.
        inside = tokens[at : at + length]
        if any(token.kind == "line" and token.capital for token in inside):
            continue
        plain = tuple(token.bare for token in inside)
        together = all(token.kind in OPEN or token.kind == "comma" for token in inside[1:])
        if len(plain) == length and plain in tails and together:
            return end_of_tail(tokens, at + length)
    return at
