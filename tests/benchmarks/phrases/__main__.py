"""Print how many times and title blocks are read right: python -m tests.benchmarks.phrases."""

import random
from collections import Counter
from collections.abc import Sequence

import typer

from tests.benchmarks.phrases.outcomes import time_outcome
from tests.benchmarks.phrases.slips import slipped
from tests.benchmarks.phrases.times import Time, composed, written


def _report(name: str, cases: Sequence[tuple[Time, str]], show: bool) -> None:
    outcomes = [time_outcome(time, text) for time, text in cases]
    counts = Counter(outcomes)
    rest = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()) if what != "right")
    print(f"{name:28} {counts['right'] / len(cases):.4f}  n = {len(cases):5}  {rest}")
    for (time, text), outcome in zip(cases, outcomes, strict=True):
        if show and outcome != "right":
            print(f"  {outcome}: {text!r} means {time}")


def main(count: int = 5000, seed: int = 11, show: bool = False) -> None:
    """Measure; --show prints what is not right."""
    rng = random.Random(seed)
    by_grammar = composed(count, seed)
    slips = [(time, slipped(time.text, rng)) for time in by_grammar]
    _report("times, by hand", [(time, time.text) for time in written()], show)
    _report("times, composed", [(time, time.text) for time in by_grammar], show)
    _report("times, with OCR slips", [(t, text) for t, text in slips if t.text != text], show)


if __name__ == "__main__":
    typer.run(main)
