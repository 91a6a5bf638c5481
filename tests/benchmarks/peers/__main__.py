"""Command line: ``python -m tests.benchmarks.peers --corpus DIR --venv DIR``: beside the others.

The same files through phuluc and through what a user would take today (see `child.py` for how each
is called, `glue.py` for the script around it), by the measure of `tests.benchmarks.measure`, and
through Tesseract alone for time. One file after the other, all tools on each, each tool as a
process of its own whose time and memory (see `tests.benchmarks.memory`) are measured. Every tool
may use two cores.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measure.documents import CorpusDocument, digest, documents
from tests.benchmarks.peers.report import GRADES, chart, table
from tests.benchmarks.peers.tools import Result, run_tool, tools_for
from tests.benchmarks.provenance import provenance

_PER_GRADE = 8  # documents: all layouts together are read in one grade or another


def selected(found: Sequence[CorpusDocument], per_grade: int) -> list[CorpusDocument]:
    """Return so many documents of each grade, spread over all of them, that hold items."""
    chosen = []
    for place, grade in enumerate(GRADES):
        mine = [d for d in found if d.grade == grade and d.gold()["items"]]
        count = min(per_grade, len(mine))
        # Each grade begins at another document, so that the grades show other layouts.
        chosen += [mine[(i * len(mine) // count + place) % len(mine)] for i in range(count)]
    return chosen


def main() -> int:
    """Run all tools, print the table, write the chart; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers")
    parser.add_argument("--corpus", type=Path, required=True, help="documents with gold beside")
    parser.add_argument("--venv", type=Path, required=True, help="made by scripts/setup-peers.sh")
    parser.add_argument("--per-grade", type=int, default=_PER_GRADE, help="documents of each grade")
    parser.add_argument("--out", type=Path, help="write the table here too")
    parser.add_argument("--chart", type=Path, help="write the chart (SVG) here")
    arguments = parser.parse_args()
    chosen = selected(documents(arguments.corpus), arguments.per_grade)
    if not chosen:
        parser.error(f"no documents with gold in {arguments.corpus}")
    load = os.getloadavg()[0]
    results: list[Result] = []
    for document in chosen:
        for tool in tools_for(document):
            results.append(run_tool(tool, document, arguments.venv))
            if failure := results[-1].used.failure:
                print(f"{document.path.name}: {tool} failed: {failure}", file=sys.stderr)
        print(document.path.name, file=sys.stderr, flush=True)
    code = provenance()
    about = f"{len(chosen)} documents ({digest(chosen)}), {code.version} at {code.commit}"
    text = f"{table(results)}\n{about}, load {load:.1f} before, {os.cpu_count()} cores\n"
    print(text, end="")
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    if arguments.chart:
        arguments.chart.write_text(chart(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
