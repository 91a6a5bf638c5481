"""Dirt that stands before a small letter ends no sentence."""

import pytest

from pipeline.letters.counts import BOUNDARY, load_counts
from pipeline.letters.tokens import tokens_of
from schemas.geometry import Box
from schemas.page import Word


@pytest.mark.parametrize(
    ("text", "ends"), [("nhân .dân", False), ("nhân. dân", True), ("nhân .Dân", True)]
)
def test_a_full_stop_right_before_a_small_letter_ends_no_sentence(text: str, ends: bool) -> None:
    words = [Word(part, Box(0, 0, 9, 9), 0.9) for part in text.split()]

    found = tokens_of(words, load_counts())

    assert (BOUNDARY in [token.id for token in found]) is ends
