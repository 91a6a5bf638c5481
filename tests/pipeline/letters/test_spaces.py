"""Words that were read as one come apart where they can be nothing else."""

import pytest

from pipeline.letters.counts import load_counts
from pipeline.letters.spaces import log_odds_of_parting, parted

COUNTS = load_counts()


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("anninh,", "an ninh,"),
        ("05năm", "05 năm"),
        ("trí'người", "trí người"),
        ("khudâncư", "khu dân cư"),
        ("(cholớptrẻ)", "(cho lớp trẻ)"),
    ],
)
def test_words_are_parted(read: str, right: str) -> None:
    assert parted(read, COUNTS) == right


@pytest.mark.parametrize("text", ["camera", "Lớptrẻ", "taìluy", "huyện", "30m", "lễã", "Krông"])
def test_other_languages_names_and_misread_letters_stay(text: str) -> None:
    assert parted(text, COUNTS) == text


def test_two_that_are_seldom_seen_together_may_have_had_more_than_a_space_between() -> None:
    assert log_odds_of_parting("cholớptrẻ", COUNTS) < log_odds_of_parting("anninh,", COUNTS)
