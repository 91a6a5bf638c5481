"""Digits that were read unsurely, and years that cannot be, are shown in two readings."""

import pytest

from pipeline.letters.digits import digits_of
from schemas.geometry import Box
from schemas.page import Symbol, Word


def word(text: str, weak: int = -1, others: str = "") -> Word:
    """A word as it was read surely, but for the symbol at `weak`."""
    symbols = tuple(
        Symbol(char, 0.93, others) if at == weak else Symbol(char, 0.9957, "4")
        for at, char in enumerate(text)
    )
    return Word(text, Box(0, 0, 9, 9), 0.9, symbols=symbols)


@pytest.mark.parametrize(
    ("text", "weak", "others", "other"),
    [
        ("27/3/2024", 3, "9", "27/9/2024"),
        ("85/2010/NĐ-CP)", 6, "O6", "85/2016/NĐ-CP)"),
        ("35%,", 0, "8", "85%,"),
    ],
)
def test_a_digit_that_was_read_unsurely_is_shown_with_what_it_may_be(
    text: str, weak: int, others: str, other: str
) -> None:
    doubt = digits_of(word(text, weak, others))

    assert doubt is not None
    assert (doubt.text, doubt.other, doubt.mended) == (text, other, False)


def test_a_year_that_cannot_be_is_shown_with_one_of_this_century() -> None:
    doubt = digits_of(word("17/10/2924."))

    assert doubt is not None
    assert (doubt.text, doubt.other, doubt.mended) == ("17/10/2924.", "17/10/2024.", False)


@pytest.mark.parametrize(
    "found",
    [
        word("27/3/2024"),
        word("27/3/2024", 3),  # the engine knows no other digit
        word("17/10/1945"),
        word("04/10/2202"),  # "6" in the next line
        word("ngày", 0, "1"),
        Word("27/3/2024", Box(0, 0, 9, 9), 0.9),
    ],
)
def test_what_was_read_surely_is_not(found: Word) -> None:
    assert digits_of(found) is None
