"""The table of counts: how it is packed, and the probabilities that come of it."""

import math

import numpy as np
import pytest

from pipeline.letters.counts import BOUNDARY, counts_of, load_counts
from scripts.build_syllables import is_typed, packed, sentences, with_words, words_of

TEXT = "Báo cáo kết quả.\n" * 6 + "Báo giá; 12 cái, của xyz\n"


@pytest.fixture(scope="module")
def counts():
    return counts_of(packed(sentences(TEXT)))


def ids(counts, *names):
    return [counts.id_of(name) for name in names]


def test_a_text_is_counted_and_found_again(counts):
    bao, cao, ket = ids(counts, "báo", "cáo", "kết")
    assert counts.count(bao) == 7
    assert counts.pair(bao, cao) == pytest.approx(6, rel=0.05)
    assert counts.pair(bao, ket) == 0
    assert counts.pair(bao, counts.id_of("giá")) == 0  # seen but once
    assert counts.id_of("mèo") == counts.unseen


def test_sentences_end_at_stops_and_lines_and_hold_classes():
    assert list(sentences("Giao 12 xã, huyện; kWh\nHà Nội")) == [
        [".", "giao", "#", "xã", ",", "huyện", "."],
        [".", "?", "."],
        [".", "hà", "nội", "."],
    ]


def test_probabilities_of_all_that_may_follow_add_up_to_one(counts):
    every = np.arange(len(counts.names))
    bao, cao = ids(counts, "báo", "cáo")
    for u, v in [(bao, cao), (BOUNDARY, bao), (cao, BOUNDARY), (cao, bao)]:
        assert np.exp(counts.log_probability(u, v, every)).sum() == pytest.approx(1, abs=0.1)


def test_what_was_seen_is_likelier_than_what_was_not_and_that_is_not_impossible(counts):
    bao, cao, ket = ids(counts, "báo", "cáo", "kết")
    seen, other, unseen = counts.log_probability(bao, cao, np.array([ket, bao, counts.unseen]))
    assert seen > -1 > other > unseen > -math.inf


def test_nothing_is_carried_over_a_boundary(counts):
    bao, ket = ids(counts, "báo", "kết")
    after = counts.log_probability(np.array([bao, ket]), BOUNDARY, np.array([bao, bao]))
    assert after[0] == after[1]


def test_the_shipped_table_knows_the_language():
    shipped = load_counts()
    chi, chi_hook, phi = ids(shipped, "chi", "chỉ", "phí")
    kinh = shipped.id_of("kinh")
    of_costs, of_only = shipped.log_probability(
        BOUNDARY, np.array([chi, chi_hook]), np.array([phi, phi])
    )
    assert of_costs - of_only > 3
    assert shipped.pair(kinh, phi) > 1000


def test_a_text_that_was_read_by_an_ocr_teaches_nothing():
    typed = "Chi phí do ngân sách bảo đảm. " * 100
    assert is_typed(typed)
    assert not is_typed(typed + "Chỉ phí quản lý.")


def test_words_of_a_dictionary_count_where_no_text_tells(counts):
    table = with_words(packed(sentences(TEXT)), words_of("bọ gậy\nbáo thức\nHà Nội\nxyz"))
    known = counts_of(table)
    bo, gay, bao, thuc, cao = ids(known, "bọ", "gậy", "báo", "thức", "cáo")
    of_word, of_none = known.log_probability(BOUNDARY, bo, np.array([gay, thuc]))
    assert of_word - of_none > 2
    told, of_dictionary = known.log_probability(BOUNDARY, bao, np.array([cao, thuc]))
    assert told - of_dictionary > 1  # texts tell more than the dictionary
    assert counts.id_of("bọ") == counts.unseen
    assert known.id_of("hà") == known.unseen  # a name


def test_laying_words_into_a_table_keeps_its_counts(counts):
    table = packed(sentences(TEXT))
    known = counts_of(with_words(with_words(table, [["áo", "bào"]]), [["bọ", "gậy"]]))
    for u, v in [("báo", "cáo"), ("cáo", "kết"), ("kết", "báo")]:
        assert known.pair(*ids(known, u, v)) == counts.pair(*ids(counts, u, v))
    assert len(known.word_keys) == 1


def test_a_long_word_of_the_dictionary_tells_its_end():
    words = [["mì", "ăn", "liền"], ["ăn", "liên"], ["ăn", "lan"], ["ăn", "liền"]]
    known = counts_of(with_words(packed(sentences(TEXT)), words))
    mi, an, lien, lan = ids(known, "mì", "ăn", "liền", "lan")
    behind_two, other = known.log_probability(mi, an, np.array([lien, lan]))
    assert behind_two - other > 0.5
    alone, other = known.log_probability(BOUNDARY, an, np.array([lien, lan]))
    assert alone == pytest.approx(other)
