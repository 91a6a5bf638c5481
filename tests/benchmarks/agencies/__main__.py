"""Command line: ``python -m tests.benchmarks.agencies``: cells into agencies, how well, how fast.

Prints a table by kind of cell, the precision of what was accepted over all kinds with its n, and
the time for 100,000 cells on one core. With ``--misses FILE`` each cell that did not come out as
it should is written there.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.agencies.cells import Case, clean_cells
from tests.benchmarks.agencies.measure import Miss, Tally, added, judge, seconds
from tests.benchmarks.agencies.slips import misread_cells

CELLS = 16_000  # read well; and half as many from scans
TIMED = 100_000


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.agencies")
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--misses", type=Path)
    arguments = parser.parse_args()
    cases = clean_cells(arguments.cells, arguments.seed)
    cases += misread_cells(arguments.cells // 2, arguments.seed)
    # Timed first: what has been matched once is remembered.
    time = seconds(cases, TIMED)
    misses: list[Miss] = []
    tallies = judge(cases, misses)
    print("\n".join(_table(tallies)))
    print("\n".join(_summary(cases, tallies, time)))
    if arguments.misses:
        arguments.misses.write_text("\n".join(map(_line, misses)) + "\n", encoding="utf-8")
    return 0


def _table(tallies: dict[str, Tally]) -> list[str]:
    lines = [
        "| kind of cell | cells | agencies, F1 | right of accepted | accepted | review | rest |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, tally in sorted(tallies.items()):
        shares = [f"{tally.share(s):.3f}" for s in ("accepted", "review", "unresolved")]
        right = f"{tally.precision:.4f} of {tally.statuses['accepted']}"
        cells = [kind, str(tally.cells), f"{tally.f1:.4f}", right, *shares]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _summary(cases: Sequence[Case], tallies: dict[str, Tally], time: float) -> list[str]:
    scans = ("office scan", "slips in each cell")
    clean = added(t for k, t in tallies.items() if k not in scans and not k.startswith("unknown"))
    whole = added(tallies.values())
    distinct = len({(case.text, case.context) for case in cases})
    return [
        f"agencies that are known, read well: F1 {clean.f1:.4f}; from office scans: "
        f"F1 {tallies['office scan'].f1:.4f}",
        f"accepted: {whole.precision:.5f} right of {whole.statuses['accepted']} in {distinct} "
        f"distinct cells ({whole.accepted_wrong} wrong)",
        f"units named in lists: {whole.units_right} of {whole.units} right",
        f"{TIMED} cells, {distinct} of them distinct: {time:.1f} s of one core",
    ]


def _line(miss: Miss) -> str:
    found = "; ".join(f"{a.status} {a.agency_id or a.raw}" for a in miss.found)
    wrong = "WRONG " if miss.accepted_wrong else ""
    case = miss.case
    wanted = [*case.truth, *(["/", *case.partners] if case.partners is not None else [])]
    return f"{wrong}{case.kind} | {case.text!r} | {' '.join(wanted)} | {found}"


if __name__ == "__main__":
    sys.exit(main())
