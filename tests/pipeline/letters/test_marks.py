"""Marks that stand alone, and quotes and brackets without their counterpart."""

import pytest

from pipeline.letters.marks import Mended, with_marks
from schemas.geometry import Box
from schemas.page import Symbol, Word


def marked(text, confidence=0.9):
    words = [
        Word(each, Box(0, 0, 9, 9), confidence, symbols=tuple(Symbol(c, 0.99) for c in each))
        for each in text.split()
    ]
    return with_marks([Mended(word.text) for word in words], words)


@pytest.mark.parametrize(
    ("read", "left"),
    [
        ('quét bằng điện thoại " rồi', "quét bằng điện thoại rồi"),
        ("khám sức _ khỏe", "khám sức khỏe"),
        ("đúng hạn ˆ", "đúng hạn"),
    ],
)
def test_a_mark_by_itself_is_dirt_and_the_change_is_told(read, left):
    words = marked(read)
    assert " ".join(word.text for word in words if word.text) == left
    [gone] = [word.reread for word in words if not word.text]
    assert gone is not None
    assert gone.mended


@pytest.mark.parametrize(
    "text",
    ['" rõ người, rõ việc "', '"', "“ba cứng” (nền cứng)", "a) Tổ chức", "- 12) Giao", "Số (1)"],
)
def test_marks_with_their_counterpart_stay(text):
    assert all(word.text and word.reread is None for word in marked(text))


@pytest.mark.parametrize(
    ("read", "word", "other"),
    [
        ('"khách hàng bí mật, đánh giá', '"khách', "khách"),
        ("bổ sung dụng (cụ thể", "(cụ", "cụ"),
        ("(Sử và Địa lí] bố trí", "lí]", "lí)"),
        ("nền) cứng", None, None),
        ("cứng (nền và dụng) cụ) thể", "cụ)", None),
    ],
)
def test_a_mark_without_its_counterpart_is_doubted(read, word, other):
    doubts = {each.text: each.reread for each in marked(read) if each.reread}
    if other:
        assert doubts[word].other == other
        assert not doubts[word].mended
        assert next(each.risk for each in marked(read) if each.reread) >= 0.3
    else:
        assert not doubts  # as a row's own number may end


def test_a_text_layer_says_what_it_says():
    assert [word.text for word in marked('một " hai', confidence=1.0)] == ["một", '"', "hai"]
