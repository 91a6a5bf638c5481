"""How likely a word of a scan is wrong after its letters were mended.

The figures were counted on 280 simulated scans (seeds 23 and 24 of the benchmark's corpus, 1,076
pages), whose truth is known: on other scans they are less near, and no finer than what was counted.
"""

import re
from math import exp

from msgspec.structs import replace

from pipeline.letters.support import Support
from pipeline.plausibility import is_plausible
from schemas.page import Reread, Word

# By the confidence (0..1) of the letter or digit that was read least surely: share of wrong words
# from that confidence up. A syllable that is usual beside its neighbours is right however it was
# read, for what else it may be would have been found.
_Steps = tuple[tuple[float, float], ...]
_WORDS: dict[Support, _Steps] = {
    "seen": ((0.993, 0.00003), (0.0, 0.0005)),
    "unseen": ((0.995, 0.0005), (0.985, 0.002), (0.97, 0.02), (0.0, 0.12)),
    "alone": ((0.993, 0.0003), (0.0, 0.004)),
    "none": ((0.993, 0.0003), (0.985, 0.01), (0.97, 0.1), (0.95, 0.2), (0.0, 0.35)),
}
_NUMBERS: _Steps = ((0.993, 0.0002), (0.985, 0.006), (0.97, 0.05), (0.95, 0.1), (0.0, 0.45))
_NUMBERS_OF_DOCUMENTS: _Steps = ((0.97, 0.003), (0.95, 0.04), (0.0, 0.12))
# What log-odds of second readings turned out to be: a factor and what is added, of a word that was
# mended and of one that stayed.
_MENDED: dict[Support, tuple[float, float]] = {"seen": (0.5, 1.8), "unseen": (0.5, -2.0)}
_STAYED: dict[Support, tuple[float, float]] = {"seen": (1.0, 0.4), "unseen": (1.0, -0.5)}
_LEAST = 0.1  # log-odds of a change: what was read is no likelier than what was made of it
_IMPLAUSIBLE = 0.8
_DIRT = 0.3  # a sign by itself that no document has: a bullet that was misread, or a speck
_CODE = re.compile(r"[^\W\d_a-z]{2}")  # of letters, in a document's number
_JUNK = re.compile(r"[¬ˆ`^¨»«°]+")


def believed(reread: Reread, support: Support) -> Reread:
    """Return a second reading with the log-odds that such ones turned out to have.

    Beside a syllable with which neither reading was ever seen the language tells little.
    """
    factor, more = (_MENDED if reread.mended else _STAYED).get(support, (1.0, 0.0))
    log_odds = factor * reread.log_odds + more
    if reread.mended:
        log_odds = max(log_odds, _LEAST)
    return replace(reread, log_odds=round(log_odds, 2))


def risk(word: Word, text: str, reread: Reread | None, support: Support) -> float:
    """Return the probability that a word, now `text`, is not what is printed, 0..1."""
    if not any(char.isalnum() for char in text):
        return _DIRT if _JUNK.fullmatch(text) else 0.0
    if not is_plausible(text):
        return _IMPLAUSIBLE
    if reread is not None:
        return 1 / (1 + exp(min(reread.log_odds, 50.0)))
    least = min((s.confidence for s in word.symbols if s.text.isalnum()), default=word.confidence)
    return next(share for confidence, share in _steps(text, support) if least >= confidence)


def _steps(text: str, support: Support) -> _Steps:
    if not any(char.isdigit() for char in text):
        return _WORDS[support]
    return _NUMBERS_OF_DOCUMENTS if _CODE.search(text) else _NUMBERS
