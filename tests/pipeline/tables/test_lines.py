"""Words into printed lines."""

import pytest

from pipeline.tables.lines import COLUMN_GAP, group_lines
from schemas.geometry import Box
from schemas.page import Word


def word(text, x0, top, *, height=12.0, width=20.0, **more):
    return Word(text, Box(x0, top, x0 + width, top + height), **more)


def texts(*words, gap=None):
    return [line.text for line in group_lines(words, 1, gap=gap)]


def test_no_words_make_no_lines():
    assert texts() == []


def test_top_to_bottom_and_left_to_right():
    words = [word("d", 30, 20), word("b", 30, 0), word("c", 0, 20), word("a", 0, 0)]
    assert texts(*words) == ["a b", "c d"]


@pytest.mark.parametrize(("off", "one"), [(0.0, True), (6.5, True), (-6.5, True), (6.7, False)])
def test_middles_within_55_hundredths_of_the_height_stand_on_one_line(off, one):
    assert len(texts(word("a", 0, 20), word("b", 30, 20 + off))) == (1 if one else 2)


def test_the_higher_of_two_words_tells_the_distance():
    # Middles 6 and 12 points: 6 is less than 0.55 of 14, more than of 8.
    assert texts(word("a", 0, 0, height=12), word("b", 30, 5, height=14)) == ["a b"]
    assert len(texts(word("a", 0, 2, height=8), word("b", 30, 8, height=8))) == 2


def test_the_usual_height_of_a_line_is_its_median():
    # A stroke 40 high among words of 8: the next word, 6 below the mean, stands on another line.
    line = [word(str(i), 10 * i, 0, height=8) for i in range(2)]
    assert texts(*line, word("x", 60, 6.1, height=8)) == ["0 1", "x"]
    mixed = [word("a", 0, 0, height=8), word("b", 10, -4, height=16)]
    assert texts(*mixed, word("x", 60, 6, height=8)) == ["a b x"]  # (8 + 16) / 2 * 0.55 = 6.6
    three = [word("a", 0, 0, height=8), word("b", 9, 0, height=8), word("c", 18, -16, height=40)]
    assert texts(*three, word("x", 60, 6, height=8)) == ["a b c", "x"]


def test_a_slowly_rising_line_is_measured_at_its_mean():
    words = [word(str(i), 20 * i, 2.5 * i) for i in range(5)]
    assert texts(*words) == ["0 1 2 3 4"]


@pytest.mark.parametrize(("apart", "lines"), [(35.0, 1), (36.0, 1), (37.0, 2)])
def test_a_gap_of_three_heights_parts_a_line(apart, lines):
    words = word("trái", 0, 0), word("phải", 20 + apart, 0)
    assert len(texts(*words, gap=COLUMN_GAP)) == lines
    assert len(texts(*words)) == 1


def test_a_line_tells_how_its_words_were_read_by_their_letters():
    words = [
        word("abcd", 0, 0, confidence=0.9, bold=True),
        word("ef", 30, 2, confidence=0.3),
        word("gh", 60, 0, confidence=0.6),
    ]
    (line,) = group_lines(words, 7)
    assert line.page == 7
    assert line.box == Box(0, 0, 80, 14)
    assert line.confidence == pytest.approx((4 * 0.9 + 2 * 0.3 + 2 * 0.6) / 8)
    assert not line.bold  # half of the letters
    (bold,) = group_lines([words[0], words[1]], 1)
    assert bold.bold
