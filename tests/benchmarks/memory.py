"""Command line: ``python -m tests.benchmarks.memory``: the memory that a long file takes.

What is measured: the proportional set size (PSS, `/proc/PID/smaps_rollup`) of `phuluc extract` and
of all processes that it starts, Tesseract included, added up every 50 ms; the peak is the largest
of these sums. PSS counts a page that n processes share as 1/n in each, so that the sum is the
memory that all of them really hold. Linux only. A process may end between being listed and
being asked; it then counts as nothing in that sample.

Long files are made of the pages of a corpus's documents, over and over (see `long_files`). A time
per page that grows with the pages, or a peak that does, is a fault: both are printed beside
those of a file of 30 pages.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.long_files import KINDS, long_file

_EVERY = 0.05  # seconds between two samples
_LIMIT = 600  # MiB that all processes together may take
_BASE_PAGES = 30  # the file that longer ones are held against
_SIZES = {"digital": (_BASE_PAGES, 170, 300), "scan": (_BASE_PAGES, 170)}
_PHULUC = "from flows.entry import main; main()"


class Used(Struct, frozen=True):
    """What a command took: wall time in seconds, peak PSS of its process tree in MiB.

    `failure` is the end of what it said where it failed, "" else.
    """

    seconds: float
    peak: float
    failure: str


def run_measured(command: Sequence[str], cwd: Path, environment: dict[str, str]) -> Used:
    """Run a command to its end and return what it took; its output is thrown away."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        peak = 0.0
        while True:
            peak = max(peak, sum(map(_pss, [process.pid, *descendants(process.pid)])))
            try:
                status = process.wait(_EVERY)
            except subprocess.TimeoutExpired:
                continue
            break
        seconds = time.perf_counter() - start
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()[-300:]
    return Used(seconds, peak, (said or f"exit {status}") if status else "")


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    started: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            started.setdefault(parent, []).append(int(entry.name))
    found = list(started.get(pid, []))
    for each in found:  # grows while it is walked
        found += started.get(each, [])
    return found


def _parent(entry: Path) -> int | None:
    try:
        stat = (entry / "stat").read_bytes()
    except OSError:
        return None
    # The name, in parentheses, may itself hold spaces and parentheses.
    return int(stat[stat.rindex(b")") + 1 :].split()[1])


def _pss(pid: int) -> float:
    """The proportional set size of a process in MiB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(b"Pss:")) / 1024


def _extract(path: Path, out: Path, root: Path) -> Used:
    command = [sys.executable, "-c", _PHULUC, "extract", str(path), "--out", str(out), "--quiet"]
    return run_measured(command, root, {**os.environ})


def main() -> int:
    """Measure long files and print a table; returns 1 where one takes more than the limit."""
    from tests.benchmarks.provenance import ROOT  # noqa: PLC0415  not for those who only sample

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    parser.add_argument("--corpus", type=Path, required=True, help="documents to repeat pages of")
    parser.add_argument("--kind", choices=KINDS, action="append", help="default: both")
    parser.add_argument("--pages", type=int, action="append", help="default: 30, 170 (and 300)")
    arguments = parser.parse_args()
    print("| file | pages | peak, MiB | seconds | seconds a page | by that of the first |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    worst = 0.0
    for kind in arguments.kind or KINDS:
        base = None
        for pages in arguments.pages or _SIZES[kind]:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                path = long_file(arguments.corpus, kind, pages, folder)
                used = _extract(path, folder / "out", ROOT)
            if used.failure:
                print(used.failure, file=sys.stderr)
                return 1
            each = used.seconds / pages
            base = base or each
            worst = max(worst, used.peak)
            print(
                f"| {kind} | {pages} | {used.peak:.0f} | {used.seconds:.1f} | {each:.3f}"
                f" | {each / base:.2f} |",
                flush=True,
            )
    print(f"\nlargest peak {worst:.0f} MiB, limit {_LIMIT} MiB")
    return int(worst > _LIMIT)


if __name__ == "__main__":
    sys.exit(main())
