"""Times and title blocks with known truth are read right; what is not claims nothing."""

import random
from collections import Counter

from tests.benchmarks.phrases.heads import composed as composed_heads
from tests.benchmarks.phrases.outcomes import head_outcomes, time_outcome
from tests.benchmarks.phrases.slips import slipped, slipped_line
from tests.benchmarks.phrases.times import composed, written

SEED = 5


def _share(counts: Counter[str], outcome: str) -> float:
    return counts[outcome] / counts.total()


def test_times_written_by_hand():
    times = written()
    counts = Counter(time_outcome(time, time.text) for time in times)
    assert len(times) > 1000
    assert _share(counts, "right") >= 0.99
    assert counts["wrong, silent"] == 0


def test_composed_times():
    counts = Counter(time_outcome(time, time.text) for time in composed(800, SEED))
    assert _share(counts, "right") >= 0.99


def test_composed_times_with_slips():
    rng = random.Random(SEED)
    counts = Counter(time_outcome(time, slipped(time.text, rng)) for time in composed(800, SEED))
    assert _share(counts, "right") >= 0.98
    assert _share(counts, "wrong, silent") <= 0.005


FIELDS = 12


def test_composed_title_blocks():
    outcomes = [head_outcomes(head) for head in composed_heads(150, SEED)]
    assert all(len(outcome) == FIELDS for outcome in outcomes)
    for field in outcomes[0]:
        counts = Counter(outcome[field] for outcome in outcomes)
        assert _share(counts, "right") >= 0.98, field


def test_composed_title_blocks_with_slips():
    rng = random.Random(SEED)
    heads = composed_heads(300, SEED, lambda line: slipped_line(line, rng))
    counts = Counter(what for head in heads for what in head_outcomes(head).values())
    assert _share(counts, "right") >= 0.98
    assert _share(counts, "wrong, silent") <= 0.005


def test_the_same_seed_gives_the_same_times():
    assert composed(50, SEED) == composed(50, SEED)
    assert composed(50, SEED) != composed(50, SEED + 1)
    assert composed_heads(20, SEED) == composed_heads(20, SEED)
