"""A syllable is known beside its neighbours by texts and the dictionary."""

from pipeline.letters.counts import MARK, NUMBER, OTHER, load_counts
from pipeline.letters.support import least_of, supports

COUNTS = load_counts()


def of(text: str) -> list[str]:
    classes = {",": MARK, "#": NUMBER, "?": OTHER}
    ids = [classes.get(token, COUNTS.id_of(token)) for token in text.split()]
    return list(supports(ids, COUNTS))


def test_one_neighbour_that_it_was_seen_with_is_enough():
    assert of("kinh phí sậy") == ["seen", "seen", "unseen"]


def test_a_word_of_the_dictionary_is_known_though_no_law_has_it():
    assert of("thổ cẩm") == ["seen", "seen"]


def test_numbers_marks_and_what_is_no_syllable_tell_nothing():
    assert of("# sậy , ? phí") == ["none", "alone", "none", "none", "alone"]


def test_a_word_is_as_its_least_known_syllable():
    assert least_of(["seen", "unseen", "alone"]) == "unseen"
    assert least_of(["none", "seen"]) == "seen"
    assert least_of([]) == "none"
