"""m² and m³ by where their digit stands: raised it is small, and read as another sign or as none.

Tesseract gives a digit above a comma the height of both ("m2," and "m°,"), so that its boxes do not
tell. The ink does: the digit is a piece of its own behind the m, and ends above the foot of it.
"""

import re
from collections.abc import Sequence

import cv2
import numpy as np
from msgspec.structs import replace

from pipeline.read.ocr.engine import RAISED, OcrWord
from pipeline.read.scan.pixels import Grey
from schemas.page import Symbol

_NUMBER = re.compile(r"[^\w\s]?\d[\d.,]*")
_METRES = re.compile(r"m(?P<sign>[23]|[^\w\s,.;:]|)[,.;:)]*")
_INK = 128
# In heights of the m:
_LEAST_HIGH = 0.55  # a digit; a degree sign and a speck are lower
_LEAST_WIDE = 0.3
_LEAST_RAISED = 0.2
# Beneath its middle the ink of a 2 is at its left, that of a 3 at its right: how far to the right
# the mean of its ink lies there, 0..1. Measured: 2 up to 0.55, 3 from 0.61 on, most above 0.68.
_BENEATH = (0.55, 0.8)
_THREE = 0.62
_CLEAR = 0.06
_SURE, _UNSURE = 0.98, 0.9  # confidence in a digit that was told by its ink

_Bits = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def with_squares(words: Sequence[OcrWord], image: Grey) -> list[OcrWord]:
    """Return the words of a picture, with "m²" or "m³" behind a number where a digit stands high.

    Which digit that is tells what was read; where that was none, its ink does.
    """
    told: list[OcrWord] = []
    for i, word in enumerate(words):
        metres = _METRES.fullmatch(word.text)
        measured = metres and i and _NUMBER.fullmatch(words[i - 1].text)
        digit = _raised_digit(word, image) if measured else None
        told.append(word if digit is None or metres is None else _told(word, metres["sign"], digit))
    return told


def _told(word: OcrWord, sign: str, digit: _Bits) -> OcrWord:
    known = word.symbols and sign in RAISED
    if known:
        raised = Symbol(RAISED[sign], word.symbols[1].confidence)
    else:
        start, end = (round(share * len(digit)) for share in _BENEATH)
        right = (np.nonzero(digit[start:end])[1].mean() + 0.5) / digit.shape[1]
        sure = _SURE if abs(right - _THREE) > _CLEAR else _UNSURE
        raised = Symbol("³" if right > _THREE else "²", sure)
    end = 1 + len(sign)
    return replace(
        word,
        text=f"m{raised.text}{word.text[end:]}",
        symbols=(*word.symbols[:1], raised, *word.symbols[end:]) if word.symbols else (),
    )


def _raised_digit(word: OcrWord, image: Grey) -> _Bits | None:
    """The ink behind an m, if it has a digit's size and ends above the foot of the m; else None."""
    x0, top, x1, bottom = map(round, word.box)
    ink = (image[max(0, top) : bottom, max(0, x0) : x1] < _INK).astype(np.uint8)
    if not ink.size:
        return None
    _, labels, pieces, _ = cv2.connectedComponentsWithStats(ink)
    in_order = sorted(range(1, len(pieces)), key=lambda i: pieces[i][cv2.CC_STAT_LEFT])
    if len(in_order) < 2:
        return None
    _, m_top, _, m_height, _ = pieces[in_order[0]].tolist()
    left, top, width, height, _ = pieces[in_order[1]].tolist()
    ends = (m_top + m_height - top - height) / m_height
    if ends < _LEAST_RAISED or height < _LEAST_HIGH * m_height or width < _LEAST_WIDE * m_height:
        return None
    digit: _Bits = labels[top : top + height, left : left + width] == in_order[1]
    return digit
