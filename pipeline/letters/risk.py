"""How likely a word of a scan is wrong after its letters were mended.

The figures were counted on 280 simulated scans (seeds 23 and 24 of the benchmark's corpus, 1,076
pages), whose truth is known: on other scans they are less near, and no finer than what was counted.
"""

import re
from math import exp

from pipeline.plausibility import is_plausible
from schemas.page import Reread, Word

# By the confidence (0..1) of the letter or digit that was read least surely: share of wrong words
# from that confidence up.
_WORDS = (
    (0.995, 0.0001),
    (0.993, 0.0006),
    (0.985, 0.007),
    (0.97, 0.015),
    (0.95, 0.04),
    (0.0, 0.07),
)
_NUMBERS = ((0.99, 0.001), (0.97, 0.01), (0.0, 0.13))
_IMPLAUSIBLE = 0.8
_DIRT = 0.3  # a sign by itself that no document has: a bullet that was misread, or a speck
_JUNK = re.compile(r"[¬ˆ`^¨»«°]+")
_MENDED = 0.3  # log-odds by which changes are less sure than they seem


def risk(word: Word, text: str, reread: Reread | None) -> float:
    """Return the probability that a word, now `text`, is not what is printed, 0..1."""
    if not any(char.isalnum() for char in text):
        return _DIRT if _JUNK.fullmatch(text) else 0.0
    if not is_plausible(text):
        return _IMPLAUSIBLE
    if reread is not None:
        log_odds = reread.log_odds - (_MENDED if reread.mended else 0.0)
        return 1 / (1 + exp(min(log_odds, 50.0)))
    least = min((s.confidence for s in word.symbols if s.text.isalnum()), default=word.confidence)
    steps = _NUMBERS if any(char.isdigit() for char in text) else _WORDS
    return next(share for confidence, share in steps if least >= confidence)
