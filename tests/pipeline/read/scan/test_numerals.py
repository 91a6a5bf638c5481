"""Roman numerals recounted by their strokes, on numerals drawn as print has them."""

import numpy as np
import pytest

from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.numerals import with_numerals
from schemas.geometry import Box

CAPITAL, STROKE, GAP = 22, 3, 8


def drawn(text):
    """Strokes with serifs for I, a leaning line for /, a bent one for other signs."""
    image = np.full((60, 40 + 14 * len(text)), 255, np.uint8)
    x = 20
    for char in text:
        if char == "I":
            image[20 : 20 + CAPITAL, x : x + STROKE] = 0
            for y in (20, 20 + CAPITAL - 2):
                image[y : y + 2, x - 3 : x + STROKE + 3] = 0  # serifs that nearly touch
            x += STROKE + GAP
        else:
            for i in range(CAPITAL):
                lean = i * 7 // CAPITAL if char == "/" else abs(CAPITAL // 2 - i)
                image[20 + i, x + 9 - lean : x + 9 - lean + STROKE] = 0
            x += 14
    return image, Box(17, 20, x - GAP + 3, 20 + CAPITAL)


def told(read, printed, before="Quý"):
    image, box = drawn(printed)
    words = [OcrWord(before, Box(0, 20, 10, 42), 0.9), OcrWord(read, box, 0.8)]
    return with_numerals(words, image)[-1].text


@pytest.mark.parametrize(
    ("read", "printed", "expected"),
    [
        ("H", "II", "II"),
        ("II", "III", "III"),
        ("1/2024", "II/2024", "II/2024"),
        ("IL2026", "II/2026", "II/2026"),
        ("I[I/2023", "III/2023", "III/2023"),
        ("I,", "I", "I,"),
        ("III", "III", "III"),
    ],
)
def test_a_quarter_is_what_its_strokes_say(read, printed, expected):
    assert told(read, printed) == expected


def test_a_heading_is_numbered_by_its_strokes():
    assert told("H.", "II", before="dân.") == "II."


@pytest.mark.parametrize("read", ["IV", "1", "12", "Hội", "H"])
def test_other_words_stay(read):
    assert told(read, "III", before="thứ") == read


def test_a_numeral_whose_strokes_run_together_stays_as_read():
    image, box = drawn("II")
    image[20 : 20 + CAPITAL, 17:40] = 0
    words = [OcrWord("quý", Box(0, 20, 10, 42), 0.9), OcrWord("I", box, 0.8)]
    assert with_numerals(words, image)[-1].text == "I"


def test_an_h_with_its_bar_is_no_numeral():
    image, box = drawn("II")
    image[20 + 10 : 20 + 12, 20 : 20 + STROKE + GAP] = 0  # above half its height
    words = [OcrWord("tại", Box(0, 20, 10, 42), 0.9), OcrWord("H.", box, 0.8)]
    assert with_numerals(words, image)[-1].text == "H."
