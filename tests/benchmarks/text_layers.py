"""Command line: ``python -m tests.benchmarks.text_layers``: is every kind of text layer read right?

Makes each kind (see `corpus.text_layers`) of one digital PDF whose gold lies beside it, reads it,
and prints how many pages were read in the right way (by their text layer, or by OCR), what was
decided on the first page, and what came out: item F1 and the rate of wrong characters.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from msgspec import Struct

from pipeline.agencies import shipped_office
from pipeline.extract import extract_plan
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.plan import Decision, Plan
from tests.benchmarks.corpus.text_layers import KINDS, Kind
from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.provenance import ROOT

_SAMPLE = ROOT / "samples" / "chi-lang-papi-2024.pdf"


class Result(Struct, frozen=True):
    """What came of one kind."""

    pages: int
    right_way: int
    decided: Decision
    item_f1: float
    cer: float


def measure(kind: Kind, source: Path, gold: Path) -> Result:
    """Make the kind of the source, read it, and compare with the gold."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, source.name)
        kind.make(source, made)
        plan = extract_plan(Job(made, made.name, Settings.of_environment(), shipped_office()))
    layers = {d.page: d for d in plan.decisions if d.what == "text_layer"}
    figures = content_tally(json.loads(gold.read_text("utf-8")), plan.model_dump(mode="json"))
    return Result(
        pages=plan.document.pages,
        right_way=right_way(kind, plan),
        decided=layers[1],
        item_f1=figures.item_f1,
        cer=figures.errors / figures.letters,
    )


def right_way(kind: Kind, plan: Plan) -> int:
    """Return how many pages were read as the kind asks, for the reason that it asks for."""
    pages = plan.document.pages
    right = 0
    for decision in plan.decisions:
        if decision.what != "text_layer":
            continue
        wanted = kind.way_of(decision.page, pages)
        same_way = decision.taken is (wanted == "text_layer")
        right += same_way and (wanted != kind.way or kind.reason in (*decision.reasons, ""))
    return right


def main() -> int:
    """Print a line a kind; returns 1 where a page was read in the wrong way, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.text_layers")
    parser.add_argument("--source", type=Path, default=_SAMPLE, help="a digital PDF with gold")
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    arguments = parser.parse_args()
    gold = arguments.source.with_suffix(".gold.json")
    print("| kind | pages read the right way | first page | valid | marked | item_f1 | cer |")
    print("|---|--:|---|--:|--:|--:|--:|", flush=True)
    wrong = 0
    for name in arguments.kind:
        result = measure(KINDS[name], arguments.source, gold)
        wrong += result.pages - result.right_way
        decided = result.decided
        cells = [
            name,
            f"{result.right_way} of {result.pages}",
            ", ".join(decided.reasons),
            f"{decided.score:.2f}",
            f"{decided.figures.get('marked', 0):.2f}",
            f"{result.item_f1:.3f}",
            f"{result.cer:.4f}",
        ]
        print(f"| {' | '.join(cells)} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
