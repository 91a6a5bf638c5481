"""Command line: ``python -m tests.benchmarks.store --corpus DIR``: a dataset of 10,000 documents.

They are copies of what the corpus's digital files give, each with another id, name and number, and
with its items repeated until there are 25, as real plans have. All times are of whole processes
unless said otherwise. What is measured:

- the whole dataset anew, with its peak of memory (least 90 s and 400 MB are wanted);
- after one document has changed, until the database has it (3 s), and the files;
- a night that brings nothing new, over an inbox of as many files (3 s);
- questions as the pages ask them, the worst of five each (100 ms);
- reading 1,000 new digital files by the time that 100 take (10.5 at most), with `--files`.

A figure that misses is marked MISSED, and the exit status is then 1.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.environment import ENVIRONMENT
from tests.benchmarks.provenance import ROOT

_PHULUC = "from flows.entry import main; main()"
_FILL = """
import sys
from pathlib import Path
from pipeline.dataset.store.database import url_of
from pipeline.dataset.store.fill import fill_database
fill_database(Path(sys.argv[1]), url_of(Path(sys.argv[1])))
"""
_SECONDS_ANEW, _MEGABYTES, _SECONDS_ONE, _SECONDS_NIGHT, _MILLISECONDS, _RATIO = (
    90, 400, 3, 3, 100, 10.5,
)  # fmt: skip
_ITEMS = 25  # of a plan


class Table:
    """The figures, printed as they come; `missed` says whether one is not what is wanted."""

    def __init__(self) -> None:
        self.missed = False
        print("| what | measured | wanted |\n|---|--:|--:|", flush=True)

    def add(self, what: str, value: float, unit: str, most: float | None = None) -> None:
        """Print a figure, and whether it is within what is wanted."""
        bad = most is not None and value > most
        self.missed |= bad
        wanted = "" if most is None else f"≤ {most:g} {unit}"
        shown = f"{value:.2f} {unit}{' **MISSED**' if bad else ''}"
        print(f"| {what} | {shown} | {wanted} |", flush=True)


def copies(plans: list[dict[str, Any]], count: int, out: Path, inbox: Path) -> None:
    """Write as many plans, and for each a source file that is known already."""
    (out / "plans").mkdir(parents=True)
    known = []
    plans = [_filled(plan) for plan in plans]
    for number in range(count):
        plan = plans[number % len(plans)]
        name = f"{number:05d}"
        source = inbox / f"{number % 500:03d}" / f"{name}.pdf"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(name.encode())
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        relative = source.relative_to(inbox).as_posix()
        plan["document"] |= {
            "id": f"doc-{sha256[:16]}", "sha256": sha256, "source_file": relative,
            "plan_number": str(number),
        }  # fmt: skip
        (out / "plans" / f"{name}.json").write_text(json.dumps(plan, ensure_ascii=False))
        status = source.stat()
        known.append(
            {
                "source_file": relative, "path": str(source), "size": status.st_size,
                "changed": status.st_mtime_ns, "sha256": sha256, "name": name,
                "made_by": _made_by(plan), "items": len(plan["items"]),
            }
        )  # fmt: skip
    (out / "sources.json").write_text(json.dumps(known))


def _filled(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan with its items repeated under other ids until there are as many as in real ones."""
    items = plan["items"]
    rounds = -(-_ITEMS // len(items))
    repeated = [{**each, "id": f"{each['id']}r{n}"} for n in range(1, rounds) for each in items]
    return {**plan, "items": [*items, *repeated][: max(len(items), _ITEMS)]}


def _made_by(plan: dict[str, Any]) -> str:
    from flows.makers import digest_of  # noqa: PLC0415
    from schemas.plan import ProducedBy  # noqa: PLC0415

    return digest_of(ProducedBy.model_validate(plan["produced_by"]))


def _phuluc(*arguments: object) -> float:
    return _timed(sys.executable, "-c", _PHULUC, *arguments)


def _timed(*arguments: object) -> float:
    began = time.perf_counter()
    command = [str(argument) for argument in arguments]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False, capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode(errors="replace"))
    return time.perf_counter() - began


