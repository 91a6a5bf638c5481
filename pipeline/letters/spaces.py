"""Words that were read as one: "anninh", "05năm", "trí'người"."""

import re
from collections.abc import Iterator

from pipeline.language.syllables import is_syllable
from pipeline.language.text import fold
from pipeline.letters.counts import NUMBER, Counts
from pipeline.plausibility import is_plausible

_NUMBERED = re.compile(r"(\d+)([^\W\d_]{3,})")  # "30m" and "20kg" are right
_SPECK_BETWEEN = re.compile(r"(\W*)(\w{2,})['’‘`]([^\W\d_]{2,})(\W*)")
_CORE = re.compile(r"[^\W_]+")
_LETTERS = range(3, 15)
_LEAST_PAIRS = 15
_LEAST_SEEN = 50
_SURE, _UNSURE = 4.0, 1.0
_SHORTEST, _LONGEST = 2, 24
_LEAST_BEHIND_NUMBER = 1000


def parted(text: str, counts: Counts) -> str:
    """Return a word that can be none as the two that it is made of, with a space between.

    Both must be syllables that were seen one after the other often, or stand on either side of a
    speck. What bears a Vietnamese mark and can be taken apart into syllables in one way alone
    ("khudâncư") is these. Else it stays as it is.
    """
    if sure := _surely_parted(text, counts):
        return sure
    core = _CORE.search(text)
    if core is None or is_plausible(text):
        return text
    ways = list(_apart(core[0], counts)) if _is_of_small_letters(core[0]) else []
    return f"{text[: core.start()]}{ways[0]}{text[core.end() :]}" if len(ways) == 1 else text


def log_odds_of_parting(text: str, counts: Counts) -> float:
    """Return how surely a word is the two or more that `parted` makes of it, as log-odds.

    What stood between two that are not often seen together may have been more than a space
    ("lần/năm").
    """
    return _SURE if _surely_parted(text, counts) else _UNSURE


def _surely_parted(text: str, counts: Counts) -> str | None:
    if (speck := _SPECK_BETWEEN.fullmatch(text)) and speck[3].islower():  # "trí'người"
        first, second = speck[2], speck[3]
        if is_syllable(second) and (first.isdigit() or is_syllable(first)):
            return f"{speck[1]}{first} {second}{speck[4]}"
    core = _CORE.search(text)
    if core is None or is_plausible(text):
        return None
    at = core.start() + _cut(core[0], counts)
    return f"{text[:at]} {text[at:]}" if at > core.start() else None


def _is_of_small_letters(core: str) -> bool:
    """Whether a word is no name and of no other language: small letters, one with a mark."""
    return core.islower() and core.isalpha() and not core.isascii() and len(core) <= _LONGEST


def _apart(letters: str, counts: Counts) -> Iterator[str]:
    """Yield the ways in which letters can be taken apart into syllables that are usual."""
    if _is_usual(letters, counts):
        yield letters
    for at in range(_SHORTEST, len(letters) - _SHORTEST + 1):
        if _is_usual(letters[:at], counts):
            yield from (f"{letters[:at]} {rest}" for rest in _apart(letters[at:], counts))


def _is_usual(syllable: str, counts: Counts) -> bool:
    known = counts.ids.get(fold(syllable))
    return known is not None and counts.count(known) >= _LEAST_SEEN and is_syllable(syllable)


def _cut(core: str, counts: Counts) -> int:
    """Where letters and digits come apart; 0 where they do not."""
    number = _NUMBERED.fullmatch(core)
    if number:
        behind = _pair("#", number[2], counts)
        return number.start(2) if behind >= _LEAST_BEHIND_NUMBER else 0
    if not core.isalpha() or len(core) not in _LETTERS:
        return 0
    seen = {at: _pair(core[:at], core[at:], counts) for at in range(1, len(core))}
    best = max(seen, key=lambda at: seen[at])
    return best if seen[best] >= _LEAST_PAIRS else 0


def _pair(first: str, second: str, counts: Counts) -> float:
    """How often two syllables were seen one after the other; "#" is a number."""
    if not second.islower() or not is_syllable(second):
        return 0.0
    if first == "#":
        return counts.pair(NUMBER, counts.id_of(fold(second)))
    if not is_syllable(first):
        return 0.0
    return counts.pair(counts.id_of(fold(first)), counts.id_of(fold(second)))
