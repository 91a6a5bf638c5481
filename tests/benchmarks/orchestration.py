"""Command line: ``python -m tests.benchmarks.orchestration SCAN``: what Prefect costs a night.

Copies of a scan, each with a content of its own, are read until there are 300 pages: by `extract`,
which knows no Prefect, and by `batch`. Compared is the processor time of all processes that either
starts, the server of Prefect among them: seconds on the clock depend on what else the machine does,
and on whether pages or documents are read side by side. The batch may take 5 % more.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.environment import ENVIRONMENT
from tests.benchmarks.provenance import ROOT

_PHULUC = "import sys; from flows.cli import main; sys.exit(main())"
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_MOST = 5.0  # per cent


def processor_seconds(*arguments: object) -> float:
    """Return the processor time that a command takes with all that it starts; exits if it fails."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        # What outlives its parent is handed to this process, so that its time is known as well.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
        command = [sys.executable, "-c", _PHULUC, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False)
        try:
            while True:
                os.wait()
        except ChildProcessError:
            pass
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(write, repr(used.ru_utime + used.ru_stime).encode())
        os._exit(done.returncode)
    os.close(write)
    with os.fdopen(read) as answer:
        seconds = answer.read()
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{arguments[0]} failed")
    return float(seconds)


def _copies(scan: Path, documents: int, inbox: Path) -> None:
    content = scan.read_bytes()
    inbox.mkdir()
    for number in range(documents):
        (inbox / f"{number:03d}.pdf").write_bytes(content + b"\n%%%d\n" % number)


def main() -> int:
    """Measure, print a table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.orchestration")
    parser.add_argument("scan", type=Path)
    parser.add_argument("--documents", type=int, default=50, help="of six pages 50 are 300 pages")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copies(arguments.scan, arguments.documents, folder / "inbox")
        without = processor_seconds("extract", folder / "inbox", "--out", folder / "a", "--quiet")
        asked = ("--inbox", folder / "inbox", "--out", folder / "b", "--quiet")
        with_prefect = processor_seconds("batch", *asked)
    more = 100 * (with_prefect / without - 1)
    print("| documents | extract, s of processor | batch | more | wanted |\n|--:|--:|--:|--:|--:|")
    missed = more > _MOST
    print(
        f"| {arguments.documents} | {without:.1f} | {with_prefect:.1f} "
        f"| {more:.1f} %{' **MISSED**' if missed else ''} | ≤ {_MOST:g} % |"
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