def _peak(job: Callable[[], float]) -> tuple[float, float]:
    """Seconds, and the peak of memory of the largest process, in MB."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        seconds = job()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        os.write(write, json.dumps([seconds, peak]).encode())
        os._exit(0)
    os.close(write)
    answer = b"".join(iter(lambda: os.read(read, 4096), b""))
    os.waitpid(pid, 0)
    seconds, peak = json.loads(answer)
    return seconds, peak


def questions(out: Path) -> Iterator[tuple[str, float]]:
    """Yield each kind of question and the worst of five times that it took, in milliseconds."""
    from pipeline.dataset.store.database import database, reading, url_of  # noqa: PLC0415
    from pipeline.dataset.store.facets import facets  # noqa: PLC0415
    from pipeline.dataset.store.search import find_items  # noqa: PLC0415

    with database(url_of(out)) as engine, reading(engine) as connection:
        values = facets(connection, {})
        most = {name: found[0][0] for name, found in values.items() if found}
        rare = values["agency"][-1][0]
        asked: dict[str, dict[str, str]] = {
            "all": {},
            "frequent words": {"q": "tổ chức"},
            "rare words": {"q": most["section"]},
            "words and agency": {"q": "tổ chức", "agency": most["agency"]},
            "agency and role": {"agency": rare, "role": "lead"},
            "kind and role": {"kind": most["kind"], "role": "partner"},
            **{name: {name: value} for name, value in most.items()},
        }
        for name, question in asked.items():
            yield name, _worst(lambda q=question: find_items(connection, q, limit=50))


def _worst(job: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        job()
        times.append(1000 * (time.perf_counter() - began))
    return max(times)


def _many(corpus: Path, folder: Path, count: int) -> float:
    """Seconds of reading as many digital files, each with a content of its own."""
    inbox = folder / f"in{count}"
    inbox.mkdir()
    digital = sorted(corpus.glob("*digital*.pdf"))
    for number in range(count):
        source = digital[number % len(digital)].read_bytes()
        (inbox / f"{number:04d}.pdf").write_bytes(source + f"\n%{number}\n".encode())
    seconds = _phuluc("extract", inbox, "--out", folder / f"out{count}", "--quiet")
    shutil.rmtree(inbox)
    return seconds


def _dataset(corpus: Path, count: int, folder: Path, table: Table) -> None:
    made, out, inbox = folder / "made", folder / "out", folder / "inbox"
    _phuluc("extract", *sorted(corpus.glob("*digital*.pdf")), "--out", made, "--quiet")
    read = (json.loads(path.read_bytes()) for path in sorted((made / "plans").glob("*.json")))
    plans = [plan for plan in read if plan["items"]]
    copies(plans, count, out, inbox)
    seconds, megabytes = _peak(lambda: _phuluc("publish", "--out", out, "--rebuild"))
    table.add(f"{count} documents anew", seconds, "s", _SECONDS_ANEW)
    table.add("memory", megabytes, "MB", _MEGABYTES)
    night = _phuluc("batch", "--inbox", inbox, "--out", out, "--quiet")
    table.add("a night with nothing new", night, "s", _SECONDS_NIGHT)
    changed = out / "plans" / f"{count // 2:05d}.json"
    plan = json.loads(changed.read_bytes())
    plan["items"][0]["title"] += " (sửa)"
    changed.write_text(json.dumps(plan, ensure_ascii=False))
    table.add("after one change, until the database has it", _fill(out), "s", _SECONDS_ONE)
    table.add("and until the files have it", _phuluc("publish", "--out", out), "s")
    for what, milliseconds in questions(out):
        table.add(what, milliseconds, "ms", _MILLISECONDS)


def _fill(out: Path) -> float:
    """Seconds of a process that looks over all documents and takes in what changed."""
    return _timed(sys.executable, "-c", _FILL, out)


def main() -> int:
    """Measure, print a table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.store")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--files", action="store_true", help="also read 100 and 1,000 new files")
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        _dataset(arguments.corpus, arguments.documents, Path(name), table)
        if arguments.files:
            few, many = (_many(arguments.corpus, Path(name), count) for count in (100, 1000))
            table.add("1,000 new files by 100", many / few, "", _RATIO)
    return int(table.missed)


if __name__ == "__main__":
    sys.exit(main())
