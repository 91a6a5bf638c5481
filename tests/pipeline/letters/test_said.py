"""The votes of a document's own pairs of words."""

from pipeline.letters.candidates import Option
from pipeline.letters.counts import load_counts
from pipeline.letters.said import with_votes

COUNTS = load_counts()


def options(*texts):
    return [Option(COUNTS.id_of(text), text) for text in texts]


def voted(said, at, *texts):
    """The gain of the second of some readings of a word of a text."""
    ids = [COUNTS.id_of(text) for text in said.split()]
    row = [options(text) for text in said.split()]
    row[at] = options(*texts)
    return with_votes(row, ids, COUNTS, 1.0)[at][1].cost


def test_what_a_document_says_elsewhere_counts():
    assert voted("nghĩa an và nghĩa an và nghỉ an", 6, "nghỉ", "nghĩa") > 0.5


def test_a_slip_that_comes_again_and_again_has_no_vote_against_a_usual_pair():
    said = "theo tỉnh thần và theo tỉnh thần"
    assert voted(said, 2, "thần", "thân") < 0  # no usual pair: what it says elsewhere counts
    assert voted("của tỉnh thần và do tỉnh thần", 1, "tỉnh", "tinh") >= 0
