"""Numbers of documents ("18/2021/QĐ-TTg") and measures: no sentence tells what stands in them."""

import re
from functools import cache

from msgspec import Struct, convert
from rapidfuzz.distance import Levenshtein

from pipeline.knowledge import load_yaml
from pipeline.letters import WEIGHTS
from schemas.page import Reread, Word

# A code of kind and issuer, whole: "05/CT-" goes on in the next line.
_NUMBER = re.compile(r"\d+[a-z]?/(?:\d{4}/)?([^\W\d_]+(?:[-–][^\W\d_]+)+)(?![-–\w])")
_CUT_NUMBER = re.compile(r"\W*\d+[a-z]?/(?:\d{4}/)?(?:[^\W\d_]+[-–])+")
_SLASH_LOST = re.compile(
    r"(\W*\d+(?:/\d{4})?)[iIlJ|!]?((?P<kind>[^\W\d_]+)[-–](?P<by>[^\W\d_]+)\W*)"
)
_NOUGHT_ONE = re.compile(r"(?<!\d)0[ilI](?![^\W\d_])")
_LETTER_FOR_DIGIT = re.compile(r"\d[iloIO](?![^\W\d_])|(?<![^\W\d_])[loO]\d")
_SQUARE = re.compile(r"(\W*m)([²³])(?!\w)")
_CORE = re.compile(r"[^\W\d_]{4,}")
_SQUARE_LOST = re.compile(r"(\W*m)[°*†‡ˆ¬](\W*)")
_SURE_DIGIT = 0.97
_DIGITS = str.maketrans("ilIoO", "11100")
_SHORT = 2  # letters of a code, of which one tells little
_LOG_ODDS = 2.0  # of what can be nothing else: shown as a doubt all the same


class _Codes(Struct, frozen=True):
    """`kinds` of documents and their `issuers` by their codes, and the only issuer of kinds that
    have one; names of `systems`; other short forms."""

    kinds: frozenset[str]
    issuers: frozenset[str]
    issued_by: dict[str, str]
    systems: frozenset[str]
    acronyms: frozenset[str]


class _Right(Struct, frozen=True):
    """What a number may be, and whether it can be nothing else."""

    text: str
    sure: bool


def number_of(text: str, before: str = "") -> Reread | None:
    """Return how a word that holds a document's number is to be read, None where as it stands.

    A code that nobody issues, one letter from one that somebody does; a slash that was lost; a
    letter for a digit. It is mended where it can be nothing else, and doubted where it can.
    `before` is the word before, which a line's end may have cut off ("18/2021/QĐ-" "TTg").
    """
    head = before if _CUT_NUMBER.fullmatch(before) else ""
    right = _right(head + text)
    if right is None or not right.text.startswith(head):
        return None
    other = right.text[len(head) :]
    if right.sure:
        return Reread(other, text, _LOG_ODDS, mended=True)
    return Reread(text, other, 0.0, mended=False)


def system_of(text: str) -> Reread | None:
    """Return a word as the name of a system ("VNeID") where it is one letter from it, else None."""
    core = _CORE.search(text)
    if core is None or core[0] in _codes().systems:
        return None
    near = _near(core[0], _codes().systems)
    if len(near) != 1:
        return None
    mended = text[: core.start()] + near[0] + text[core.end() :]
    return Reread(mended, text, _LOG_ODDS, mended=True)


def square_of(word: Word) -> Reread | None:
    """Return m² and m³ as two readings of either, where its digit was told unsurely; else None.

    A sign that stands there in its stead ("m°") is the more usual m².
    """
    if lost := _SQUARE_LOST.fullmatch(word.text):
        return Reread(f"{lost[1]}²{lost[2]}", word.text, 1.0, mended=True)
    if not (found := _SQUARE.match(word.text)) or len(word.symbols) <= found.end(1):
        return None
    if word.symbols[found.end(1)].confidence >= _SURE_DIGIT:
        return None
    digit = "³" if found[2] == "²" else "²"
    return Reread(word.text, f"{found[1]}{digit}{word.text[found.end() :]}", 1.0, mended=False)


def known_codes() -> frozenset[str]:
    """Return codes of kinds of documents and of issuers, names of systems and other short forms."""
    codes = _codes()
    return codes.kinds | codes.issuers | codes.systems | codes.acronyms


def _right(text: str) -> _Right | None:
    if found := _NOUGHT_ONE.search(text):
        return _Right(f"{text[: found.start()]}01{text[found.end() :]}", sure=True)
    if found := _LETTER_FOR_DIGIT.search(text):
        digits = found[0].translate(_DIGITS)
        return _Right(text[: found.start()] + digits + text[found.end() :], sure=False)
    slash = _SLASH_LOST.fullmatch(text)
    if slash and slash["kind"] in _codes().kinds and slash["by"] in _codes().issuers:
        return _Right(f"{slash[1]}/{slash[2]}", sure=True)
    number = _NUMBER.search(text)
    return _right_code(text, number) if number else None


def _right_code(text: str, number: re.Match[str]) -> _Right | None:
    """The number with its issuer, the last part of its code, or its kind, the first, put right."""
    code, codes = number[1], _codes()
    last = max(code.rfind("-"), code.rfind("–")) + 1
    first = re.split("[-–]", code)[0]
    parts = [
        (code[last:], number.start(1) + last, codes.issuers),
        (first, number.start(1), codes.kinds),
    ]
    if first in codes.issuers:  # "22/UBND-NV" ends with the office that drafted it
        parts = parts[1:]
    for part, at, known in parts:
        near = [] if part in known else _near(part, known)
        only = [issuer for issuer in near if issuer == codes.issued_by.get(first)]
        if near:
            whole = text[:at] + (only or near)[0] + text[at + len(part) :]
            return _Right(whole, sure=bool(only) or (len(near) == 1 and len(part) > _SHORT))
    return None


def _near(code: str, known: frozenset[str]) -> list[str]:
    """The codes that a letter more, less or another would make of one that is none of them."""
    return sorted(o for o in known if Levenshtein.distance(code, o, score_cutoff=1) <= 1)


@cache
def _codes() -> _Codes:
    return convert(load_yaml(WEIGHTS), _Codes)
