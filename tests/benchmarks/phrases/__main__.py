"""Print how many times and title blocks are read right: python -m tests.benchmarks.phrases."""

import random
from collections import Counter
from collections.abc import Sequence

import typer

from tests.benchmarks.corpus.model import When
from tests.benchmarks.phrases.heads import Head
from tests.benchmarks.phrases.heads import composed as composed_heads
from tests.benchmarks.phrases.outcomes import head_outcomes, time_outcome
from tests.benchmarks.phrases.slips import slipped, slipped_line
from tests.benchmarks.phrases.times import composed, written


def _report(name: str, cases: Sequence[tuple[When, str]], show: bool) -> None:
    outcomes = [time_outcome(time, text) for time, text in cases]
    counts = Counter(outcomes)
    rest = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()) if what != "right")
    print(f"{name:28} {counts['right'] / len(cases):.4f}  n = {len(cases):5}  {rest}")
    for (time, text), outcome in zip(cases, outcomes, strict=True):
        if show and outcome != "right":
            print(f"  {outcome}: {text!r} means {time}")


def _report_heads(name: str, heads: Sequence[Head], show: bool) -> None:
    outcomes = [head_outcomes(head) for head in heads]
    print(f"{name}, n = {len(heads)}")
    for field in outcomes[0]:
        counts = Counter(outcome[field] for outcome in outcomes)
        rest = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()) if what != "right")
        print(f"  {field:26} {counts['right'] / len(heads):.4f}  {rest}")
    for head, outcome in zip(heads, outcomes, strict=True):
        missed = {field: what for field, what in outcome.items() if what != "right"}
        if show and missed:
            print(f"  {missed}: {[line.text for line in head.lines]} means {head.truth}")


def main(count: int = 5000, seed: int = 11, show: bool = False) -> None:
    """Measure; --show prints what is not right."""
    rng = random.Random(seed)
    by_grammar = composed(count, seed)
    slips = [(time, slipped(time.text, rng)) for time in by_grammar]
    _report("times, by hand", [(time, time.text) for time in written()], show)
    _report("times, composed", [(time, time.text) for time in by_grammar], show)
    _report("times, with OCR slips", [(t, text) for t, text in slips if t.text != text], show)
    some = count // 5
    _report_heads("title blocks, composed", composed_heads(some, seed), show)
    worn = composed_heads(some, seed, lambda line: slipped_line(line, rng))
    _report_heads("title blocks, with OCR slips", worn, show)


if __name__ == "__main__":
    typer.run(main)
