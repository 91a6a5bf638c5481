"""Marks by themselves, and marks without their counterpart: dirt, or what was misread as one."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from schemas.page import Reread, Word

_ALONE = re.compile(r"[\"“”'‘’_ˆ`´^¨¬]+")
_QUOTES = re.compile(r"[\"“”]")
_BRACKETS = re.compile(r"[()\[\]]")
_MARKER = re.compile(r"[-–+*•]?\(?\w{1,4}[)\]]")  # "a)", "12)": no bracket is opened before
_DROPPED = 4.0  # log-odds of dirt
_DOUBTED = 0.8
_RISK = 0.3


class Mended(Struct, frozen=True):
    """A word as it is likeliest to be, its second reading, where there is one, and how likely it
    is wrong (0..1)."""

    text: str
    reread: Reread | None = None
    risk: float = 0.0


def with_marks(words: Sequence[Mended], read: Sequence[Word]) -> list[Mended]:
    """Return the words of a passage without marks that stand alone and have no counterpart.

    A quote or bracket at a word that has none is doubted: it is dirt, or another was lost. Words
    of a text layer stay.
    """
    texts = [word.text for word in words]
    if len(texts) == 1:  # a ditto mark fills a cell
        return list(words)
    odd = sum(len(_QUOTES.findall(text)) for text in texts) % 2 == 1
    dirt = [
        i
        for i, text in enumerate(texts)
        if _ALONE.fullmatch(text) and (odd or not _QUOTES.search(text))
    ]
    unpaired = {} if not odd or dirt else dict(_quotes(texts, read))
    unpaired |= dict(_brackets(texts))
    made = list(words)
    for i in [*dirt, *unpaired]:
        if read[i].confidence == 1:
            continue
        if i in unpaired:
            made[i] = _doubted(words[i], unpaired[i])
        else:
            made[i] = Mended("", Reread("", texts[i], _DROPPED, mended=True), risk=0.02)
    return made


def _doubted(word: Mended, other: str) -> Mended:
    doubt = word.reread or Reread(word.text, other, _DOUBTED, mended=False)
    return replace(word, reread=doubt, risk=max(word.risk, _RISK))


def _quotes(texts: Sequence[str], read: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """The word with the quote that was read least surely, and its text without."""
    found = [i for i, text in enumerate(texts) if _QUOTES.search(text)]

    def sure(at: int) -> float:
        quotes = (s.confidence for s in read[at].symbols if _QUOTES.fullmatch(s.text))
        return min(quotes, default=read[at].confidence)

    if found:
        at = min(found, key=sure)
        yield at, _QUOTES.sub("", texts[at])


def _brackets(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Words with a bracket that has no counterpart, and their texts with another or without."""
    opened: list[tuple[int, int]] = []
    for i, text in enumerate(texts):
        for found in _BRACKETS.finditer(text):
            mark, at = found[0], found.start()
            if mark in "([":
                opened.append((i, at))
            elif opened:
                _, place = begun = opened.pop()
                if (texts[begun[0]][place] == "(") != (mark == ")"):  # "(lí]"
                    yield i, f"{text[:at]}){text[at + 1 :]}"
            elif not _MARKER.match(text):
                yield i, text[:at] + text[at + 1 :]
    for i, at in opened:
        yield i, texts[i][:at] + texts[i][at + 1 :]
