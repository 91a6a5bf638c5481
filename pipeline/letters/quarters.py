"""Numerals of quarters ("Quý III/2026"): how wide they are tells how many strokes they have.

An OCR that loses a stroke of "III" is as sure as of any letter, and what is left is a quarter, too.
The word "quý" before gives the size of the letters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline.knowledge import load_yaml
from pipeline.language.text import toneless
from pipeline.letters import WEIGHTS
from schemas.page import Reread, Word

_QUARTERS = ("I", "II", "III", "IV")
_AS_PRINTED = (*_QUARTERS, "1", "2", "3", "4")
_QUARTER = re.compile(r"[(\"“–-]?([Qq]u[yýỳỷỹỵ]|QU[YÝ]|[Qq]úy)")
# A numeral however it was read, and a year; the stroke between may have been read as a letter.
_NUMERAL = re.compile(
    r"(?P<open>[\"“(]?)(?P<numeral>[\[\]!|IÍÏĨỊHJLMNTUViíịlhmnuv1-4]{1,4}?)"
    r"(?P<year>[/|!IlJLU1]?(?:19|20)\d\d)?(?P<end>[.,;:)]*)"
)
_BETWEEN = re.compile(r"[IV]+,?|và|đến|[-–]")  # "Quý II, III/2026"
_FARTHEST = 3  # words before
_TOLERANCE = 0.11  # of the size of the letters; a stroke more takes 0.25 to 0.33
_WHITE = 0.05  # at both ends of a word, which its box does not hold
_LOG_ODDS = 2.0  # shown as a doubt all the same


def quarter_of(words: Sequence[Word], at: int) -> Reread | None:
    """Return how the numeral of a quarter is to be read, None where as it stands.

    It is mended where it is as wide as one quarter alone, and was not read as what is so wide.
    """
    before, earlier = _quarter_before(words, at)
    found = _NUMERAL.fullmatch(words[at].text)
    if before is None or found is None or words[at - 1].text in _QUARTERS:
        return None
    year = f"/{found['year'][-4:]}" if found["year"] else ""
    fitting = set(_fitting(words[at], before, found["end"], year))
    if found["numeral"] in fitting:
        return None
    # A V is hardly ever lost, and never made of strokes.
    four = "v" in found["numeral"].lower()
    later = _QUARTERS[_QUARTERS.index(earlier) + 1 :] if earlier else _QUARTERS
    likely = [n for n in later if n in fitting and (n == "IV") == four]
    if len(likely) != 1:
        return None
    text = f"{found['open']}{likely[0]}{year}{found['end']}"
    return Reread(text, words[at].text, _LOG_ODDS, mended=True)


def _quarter_before(words: Sequence[Word], at: int) -> tuple[Word | None, str]:
    """The word "quý" that a numeral belongs to, and the numeral before it in a list, if any."""
    earlier = ""
    for word in reversed(words[max(at - _FARTHEST, 0) : at]):
        if _QUARTER.fullmatch(word.text):
            return word, earlier
        if not _BETWEEN.fullmatch(word.text):
            break
        numeral = word.text.removesuffix(",")
        earlier = earlier or (numeral if numeral in _QUARTERS else "")
    return None, ""


def _fitting(word: Word, before: Word, end: str, year: str) -> Iterator[str]:
    """The numerals that are as wide as the word, in one of the fonts that offices use."""
    for widths in _fonts().values():
        size = before.box.width / (_width(before.text, widths) - _WHITE)
        for numeral in _AS_PRINTED:
            wide = _width(f"{numeral}{year}{end}", widths) - _WHITE
            if abs(word.box.width / size - wide) <= _TOLERANCE:
                yield numeral


def _width(text: str, widths: Mapping[str, float]) -> float:
    return sum(widths["0" if char.isdigit() else toneless(char)] for char in text)


@cache
def _fonts() -> dict[str, dict[str, float]]:
    """Widths of characters by font, as shares of the size of the letters."""
    return dict(load_yaml(WEIGHTS)["widths"])
