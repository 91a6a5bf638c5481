"""Command line: ``python -m tests.benchmarks.corpus --out DIR``."""

import argparse
import sys
from pathlib import Path

from tests.benchmarks.corpus import build
from tests.benchmarks.corpus.convert import ConversionError
from tests.benchmarks.corpus.layouts import load_layouts


def main() -> int:
    """Build the corpus that the arguments ask for; returns the exit status."""
    layouts = load_layouts()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for PDFs and gold")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="documents in all (default: layouts x grades)")
    usual = [name for name, layout in layouts.items() if not layout.held_out]
    parser.add_argument("--layout", nargs="+", choices=list(layouts), default=usual)
    parser.add_argument("--grade", nargs="+", choices=build.GRADES, default=list(build.GRADES))
    arguments = parser.parse_args()
    todo = build.jobs_of(arguments.seed, arguments.count, arguments.layout, arguments.grade)
    try:
        build.build(todo, arguments.out)
    except ConversionError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
