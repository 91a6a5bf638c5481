"""Command line: ``python -m tests.benchmarks.speed FILE...``: how fast, against the tool beneath.

What is compared, each as a whole process on the same machine in the same run, in turns (ours
first in one round, theirs first in the next), after one round that does not count:

- a file whose pages are OCRed: `phuluc extract FILE` against `tesseract` on the same pages,
  rendered beforehand at the resolution that the pipeline reads them at; same language data,
  ``--psm 6``, two at a time, ``OMP_THREAD_LIMIT=1``, and two workers for ours. The pictures are
  grey and uncompressed, so that its time is reading alone: the hard comparison (colour PNG
  cost it a fifth more of its time, and would lower the ratio as much);
- a digital file: against a process that does no more than pdfplumber's `extract_tables` on all
  pages.

With `--corpus DIR`, digital files of 1, 30 and 170 pages and scans of 10 and 24, made of its
documents, are measured too. Of one page the start-up is most of the time, and the seconds count.

The ratio of each round is our wall time by theirs. Each file adds a line to `history.jsonl`,
with version and commit; ratios of different machines can be compared, seconds cannot. A file
whose best round is slower than it usually was by more than a tenth is marked SLOWER, and the exit
status is then 1.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from msgspec import Struct

from pipeline.ingest import open_source
from pipeline.settings import Settings
from tests.benchmarks.environment import ENVIRONMENT, SIDE_BY_SIDE
from tests.benchmarks.long_files import long_file
from tests.benchmarks.provenance import ROOT, Provenance, provenance

HISTORY = Path(__file__).with_name("history.jsonl")
ROUNDS = 5
_PHULUC = "import sys; from flows.entry import main; main()"
_EXTRACT_TABLES = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
"""

_LONG = (("digital", 1), ("digital", 30), ("digital", 170), ("scan", 10), ("scan", 24))  # pages
# A slow-down is not what one busy machine does to one run: the best round is held against the
# median of the last few records.
_LOOK_BACK = 5
_SLOWER = 1.1

Job = Callable[[], None]


class Timing(Struct, frozen=True):
    """Seconds of one round."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """Ours by theirs."""
        return self.ours / self.theirs


def rounds(ours: Job, theirs: Job, count: int) -> list[Timing]:
    """Return the timings of `count` rounds, in which the two go first by turns."""
    timings = []
    for number in range(count):
        if number % 2:
            second, first = _seconds(theirs), _seconds(ours)
        else:
            first, second = _seconds(ours), _seconds(theirs)
        timings.append(Timing(first, second))
    return timings


def _seconds(job: Job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def measure(path: Path, count: int) -> dict[str, Any]:
    """Return the record of one file, as it goes into the history.

    `load` is the machine's load (processes that want to run, mean of a minute) before: above 0.5,
    others disturbed the measurement. Raises CalledProcessError where ours or theirs fails.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = extract(path, folder / "out")["document"]  # the round that does not count
        images = [] if document["kind"] == "digital" else render(path, folder)
        language = Settings.of_environment().ocr_language
        against = "tesseract" if images else "extract_tables"

        def theirs() -> None:
            if images:
                recognise(images, language)
            else:
                _run(sys.executable, "-c", _EXTRACT_TABLES, str(path))

        theirs()
        timings = rounds(ours_for(path, folder), theirs, count)
    return {
        "file": path.name,
        "kind": document["kind"],
        "pages": document["pages"],
        "against": against,
        "load": round(load, 1),
        "ratios": [round(timing.ratio, 3) for timing in timings],
        "seconds_ours": round(median(timing.ours for timing in timings), 2),
        "seconds_theirs": round(median(timing.theirs for timing in timings), 2),
    }


def extract(path: Path, out: Path) -> dict[str, Any]:
    """Run `phuluc extract` and return the plan that it wrote."""
    _extract(path, out)
    written = sorted((out / "plans").glob("*.json"))
    plan: dict[str, Any] = json.loads(written[0].read_text(encoding="utf-8"))
    return plan


def ours_for(path: Path, folder: Path) -> Job:
    """Return what reads a file, each time into another folder of this one.

    What an earlier round left would not be read again, and to take it away takes up to 0.1 s.
    """
    rounds_so_far = itertools.count(1)
    return lambda: _extract(path, folder / f"round-{next(rounds_so_far)}")


