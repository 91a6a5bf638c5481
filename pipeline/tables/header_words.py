"""Column headers: what role a header names, and which rows of a table are its header."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct
from rapidfuzz import fuzz, process

from pipeline.knowledge import load_yaml
from pipeline.language.text import bare, clean, fold, without_specks

Role = Literal[
    "index", "content", "lead", "partners", "lead_and_partners", "timeframe", "deliverable", "none"
]

# A header may carry its column's number or a note sign: "Ghi chú (6)", "Ghi chú (*)".
_TAIL = re.compile(r"\s*(\((\d+|\*+|[a-z])\)|[:.*])+$")
_HEAD = re.compile(r"^\W+")
_NUMBERED = re.compile(r"\(?([A-Z]|\d{1,2})\)?\.?(\s*=[\d\s()+\-x*/:.]+)?")
_STT_MISREAD = re.compile(r"[s58$]?[tilfj1í|!\]]{2}\.?")  # "SIT", "S1T", "TI" for STT and TT
_WHOLE_ONLY = "whole_only"  # a list of phrases, no role
_SLIPS_FORGIVEN = 86  # rapidfuzz ratio, without tones; one letter in eight
_SHORTEST_SLIP = 5  # characters
_LONGEST_HEADER = 12  # words
_KNOWN_SHARE = 0.5  # of the cells of a header are known
_BEGUN = 8  # characters
_NARROW = 5  # characters
_LONG_ROW, _IN_TURN = 4, 0.75  # of so many numbers, this share must count on from the first
_LONGEST_SLIP = 3  # characters
_LONGEST_AMONG_MANY = 5  # characters, where the others count on


class RoleMatch(Struct, frozen=True):
    """What role a header text names, how surely (0..1), and by which phrase."""

    role: Role
    score: float
    phrase: str


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, str, Role], ...]:
    """(folded, bare, role), the longest phrase first."""
    known = load_yaml("headers.yaml")
    rows = [
        (_key(phrase), bare(phrase), role)
        for role, many in known.items()
        if role != _WHOLE_ONLY
        for phrase in many
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _whole_only() -> frozenset[str]:
    """The phrases that a longer header may begin with and mean something else."""
    return frozenset(map(_key, load_yaml("headers.yaml")[_WHOLE_ONLY]))


def stands_alone(phrase: str) -> bool:
    """Whether a known phrase has its role only where it is the whole header."""
    return phrase in _whole_only()


def _key(text: str) -> str:
    plain = _HEAD.sub("", without_specks(fold(text)))
    return _TAIL.sub("", re.sub(r"\s*/\s*", "/", clean(plain)))


@lru_cache(maxsize=4096)
def match_header(text: str) -> RoleMatch | None:
    """Return the role that a header text names, or None where it names none that is known.

    Whole phrases first, then those that it is the beginning of, then those that it begins with,
    then likeness without tones.
    """
    key = _key(text)
    if not key or len(key.split()) > _LONGEST_HEADER:
        return None
    close = key.replace(" ", "") if len(key) <= _NARROW else key  # "ST T": cut by its column
    for phrase, _, role in _phrases():
        if phrase in (key, close):
            return RoleMatch(role, 1.0, phrase)
    if (begun := _begun(key)) is not None:
        return begun
    for phrase, _, role in _phrases():
        if phrase in _whole_only():
            continue
        if key.startswith(phrase) and not key[len(phrase)].isalnum():
            return RoleMatch(role, 0.9, phrase)
    plain = bare(key)
    if _STT_MISREAD.fullmatch(close):
        return RoleMatch("index", 0.7, "stt")
    return _like(plain)


def heads_numbers(text: str) -> bool:
    """Whether a header is, as a whole, what the column of numbers is called: no row of a body is
    called "STT"."""
    match = match_header(text)
    return match is not None and match.role == "index" and match.score == 1.0


def _begun(key: str) -> RoleMatch | None:
    """The one role of the phrases that begin so: of "Đơn vị phối / hợp" a scan may lose a line."""
    if len(key) < _BEGUN or not key[-1].isalnum():  # a comma may be dust
        return None
    whole = [(phrase, role) for phrase, _, role in _phrases() if phrase.startswith(f"{key} ")]
    if len({role for _, role in whole}) != 1:
        return None
    return RoleMatch(whole[0][1], 0.8, whole[0][0])


def _like(plain: str) -> RoleMatch | None:
    """The role of the phrase that a header without tones is most like."""
    # Of short words too many are alike: "tt" and "mã" must be read exactly.
    if len(plain) < _SHORTEST_SLIP:
        return None
    spaced, joined = _bare_phrases()
    found = [
        process.extractOne(plain, spaced, scorer=fuzz.ratio, score_cutoff=_SLIPS_FORGIVEN),
        # A narrow column or a poor scan loses spaces.
        process.extractOne(
            plain.replace(" ", ""), joined, scorer=fuzz.ratio, score_cutoff=_SLIPS_FORGIVEN
        ),
    ]
    best = max((f for f in found if f is not None), key=lambda f: f[1], default=None)
    if best is None:
        return None
    phrase, _, role = _phrases()[best[2]]
    return RoleMatch(role, round(best[1] / 100 * 0.9, 3), phrase)


@lru_cache(maxsize=1)
def _bare_phrases() -> tuple[list[str], list[str]]:
    """The phrases without tones, and without spaces as well, in their order."""
    spaced = [row[1] for row in _phrases()]
    return spaced, [phrase.replace(" ", "") for phrase in spaced]


def is_number_row(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2 3=1+2.

    OCR may lose some of them ("Œ)", "@®$)"): all must be short, half must be read, and they must
    rise or, in a long row, nearly all count on from cell to cell.
    """
    filled = [t.strip() for t in texts if t.strip()]
    if len(filled) < max(3, 0.6 * len(texts)):
        return False
    matches = [_NUMBERED.fullmatch(t) for t in filled]
    labels = [m[1] for m in matches if m]
    if len(labels) < max(2, len(filled) / 2):
        return False
    slips = [t for t, m in zip(filled, matches, strict=True) if not m]
    numbers = [(i, int(m[1])) for i, m in enumerate(matches) if m and m[1].isdigit()]
    in_turn = max(Counter(number - i for i, number in numbers).values(), default=0)
    mostly = in_turn >= max(_LONG_ROW, _IN_TURN * len(numbers))
    counts_on = in_turn >= max(_LONG_ROW, _IN_TURN * (len(numbers) + len(slips)))
    longest = _LONGEST_AMONG_MANY if counts_on else _LONGEST_SLIP
    if any(len(t) > longest for t in slips):
        return False
    read = [number for _, number in numbers]
    rising = read == sorted(set(read)) and len(set(labels)) == len(labels)
    return rising or mostly


def header_likeness(texts: Sequence[str]) -> float:
    """Return the share of a row's filled cells that are known headers, 0..1."""
    filled = [t for t in texts if t.strip()]
    if not filled:
        return 0.0
    return sum(match_header(t) is not None for t in filled) / len(filled)


def is_header(texts: Sequence[str]) -> bool:
    """Whether at least half of a row's filled cells are known headers."""
    return header_likeness(texts) >= _KNOWN_SHARE


def row_likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how alike two rows are cell by cell, without tones, 0..1, weighed by length."""
    pairs = [(bare(x), bare(y)) for x, y in zip(a, b, strict=True) if x.strip() or y.strip()]
    weight = sum(max(len(x), len(y)) for x, y in pairs)
    if not weight:
        return 0.0
    return sum(fuzz.ratio(x, y) / 100 * max(len(x), len(y)) for x, y in pairs) / weight
