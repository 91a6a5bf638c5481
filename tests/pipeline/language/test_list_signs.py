"""Bullets, stops and joiners: one list for every stage."""

import pytest

from pipeline.knowledge import load_yaml
from pipeline.language.list_signs import (
    bullet_end,
    ends_open,
    holds_bullets,
    is_stopped,
    without_bullet,
)

LISTS = load_yaml("list_signs.yaml")


@pytest.mark.parametrize("sign", LISTS["bullets"] + LISTS["misread_bullets"])
def test_a_sign_and_a_space_begin_a_point(sign):
    assert bullet_end(f"{sign} Rà soát") == 2
    assert without_bullet(f"{sign}   Rà soát") == "Rà soát"


@pytest.mark.parametrize("text", ["'- Rà soát", "-. Rà soát", ".-, Rà soát", "-- Rà soát"])
def test_dust_beside_a_sign_changes_nothing(text):
    assert without_bullet(text) == "Rà soát"


@pytest.mark.parametrize("sign", LISTS["tight_bullets"])
def test_some_signs_begin_a_point_without_the_space(sign):
    assert without_bullet(f"{sign}Rà soát") == "Rà soát"


@pytest.mark.parametrize("text", ["*Ghi chú", "=5", "_ ", "- ", "Rà soát - thống kê", "-(1)", ""])
def test_no_bullet(text):
    assert bullet_end(text) == 0
    assert without_bullet(text) == text


@pytest.mark.parametrize("sign", LISTS["bullets"])
def test_bullets_within_a_text_that_runs_on(sign):
    assert holds_bullets(f"Gồm: {sign} Rà soát; {sign} Cấp thẻ")
    assert holds_bullets(f"{sign} Rà soát")


@pytest.mark.parametrize("text", ["Tài chính-Kế hoạch", "năm 2024-2025", "Rà soát."])
def test_a_hyphen_within_a_word_is_no_bullet(text):
    assert not holds_bullets(text)


@pytest.mark.parametrize("stop", LISTS["stops"])
@pytest.mark.parametrize("closed", ["", "”", ")", '")'])
def test_a_stop_ends_a_sentence(stop, closed):
    assert is_stopped(f"Rà soát{stop}{closed}")
    assert is_stopped(f"Rà soát{stop}{closed}", comma=True)


def test_a_comma_ends_a_point_and_no_sentence():
    assert not is_stopped("Rà soát,")
    assert is_stopped("Rà soát,", comma=True)


@pytest.mark.parametrize("text", ["Rà soát", "Rà soát (2024)", "1.5 ha", ""])
def test_no_stop(text):
    assert not is_stopped(text)
    assert not is_stopped(text, comma=True)


@pytest.mark.parametrize("sign", LISTS["joining_signs"])
def test_a_text_that_ends_with_a_joining_sign_is_open(sign):
    assert ends_open(f"Rà soát {sign}")


@pytest.mark.parametrize("word", LISTS["joining_words"])
def test_a_text_that_ends_with_a_joining_word_is_open(word):
    assert ends_open(f"Rà soát {word}")
    assert not ends_open(f"Rà soát {word}ng")
    assert not ends_open(f"Rà soát x{word}")


@pytest.mark.parametrize("text", ["Rà soát.", "Rà soát", "và các hộ", ""])
def test_other_ends_are_closed(text):
    assert not ends_open(text)
