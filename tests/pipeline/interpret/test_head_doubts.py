"""Digits of the head that were not read surely."""

import pytest

from pipeline.interpret.head_doubts import with_doubted_digits
from pipeline.titles import parse_head
from schemas.geometry import Box
from schemas.page import Page, TextLine, Word

TOP = ("ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG", "Số: 154/KH-UBND", "Chi Lăng, ngày 12 tháng 5 năm 2024")


def flagged(number=(0.95, 12.0), day=(0.95, 12.0), method="ocr"):
    words, lines = [], []
    for row, text in enumerate((*TOP, "KẾ HOẠCH", "Chuyển đổi số")):
        top, x, here = 50.0 + 20 * row, 60.0, []
        for part in text.split():
            sure, height = {"154/KH-UBND": number, "12": day}.get(part, (0.95, 12.0))
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
