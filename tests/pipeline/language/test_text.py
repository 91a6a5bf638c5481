"""Folding: what must meet, and what must not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.text import bare, clean, fold, plain, without_specks


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hoá", "hóa"),
        ("thuỷ lợi", "thủy lợi"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("Tài chính – Kế hoạch", "Tài chính-Kế hoạch"),
        ("“bốn tại chỗ”", '"bốn tại chỗ"'),
        (unicodedata.normalize("NFD", "Đường bộ"), "đường bộ"),
    ],
)
def test_spellings_of_one_word_fold_alike(a, b):
    assert fold(a) == fold(b)


@pytest.mark.parametrize(("a", "b"), [("của", "cua"), ("hoàn", "hòan"), ("má", "mà")])
def test_other_words_stay_apart(a, b):
    assert fold(a) != fold(b)


def test_tone_of_qu_stays_on_its_vowel():
    assert fold("quý") == "quý"
    assert fold("quả") == "quả"


def test_bare_takes_all_marks():
    assert bare("Đồng bộ Ưu đãi") == "dong bo uu dai"


def test_clean_keeps_case_and_drops_what_does_not_print():
    assert clean("Kế\u00ad hoạch\u200b  số\n 5") == "Kế hoạch số 5"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)


@given(st.text())
def test_plain_stands_character_by_character_over_clean(text):
    assert len(plain(text)) == len(clean(text))
    assert plain("Đặc khu ÝÊN") == "dac khu yen"


def test_specks_go_and_dashes_stay():
    assert without_specks("Công an ˆ phường ¨\n- Phòng Y tế _") == "Công an phường \n- Phòng Y tế "
