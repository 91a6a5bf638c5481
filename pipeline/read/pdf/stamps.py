"""Words that annotations and forms set over blanks, put into their places in the text beneath."""

from collections.abc import Iterable, Sequence

from pipeline.read.pdf.chars import Char, RawWord
from pipeline.read.pdf.words import word_of

_FILLERS = frozenset(" \u00a0._…")  # what a blank to be filled in is made of
_SAME_LINE = 0.6  # of the height of the taller word


def with_stamps(words: Sequence[RawWord], stamped: Sequence[RawWord]) -> list[RawWord]:
    """Return the words of a page with those that were stamped on it.

    A word that a stamp stands in the middle of, as in "Số:......./KH-UBND", is parted there, and
    the dots beneath the stamp are dropped.
    """
    found = list(words)
    for stamp in stamped:
        found = [part for word in found for part in _around(word, stamp)]
    return [*found, *stamped]


def _around(word: RawWord, stamp: RawWord) -> Iterable[RawWord]:
    """What is left of a word on both sides of a stamp."""
    middle = (stamp["x0"] + stamp["x1"]) / 2
    if not word["x0"] < middle < word["x1"] or not _beside(word, stamp):
        return [word]
    left: list[Char] = []
    right: list[Char] = []
    for char in word["chars"]:
        at = (char["x0"] + char["x1"]) / 2
        beneath = stamp["x0"] <= at <= stamp["x1"]
        if not (beneath and char["text"] in _FILLERS):
            (left if at < middle else right).append(char)
    return [word_of(part) for part in (left, right) if part]


def _beside(a: RawWord, b: RawWord) -> bool:
    apart = abs(a["top"] + a["bottom"] - b["top"] - b["bottom"]) / 2
    return bool(apart < _SAME_LINE * max(a["bottom"] - a["top"], b["bottom"] - b["top"]))
