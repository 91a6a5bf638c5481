"""Numbers and codes of documents ("18/2021/QĐ-TTg"): no sentence tells what stands in them."""

import re
from functools import cache

from pipeline.knowledge import load_yaml
from pipeline.letters import WEIGHTS
from schemas.page import Reread

# A code of kind and issuer, whole: "05/CT-" goes on in the next line.
_NUMBER = re.compile(r"\d+[a-z]?/(?:\d{4}/)?([^\W\d_]+(?:[-–][^\W\d_]+)+)(?![-–\w])")
_LETTER_FOR_DIGIT = re.compile(r"\d[iloIO](?![^\W\d_])|(?<![^\W\d_])[loO]\d")
_DIGITS = str.maketrans("ilIoO", "11100")


def doubt_of(text: str) -> Reread | None:
    """Return the other reading of a word that holds a document's number, where one is as likely.

    A code that nobody issues, one letter from one that somebody does; a letter for a digit.
    """
    if found := _LETTER_FOR_DIGIT.search(text):
        digits = found[0].translate(_DIGITS)
        return _doubt(text, text[: found.start()] + digits + text[found.end() :])
    number = _NUMBER.search(text)
    if number is None:
        return None
    start, code = number.start(1), number[1]
    at = max(code.rfind("-"), code.rfind("–")) + 1
    issuer = code[at:]
    if issuer in _issuers():
        return None
    near = sorted(known for known in _issuers() if _one_apart(issuer, known))
    if not near:
        return None
    return _doubt(text, text[: start + at] + near[0] + text[start + len(code) :])


def _doubt(text: str, other: str) -> Reread:
    return Reread(text, other, 0.0, mended=False)


@cache
def _issuers() -> frozenset[str]:
    return frozenset(load_yaml(WEIGHTS)["issuers"])


def _one_apart(a: str, b: str) -> bool:
    """Whether two codes differ in one letter, or one has a letter more."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