def _extract(path: Path, out: Path) -> None:
    _run(sys.executable, "-c", _PHULUC, "extract", str(path), "--out", str(out), "--quiet")


class Image(Struct, frozen=True):
    """A page for Tesseract, and its resolution."""

    path: Path
    dpi: int


def render(path: Path, folder: Path) -> list[Image]:
    """Write the pages as grey, uncompressed pictures, in a process whose memory goes with it."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_render, path, folder).result()


def _render(path: Path, folder: Path) -> list[Image]:
    import cv2  # noqa: PLC0415  not for digital files

    from pipeline.read.scan.render import render_page  # noqa: PLC0415

    source = open_source(path, path.name)
    images = []
    for number in range(1, source.pages + 1):
        page = render_page(source, number, Settings.of_environment().max_pixels)
        grey = (
            cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY) if page.pixels.ndim == 3 else page.pixels
        )
        images.append(Image(folder / f"{number}.pgm", round(page.scale * 72)))
        cv2.imwrite(str(images[-1].path), grey)
    return images


def recognise(images: list[Image], language: str) -> None:
    """Run Tesseract on every picture, one process each, two at a time; the text goes nowhere."""

    def one(image: Image) -> None:
        _run(
            "tesseract", str(image.path), "stdout",
            "-l", language, "--psm", "6", "--dpi", str(image.dpi),
        )  # fmt: skip

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(one, images))


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)


def before(history: Path, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the earlier records of the same file against the same tool, the first one first."""
    if not history.is_file():
        return []
    lines = history.read_text(encoding="utf-8").splitlines()
    return [
        r for r in map(json.loads, lines) if all(r[k] == record[k] for k in ("file", "against"))
    ]


def is_slower(record: dict[str, Any], earlier: Sequence[dict[str, Any]]) -> bool:
    """Whether even the best round is slower than usual by more than a tenth."""
    usual = [median(each["ratios"]) for each in earlier[-_LOOK_BACK:]]
    return bool(usual) and min(record["ratios"]) > _SLOWER * median(usual)


def remember(history: Path, record: dict[str, Any], code: Provenance) -> None:
    """Add a line to the history: the record, what made it, and on how many cores."""
    about = {
        "version": code.version,
        "commit": code.commit,
        "changed": code.changed,
        "date": code.date,
        "cores": os.cpu_count(),
    }
    with history.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record | about, ensure_ascii=False) + "\n")


def line(record: dict[str, Any], earlier: Sequence[dict[str, Any]]) -> str:
    """Return a record as a line of the table that is printed."""
    ratios = record["ratios"]
    last = f"{median(earlier[-1]['ratios']):.2f} ({earlier[-1]['commit']})" if earlier else "–"
    cells = [
        record["file"],
        record["kind"],
        str(record["pages"]),
        record["against"],
        f"{record['seconds_ours']:.2f} s / {record['seconds_theirs']:.2f} s",
        f"{min(ratios):.2f}",
        f"**{median(ratios):.2f}**",
        f"{max(ratios):.2f}",
        f"{last} **SLOWER**" if is_slower(record, earlier) else last,
    ]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Measure the files and print a table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--corpus", type=Path, help="make long files of its documents")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        corpus = arguments.corpus
        sizes = _LONG if corpus else ()
        made = [long_file(corpus, kind, pages, Path(name)) for kind, pages in sizes]
        return _measure_all([*arguments.files, *made], arguments.rounds)


def _measure_all(paths: Sequence[Path], count: int) -> int:
    code = provenance()
    status = 0
    print("| file | kind | pages | against | ours / theirs | least | median | most | last time |")
    print("|---|---|--:|---|--:|--:|--:|--:|--:|", flush=True)
    for path in paths:
        try:
            record = measure(path.resolve(), count)
        except subprocess.CalledProcessError as error:
            print(f"{path}: {error}\n{error.stderr.decode(errors='replace')}", file=sys.stderr)
            return 1
        earlier = before(HISTORY, record)
        print(line(record, earlier), flush=True)
        status = max(status, int(is_slower(record, earlier)))
        remember(HISTORY, record, code)
    return status


if __name__ == "__main__":
    sys.exit(main())
