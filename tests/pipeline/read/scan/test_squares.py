"""Square and cubic metres by the ink behind the m, drawn as print has it."""

import numpy as np
import pytest

from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.squares import with_squares
from schemas.geometry import Box
from schemas.page import Symbol

FOOT = 40  # of the m; 16 pixels high


def drawn(digit, *, foot=FOOT - 9, height=14):
    """An m, and behind it a digit of 9 pixels' width that ends at `foot`."""
    image = np.full((60, 60), 255, np.uint8)
    image[FOOT - 16 : FOOT - 13, 10:34] = 0
    for x in (10, 20, 30):
        image[FOOT - 16 : FOOT, x : x + 3] = 0
    top = foot - height
    image[top : top + 3, 37:46] = 0
    image[top + 3 : top + 7, 43:46] = 0
    image[top + 7 : foot - 2, 37:40] = 0 if digit == "2" else 255
    image[top + 5 : foot - 2, 43:46] = 255 if digit == "2" else 0
    image[top + 5 : top + 8, 37:46] = 0
    image[foot - 3 : foot, 37:46] = 0
    return image


def told(read, image, before="30", sure=0.9):
    symbols = tuple(Symbol(char, sure) for char in read)
    words = [OcrWord(before, Box(0, 20, 8, 42), 0.9)]
    words.append(OcrWord(read, Box(9, 15, 50, 45), 0.8, symbols))
    return with_squares(words, image)[-1]


@pytest.mark.parametrize("read", ["m2,", "m°,", "m”", "m", "m,"])
@pytest.mark.parametrize(("digit", "raised"), [("2", "²"), ("3", "³")])
def test_a_raised_digit_is_told_by_its_ink(read, digit, raised):
    word = told(read.replace("2", digit), drawn(digit))
    assert word.text == f"m{raised}{',' if ',' in read else ''}"
    assert "".join(symbol.text for symbol in word.symbols) == word.text


def test_what_was_read_of_a_raised_digit_counts_more_than_its_ink():
    assert told("m3,", drawn("2")).text == "m³,"


@pytest.mark.parametrize(
    ("read", "image"),
    [
        ("m2", drawn("2", foot=FOOT)),  # typed on the line
        ("m”", drawn("2", height=7)),  # a mark, too low for a digit
        ("m", drawn("2")[:, :36]),
        ("mở", drawn("2")),
    ],
)
def test_other_words_stay(read, image):
    assert told(read, image).text == read


def test_only_behind_a_number():
    assert told("m°", drawn("2"), before="chiều").text == "m°"
