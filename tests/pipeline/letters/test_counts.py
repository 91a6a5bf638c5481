"""The table of counts: how it is packed, and the probabilities that come of it."""

import math

import numpy as np
import pytest

from pipeline.letters.counts import BOUNDARY, counts_of, load_counts
from scripts.build_syllables import is_typed, packed, sentences

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
