"""Names and times get votes where they stand whole, and only there."""

from pipeline.agencies import shipped_office
from pipeline.letters.candidates import Option
from pipeline.letters.mend import load_candidates
from pipeline.letters.phrases import phrases_in, phrases_of, with_phrases

COUNTS = load_candidates().counts


def options(*words):
    return [
        [Option(COUNTS.id_of(text), text, -1.0 if i else 0.0) for i, text in enumerate(many)]
        for many in words
    ]


def costs(voted):
    return [[option.cost for option in many] for many in voted]


def test_a_reading_that_makes_a_phrase_whole_is_preferred():
    phrases = phrases_of([("chi", "cục", "kiểm", "lâm")])
    read = options(("chỉ", "chi"), ("cục",), ("kiếm", "kiểm", "kiệm"), ("lâm",))
    voted = with_phrases(read, COUNTS, phrases)
    assert costs(voted) == [[0, 1], [0], [0, 1, -1], [0]]


def test_what_is_whole_as_it_was_read_is_held():
    phrases = phrases_of([("hằng", "năm"), ("hàng", "năm")])
    voted = with_phrases(options(("hằng", "hàng", "hãng"), ("năm", "nắm")), COUNTS, phrases)
    assert costs(voted) == [[0, -1, -3], [0, -3]]


def test_a_phrase_that_cannot_be_made_whole_says_nothing():
    phrases = phrases_of([("chi", "cục", "kiểm", "lâm")])
    read = options(("chỉ", "chi"), ("cục",), ("kiêm",), ("lâm",))
    assert costs(with_phrases(read, COUNTS, phrases)) == [[0, -1], [0], [0], [0]]


def test_agencies_and_quarters_are_known():
    phrases = phrases_in(shipped_office().registry())
    assert phrases.said(["quy", "?"], 0) == [("quý", "?")]
    bare = ["phong", "tai", "nguyen", "va", "moi", "truong"]
    assert ("phòng", "tài", "nguyên", "và", "môi", "trường") in phrases.said(bare, 0)
