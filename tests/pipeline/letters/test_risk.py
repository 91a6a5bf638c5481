"""How likely a word is wrong: by its second reading, by how it was read, by what it can be."""

import pytest

from pipeline.letters.risk import believed, risk
from schemas.geometry import Box
from schemas.page import Reread, Symbol, Word


def word(text, sure=0.9957):
    symbols = tuple(Symbol(char, sure) for char in text)
    return Word(text, Box(0, 0, 1, 1), 0.9, symbols=symbols)


def test_a_word_that_was_read_surely_is_hardly_ever_wrong_and_one_that_cannot_be_nearly_always():
    assert risk(word("huyện"), "huyện", None, "unseen") < 0.001
    assert risk(word("huyện", 0.9), "huyện", None, "unseen") > 0.1
    assert risk(word("hyuện"), "hyuện", None, "unseen") > 0.5


def test_a_word_that_is_known_beside_its_neighbours_is_right_however_it_was_read():
    assert risk(word("huyện", 0.9), "huyện", None, "seen") < 0.001
    assert risk(word("XYZ", 0.9), "XYZ", None, "none") > 0.3


def test_a_near_second_reading_tells_more_than_how_surely_a_word_was_read():
    kept = Reread("năm", "nắm", 0.0, mended=False)
    assert risk(word("năm"), "năm", kept, "seen") == pytest.approx(0.5)
    sure = Reread("năm", "nắm", 6.0, mended=False)
    assert risk(word("năm", 0.9), "năm", sure, "unseen") < 0.01


def test_log_odds_are_what_such_readings_turned_out_to_be():
    stayed, mended = (Reread("nắm", "năm", 4.0, mended=m) for m in (False, True))
    assert believed(mended, "seen").log_odds < believed(stayed, "seen").log_odds
    for reread in (stayed, mended):
        assert believed(reread, "unseen").log_odds < believed(reread, "seen").log_odds
        assert believed(reread, "none") == reread
    assert believed(mended, "unseen").log_odds > 0


def test_digits_read_unsurely_count_and_signs_by_themselves_only_where_no_text_has_them():
    assert risk(word("45", 0.95), "45", None, "none") > risk(word("45"), "45", None, "none")
    assert risk(word("45", 0.94), "45", None, "none") > 0.3
    number = "61/2018/NĐ-CP"
    assert risk(word(number, 0.975), number, None, "none") < 0.01
    assert risk(word("-"), "-", None, "none") == 0
    assert risk(word("¬"), "¬", None, "none") > 0.1
