"""How likely a word is wrong: by its second reading, by how it was read, by what it can be."""

import pytest

from pipeline.letters.risk import risk
from schemas.geometry import Box
from schemas.page import Reread, Symbol, Word


def word(text, sure=0.9957):
    symbols = tuple(Symbol(char, sure) for char in text)
    return Word(text, Box(0, 0, 1, 1), 0.9, symbols=symbols)


def test_a_word_that_was_read_surely_is_hardly_ever_wrong_and_one_that_cannot_be_nearly_always():
    assert risk(word("huyện"), "huyện", None) < 0.001
    assert risk(word("huyện", 0.9), "huyện", None) > 0.03
    assert risk(word("hyuện"), "hyuện", None) > 0.5


def test_a_near_second_reading_tells_more_than_how_surely_a_word_was_read():
    kept = Reread("năm", "nắm", 0.0, mended=False)
    assert risk(word("năm"), "năm", kept) == pytest.approx(0.5)
    sure = Reread("năm", "nắm", 6.0, mended=False)
    assert risk(word("năm", 0.9), "năm", sure) < 0.01


def test_a_change_is_believed_less_than_a_word_that_stayed():
    stayed, mended = (Reread("nắm", "năm", 2.0, mended=m) for m in (False, True))
    assert risk(word("nắm"), "nắm", mended) > risk(word("nắm"), "nắm", stayed)


def test_digits_read_unsurely_count_and_signs_by_themselves_only_where_no_text_has_them():
    assert risk(word("45", 0.95), "45", None) > risk(word("45"), "45", None)
    assert risk(word("-"), "-", None) == 0
    assert risk(word("¬"), "¬", None) > 0.1
