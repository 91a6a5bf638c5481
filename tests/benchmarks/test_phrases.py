"""The times with known truth are read right; what is not claims nothing."""

import random
from collections import Counter

from tests.benchmarks.phrases.outcomes import time_outcome
from tests.benchmarks.phrases.slips import slipped
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


def test_the_same_seed_gives_the_same_times():
    assert composed(50, SEED) == composed(50, SEED)
    assert composed(50, SEED) != composed(50, SEED + 1)
