"""Digits of the head that were not read surely."""

import pytest

from pipeline.interpret.head_doubts import with_doubted_digits
from pipeline.titles import parse_head
from schemas.geometry import Box
from schemas.page import Page, TextLine, Word

TOP = ("ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG", "Số: 154/KH-UBND", "Chi Lăng, ngày 12 tháng 5 năm 2024")


def flagged(number=(0.95, 12.0), day=(0.95, 12.0), method="ocr", **read):
    """The doubts of a letterhead; `read` gives words by what they were read as, and how surely."""
    words, lines = [], []
    for row, printed in enumerate((*TOP, "KẾ HOẠCH", "Chuyển đổi số")):
        text = " ".join(read.get(word, (word,))[0] for word in printed.split())
        top, x, here = 50.0 + 20 * row, 60.0, []
        for part in text.split():
            sure, height = {"154/KH-UBND": number, "12": day}.get(part, (0.95, 12.0))
            sure = dict(read.values()).get(part, sure)
            here.append(Word(part, Box(x, top, x + 6 * len(part), top + height), sure))
            x += 6 * len(part) + 4
        words += here
        lines.append(TextLine(text, Box(60, top, x, top + 12), 1))
    page = Page(1, 600, 800, tuple(words), (), method)
    head = with_doubted_digits(parse_head(lines), lines, [page])
    assert (head.plan_number, head.issued_on.day) == ("154", 12)
    return [flag for flag in head.flags if flag.endswith("_doubtful")], dict(head.places)


def test_digits_that_were_read_surely_are_no_doubt():
    assert flagged() == ([], {})


@pytest.mark.parametrize("number", [(0.84, 12.0), (0.95, 16.0), (0.95, 9.0)])
def test_a_number_read_unsurely_or_of_another_size_is(number):
    flags, places = flagged(number=number)
    assert flags == ["number_doubtful"]
    assert places["number_doubtful"].text == "Số: 154/KH-UBND"


def test_a_date_is_as_well():
    flags, places = flagged(day=(0.5, 12.0))
    assert flags == ["date_doubtful"]
    assert places["date_doubtful"].text.startswith("Chi Lăng, ngày 12")


def test_a_text_layer_is_sure():
    assert flagged(number=(0.5, 20.0), method="text_layer") == ([], {})


@pytest.mark.parametrize("word", [("Chuyễm", 0.9), ("đổi", 0.59)])
def test_a_word_of_the_title_that_cannot_be_or_was_hardly_read_is(word):
    printed = {"Chuyễm": "Chuyển", "đổi": "đổi"}[word[0]]
    flags, places = flagged(**{printed: word})
    assert flags == ["title_doubtful"]
    assert places["title_doubtful"].text.startswith("Chuy")


def test_a_word_of_the_issuer_is():
    flags, places = flagged(**{"NHÂN": ("NHÂN", 0.4)})
    assert flags == ["issuer_doubtful"]
    assert places["issuer_doubtful"].text == "ỦY BAN NHÂN DÂN"


def test_words_of_a_text_layer_are_sure():
    assert flagged(method="text_layer", **{"đổi": ("đổi", 0.2)}) == ([], {})
