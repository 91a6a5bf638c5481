"""Command line: ``python -m tests.benchmarks.measure --corpus DIR [--out REPORT.md]``."""

import argparse
import os
import sys
from pathlib import Path

from tests.benchmarks.measure.documents import digest, documents
from tests.benchmarks.measure.report import Ground, report
from tests.benchmarks.measure.run import measure_all
from tests.benchmarks.provenance import provenance


def main() -> int:
    """Measure the pipeline on a folder, print the report; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.measure", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="documents with gold beside")
    parser.add_argument("--out", type=Path, help="write the report here too")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="documents side by side"
    )
    parser.add_argument("--seed", type=int, help="what the corpus was made with, for the report")
    parser.add_argument("--date", help="for the report (default: the date of the commit)")
    arguments = parser.parse_args()
    found = documents(arguments.corpus) if arguments.corpus.is_dir() else []
    if not found:
        parser.error(f"no documents with gold in {arguments.corpus}")
    code = provenance()
    date = arguments.date or code.date
    if not date:
        parser.error("not a git checkout: give --date")
    ground = Ground(arguments.corpus.resolve().name, digest(found), arguments.seed, date, code)
    text = report(measure_all(found, arguments.workers), ground)
    print(text, end="")
    if arguments.out:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
