"""Roman numerals by their strokes: what OCR reads as "Quý H" or, worse, as another quarter.

Strokes that stand close together run into one another for the OCR, and a quarter that is wrong
looks right. At half their height, between the serifs, upright strokes can be counted.
"""

import re
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.language.text import bare
from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.pixels import Grey

# What OCR makes of I, II and III; V and X are read right, and left alone.
_STROKES = re.compile(r"(?P<head>[IHNLTlhi1|!\[\]ÍÌỊ]{1,4})(?P<rest>\W?[/L]?\s?\d{4}\W*|\W*)")
_HEADING = re.compile(r"(?P<head>[IH|!\[\]]{1,4})(?P<rest>\.)")
_BEFORE = {"quy", "ky"}  # "Quý III", "học kỳ II"
_BETWEEN = {"va", "den", "-", "–"}
_MOST = 3
_INK = 128
_LEVELS = (0.27, 0.5, 0.73)  # of the height of a capital
_BAR = (0.36, 0.64)  # where the bar of an H lies
# In heights of a capital:
_WIDEST_STROKE = 0.28
_OFF_UPRIGHT = 0.07  # a slash leans by 0.2 from the first level to the last
_MARGIN = 0.1


def with_numerals(words: Sequence[OcrWord], image: Grey) -> list[OcrWord]:
    """Return the words of a picture, with Roman numerals made of I as their strokes are counted.

    Looked at are those that name a quarter or half year ("Quý II/2024", "quý I, II") and those
    that number a heading ("III."). Where strokes cannot be told apart, a word stays as it was.
    """
    told: list[OcrWord] = []
    in_list = False
    for i, word in enumerate(words):
        before = bare(words[i - 1].text) if i else ""
        named = before in _BEFORE or (in_list and (before in _BETWEEN or before.endswith(",")))
        match = _STROKES.fullmatch(word.text) if named or in_list else None
        match = match or _HEADING.fullmatch(word.text)
        told.append(_told(word, match, image) if match else word)
        in_list = named or (in_list and bare(word.text) in _BETWEEN)
    return told


def _told(word: OcrWord, match: re.Match[str], image: Grey) -> OcrWord:
    count = _strokes(word, image)
    if not 1 <= count <= _MOST:
        return word
    year = re.search(r"\d{4}", match["rest"])
    tail = re.sub(r"^[^/]*L?\s?(?=\d{4})", "/", match["rest"]) if year else match["rest"]
    return replace(word, text="I" * count + tail.replace("//", "/"))


def _strokes(word: OcrWord, image: Grey) -> int:
    """How many upright strokes a word begins with; 0 where that cannot be told."""
    x0, top, x1, bottom = map(round, word.box)
    margin = round(_MARGIN * (bottom - top))
    part = image[max(0, top) : bottom, max(0, x0 - margin) : x1 + margin] < _INK
    height = part.shape[0]
    runs = [_runs(part[round(level * height)]) for level in _LEVELS]
    bars = part[round(_BAR[0] * height) : round(_BAR[1] * height)]
    count = 0
    for start, end in runs[1]:
        above, below = (_nearest(level, (start + end) / 2) for level in (runs[0], runs[2]))
        leans = above is None or below is None or abs(above - below) > _OFF_UPRIGHT * height
        if leans or end - start > _WIDEST_STROKE * height:
            break
        if any(a <= start < b - _WIDEST_STROKE * height for row in bars for a, b in _runs(row)):
            return 0  # a bar: H, not II
        count += 1
    return count


def _nearest(runs: Sequence[tuple[int, int]], middle: float) -> float | None:
    """The middle of the run that lies nearest to where another level has one."""
    middles = [(a + b) / 2 for a, b in runs]
    return min(middles, key=lambda at: abs(at - middle), default=None)


def _runs(row: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return [(a, b) for a, b in edges.reshape(-1, 2).tolist()]
