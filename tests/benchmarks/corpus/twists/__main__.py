"""Command line: ``python -m tests.benchmarks.corpus.twists [--grade G ...] [NAME ...]``.

Makes the inputs, reads them and prints one row an input: right (exact), doubted (a doubt is
shown), or silent (wrong, and nothing says so).
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.agencies import shipped_office
from pipeline.dataset.review import review_plan
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.outcome import Outcome
from tests.benchmarks.corpus.scan import GRADES, scan
from tests.benchmarks.corpus.twists import (
    Gold,
    Twist,
    columns,
    frames,
    marked,
    pages,
    ruled,
    scanned,
    sheets,
    stamped,
)
from tests.benchmarks.measure.content import content_tally

_KINDS = (ruled, frames, columns, pages, sheets, scanned, marked, stamped)
TWISTS: dict[str, Twist] = {twist.name: twist for kind in _KINDS for twist in kind.TWISTS}
_WORTH_SAYING = 30  # severity
_SEED = 11


def main() -> int:
    """Print the table; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="twists (default: all)")
    parser.add_argument("--out", type=Path, help="folder to keep the inputs and results in")
    parser.add_argument("--grade", nargs="*", choices=list(GRADES), default=[])
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        out = arguments.out or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        for twist in (TWISTS[name] for name in arguments.names or TWISTS):
            for path, gold in _made(twist, out, arguments.grade):
                outcome = extract_document(Job(path, path.name, Settings(), shipped_office()))
                verdict, detail = judged(outcome, gold, twist.doubt)
                counts[verdict] += 1
                print(f"{verdict:8} {path.stem:44} {detail}", flush=True)
                if outcome.plan:
                    path.with_suffix(".plan.json").write_text(
                        outcome.plan.model_dump_json(indent=1)
                    )
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()))
    return 0


def _made(twist: Twist, out: Path, grades: list[str]) -> Iterator[tuple[Path, Gold]]:
    """The input as it is, and as each grade scans it."""
    path = out / f"{twist.name}{twist.suffix}"
    gold = twist.make(path)
    path.with_suffix(".gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1))
    if not grades:
        yield path, gold
    for grade in grades if twist.suffix == ".pdf" else ():
        scanned = out / f"{twist.name}-{grade}.pdf"
        scan(path, scanned, GRADES[grade], _SEED)
        yield scanned, gold


def judged(outcome: Outcome, gold: Gold, doubt: str) -> tuple[str, str]:
    """Return whether a result is right, doubted or silent, and what there is to say of it.

    Where `doubt` names a code, right means that everything printed was read and the code shown.
    """
    if outcome.plan is None:
        return "doubted", outcome.failure.code if outcome.failure else ""
    plan = outcome.plan.model_dump(mode="json")
    tally = content_tally(gold, plan)
    shown = [r for r in review_plan(outcome.plan) if r.severity >= _WORTH_SAYING]
    codes = sorted({code for row in shown for code in row.reasons.split("; ")})
    exact = tally.exact == tally.items == tally.found and _dated(plan) == _dated_as(gold)
    number, day, month = _dated(plan)
    rows = f"{tally.exact}/{tally.items} exact, {tally.found} found"
    detail = f"{number} {day}/{month} {rows}  {' '.join(codes)}"
    if exact and (not doubt or doubt in codes):
        return "right", detail
    if shown and (not doubt or doubt in codes):
        return "doubted", detail
    return "silent", detail


def _dated(plan: dict[str, Any]) -> tuple[str, Any, Any]:
    about = plan["document"]
    return about["plan_number"], about["issued_on"]["day"], about["issued_on"]["month"]


def _dated_as(gold: Gold) -> tuple[str, Any, Any]:
    return gold["number"], gold["day"] or None, gold["month"] or None


if __name__ == "__main__":
    sys.exit(main())
