"""A word never spans a rule of a table."""

import pytest

from pipeline.read.pdf.parted import parted_by_rules
from pipeline.read.pdf.words import word_of
from schemas.geometry import Box
from schemas.page import Rule


def word(text, x0=100.0, gaps=()):
    chars, x = [], x0
    for i, c in enumerate(text):
        chars.append({"text": c, "x0": x, "x1": x + 6, "top": 50, "bottom": 62})
        x += 6 + (1.2 if i in gaps else 0)
    return word_of(chars)


def upright(x, top=0, bottom=200):
    return Rule(Box(x - 0.3, top, x + 0.3, bottom))


def read(words, *rules):
    return [w["text"] for w in parted_by_rules(words, rules)]


def test_letters_close_to_a_rule_on_both_sides_are_two_words():
    assert read([word("huyệnPhòng", gaps=(4,))], upright(130.6)) == ["huyện", "Phòng"]
    assert read([word("Quý-II", gaps=(2,))], upright(118.6), upright(90), upright(140)) == [
        "Quý",
        "-II",
    ]


def test_a_word_between_three_columns():
    assert read([word("abcdef", gaps=(1, 3))], upright(112.6), upright(125.8)) == ["ab", "cd", "ef"]


@pytest.mark.parametrize(
    "rule",
    [upright(130.6, 70, 200), upright(99), upright(165), upright(127)],
    ids=["below", "before", "behind", "through a letter"],
)
def test_other_rules_part_nothing(rule):
    assert read([word("huyệnPhòng", gaps=(4,))], rule) == ["huyệnPhòng"]
