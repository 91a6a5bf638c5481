"""Words with a line through them are told from words over a line, and from borders."""

import pytest

from pipeline.read.strikes import with_strikes
from schemas.geometry import Box
from schemas.page import Page, Rule, Word

HEIGHT = 12.0
STRIKE, UNDERLINE = 6.5, 10.8  # points below the top of the words


def words(*texts, x=50.0, top=100.0):
    found = []
    for text in texts:
        width = 6.0 * len(text)
        found.append(Word(text, Box(x, top, x + width, top + HEIGHT)))
        x += width + 3
    return tuple(found)


def line(x0, x1, y):
    return Rule(Box(x0, y - 0.3, x1, y + 0.3))


def page(found, *rules, method="text_layer"):
    return with_strikes(Page(1, 600, 800, tuple(found), rules, method))


def read(found):
    return [w.text for w in found.words], [w.text for w in found.struck]


def test_a_line_through_some_words():
    line_of_text = words("Quý", "I/2025", "Quý", "II/2025")
    struck = page(line_of_text, line(50, 107, 100 + STRIKE))
    assert read(struck) == (["Quý", "II/2025"], ["Quý", "I/2025"])
    assert struck.rules == ()


def test_word_by_word_and_letter_run_by_letter_run():
    (one, two) = words("Quý", "I/2025")
    pieces = [line(w.box.x0, w.box.x1, 100 + STRIKE) for w in (one, two)]
    halves = [line(71, 89, 100 + STRIKE), line(89, 107, 100 + STRIKE)]
    assert read(page((one, two), *pieces)) == ([], ["Quý", "I/2025"])
    assert read(page((one, two), *halves)) == (["Quý"], ["I/2025"])


@pytest.mark.parametrize("y", [100 + UNDERLINE, 112.5, 99.0, 100.5])
def test_lines_under_and_over_words_strike_nothing(y):
    found = page(words("Quý", "I/2025"), line(50, 107, y))
    assert read(found) == (["Quý", "I/2025"], [])
    assert len(found.rules) == 1


def test_a_border_that_text_has_run_into_strikes_nothing():
    found = page(words("Quý"), line(40, 200, 100 + STRIKE))
    assert read(found) == (["Quý"], [])


def test_one_line_through_a_row_of_cells():
    row = words("Rà", "soát", "thủ", "tục", "hành", "chính", "công", "khai", "trên", "trang")
    upright = [Rule(Box(x, 90, x + 0.5, 120)) for x in (45, 150, 330)]
    ruler = line(45, 330, 100 + STRIKE)
    assert read(page(row, *upright, ruler))[0] == []
    # Boxes of words that were read by OCR are not so exact: a border it may be.
    assert read(page(row, *upright, ruler, method="ocr"))[1] == []


def test_dashes_and_dots_cannot_be_struck_out():
    found = page(words("-----", "....."), line(50, 113, 100 + STRIKE))
    assert read(found)[1] == []


def test_short_strokes_on_a_scan_strike_nothing():
    stroke = page(words("tên"), line(50, 68, 100 + STRIKE), method="ocr")
    assert read(stroke)[1] == []
    assert read(page(words("tên"), line(50, 68, 100 + STRIKE)))[1] == ["tên"]
    ruled = page(words("Quý", "I/2025"), line(50, 107, 100 + STRIKE), method="ocr")
    assert read(ruled)[1] == ["Quý", "I/2025"]
