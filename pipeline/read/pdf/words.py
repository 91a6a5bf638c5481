"""Characters into words by pdfplumber's rules, for upright text in a third of the time."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from pdfplumber.utils.text import LIGATURES, WordExtractor

from pipeline.read.pdf.chars import SAME_LINE, Char, RawWord


def words_of(chars: Sequence[Char], gap: float) -> list[RawWord]:
    """Return the words that characters make, top to bottom, each line from left to right.

    `gap` is the share of a character's size from which the white after it parts two words. The
    words are those of pdfplumber's `extract_words` with that as `x_tolerance_ratio`, with their
    `chars`; boxes in points.
    """
    words: list[RawWord] = []
    for upright, group in groupby(chars, itemgetter("upright")):
        together = list(group)
        if upright:
            words += map(word_of, _upright_words(together, gap))
        else:
            extractor = WordExtractor(x_tolerance_ratio=gap, y_tolerance=SAME_LINE)
            words += extractor.extract_words(together, return_chars=True)
    return words


def _lines(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters by line: tops that follow one another closely are one."""
    line_of: dict[float, int] = {}
    before = float("-inf")
    count = 0
    for top in sorted({char["top"] for char in chars}):
        count += top > before + SAME_LINE
        line_of[top] = count - 1
        before = top
    lines: list[list[Char]] = [[] for _ in range(count)]
    for char in chars:
        lines[line_of[char["top"]]].append(char)
    for line in lines:
        line.sort(key=itemgetter("x0"))
    return lines


def _upright_words(chars: Sequence[Char], gap: float) -> Iterator[list[Char]]:
    for line in _lines(chars):
        word: list[Char] = []
        x0 = limit = top = 0.0
        for char in line:
            text, left = char["text"], char["x0"]
            if not text or text.isspace():
                if word:
                    yield word
                if not text:
                    yield [char]
                word = []
                continue
            if word and (left < x0 or left > limit or abs(char["top"] - top) > SAME_LINE):
                yield word
                word = []
            word.append(char)
            x0, top = left, char["top"]
            limit = char["x1"] + gap * char["size"]
        if word:
            yield word


def word_of(chars: Sequence[Char]) -> RawWord:
    """Return the word that some characters make."""
    return {
        "text": "".join([LIGATURES.get(char["text"]) or char["text"] for char in chars]),
        "x0": min([char["x0"] for char in chars]),
        "top": min([char["top"] for char in chars]),
        "x1": max([char["x1"] for char in chars]),
        "bottom": max([char["bottom"] for char in chars]),
        "chars": chars,
    }
