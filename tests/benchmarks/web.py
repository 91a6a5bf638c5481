"""Command line: ``python -m tests.benchmarks.web --corpus DIR``: the office's pages under load.

The office has 10,000 documents (see `tests.benchmarks.store`) and a scan of 24 pages. What is
measured, all on the loopback interface:

- from the start of the command to the first page, and its memory (RSS) then and at the end;
- every list, the first time that it is asked for and the median of five;
- from a correction to the moment that the database, from which all pages are, shows it;
- the review page of the scan when its pictures are kept, in Chromium up to the event `load`;
- from the key N to the next frame with the next doubt, in Chromium;
- people that look at one page after the other and correct something with every fiftieth request:
  errors, and the time of an answer. Once with pauses of 1 to 3 seconds, as people take them, and
  once without any, each asking again as soon as the answer is there: that shows what the server
  can give, since there are always twenty requests to answer;
- the memory of the server after each, and the most that all its processes took together: it has
  the files of the dataset written by a process that ends with them.

A figure that misses is marked MISSED, and the exit status is then 1.
"""

import argparse
import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.environment import ENVIRONMENT
from tests.benchmarks.long_files import long_file
from tests.benchmarks.provenance import ROOT
from tests.benchmarks.store import Table, copies

CHROMIUM = Path("/usr/bin/chromium")
_PHULUC = [sys.executable, "-u", "-c", "import sys; from flows.cli import main; sys.exit(main())"]
_SCAN_PAGES = 24
_LISTS = (
    "/", "/documents", "/documents?page=50", "/documents?q=bao+yen", "/documents?format=json",
    "/review", "/groups", "/tasks", "/tasks?kind=deadline", "/calendar", "/missing", "/coverage",
    "/history", "/inbox", "/agencies",
)  # fmt: skip
_LOOKED_AT = tuple(path for path in _LISTS if "format" not in path)
_FIFTIETH = 50
_LOOK = 1.0  # seconds between looks at the memory of all processes
_OUT_OF_MIND = 31.0  # seconds after which an answer of before a change is not shown any more


class Office:
    """A server of pages, and who asks it."""

    def __init__(self, out: Path) -> None:
        self._began = time.perf_counter()
        command = [*_PHULUC, "web", "--out", str(out), "--port", "0"]
        environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": str(out.parent / "config")}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", said)
        assert found, said
        self.entry, self.port = found[0], int(found[1])
        connection = self.connect()
        connection.request("GET", f"/?token={found[2]}")
        answer = connection.getresponse()
        answer.read()
        self.cookie = str(answer.getheader("set-cookie")).split(";")[0]
        self.get(connection, "/")
        self.seconds = time.perf_counter() - self._began

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection of a person's browser."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        """Return a page; raises OSError where it is refused."""
        connection.request("GET", path, headers={"cookie": self.cookie})
        return _answer(connection, 200)

    def correct(self, connection: http.client.HTTPConnection, document: str, number: str) -> None:
        """Correct the number of a plan; raises OSError where that is refused."""
        asked = {"document": document, "field": "plan_number", "value": number, "base": 10**9}
        headers = {"cookie": self.cookie, "content-type": "application/json"}
        connection.request("POST", "/api/corrections", json.dumps(asked), headers)
        _answer(connection, 201)

    def megabytes(self) -> float:
        """Return the memory of the server."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    def megabytes_of_all(self) -> float:
        """Return the memory of the server and all processes that it started."""
        return sum(map(_share, _with_children(self.process.pid)))


def _share(pid: int) -> float:
    """Megabytes of a process, and its share of what it has with others; 0 when it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.findall(r"Pss:\s+(\d+)", rollup)[0]) / 1024


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _with_children(int(child))


def _answer(connection: http.client.HTTPConnection, status: int) -> bytes:
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != status:
        raise OSError(f"{answer.status}: {content[:200]!r}")
    return content


@contextmanager
def served(out: Path) -> Iterator[Office]:
    """Yield an office whose server runs until it is left."""
    office = Office(out)
    try:
        yield office
    finally:
        office.process.terminate()
        office.process.wait(60)


def _milliseconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - began)


def _lists(office: Office, table: Table) -> None:
    connection = office.connect()
    for path in _LISTS:
        first = _milliseconds(lambda path=path: office.get(connection, path))
        again = [_milliseconds(lambda path=path: office.get(connection, path)) for _ in range(5)]
        table.add(f"`{path}`, first", first, "ms")
        table.add(f"`{path}`", statistics.median(again), "ms", 200)


def _correction(office: Office, document: str) -> float:
    """Seconds until the list of items shows a number that was just corrected."""
    connection = office.connect()
    began = time.perf_counter()
    office.correct(connection, document, "4321987")
    while b"4321987" not in office.get(connection, f"/tasks?document={document}&format=json"):
        if time.perf_counter() - began > 60:
            raise SystemExit("the correction is not shown")
        time.sleep(0.01)
    return time.perf_counter() - began


class People(Struct, frozen=True):
    """So many people, what they look at, what they correct, and their pauses in seconds."""

    documents: list[str]
    corrected: list[str]
    count: int
    pauses: tuple[float, float] = (0, 0)


def _load(office: Office, people: People, seconds: float) -> list[float]:
    """What every answer took, in milliseconds; raises OSError where one is an error."""
    times: list[float] = []
    failed: list[OSError] = []
    until = time.monotonic() + seconds

    def person(number: int) -> None:
        chance = random.Random(number)
        connection = office.connect()
        asked = 0
        try:
            while time.monotonic() < until and not failed:
                asked += 1
                began = time.perf_counter()
                if asked % _FIFTIETH == 0:
                    corrected = chance.choice(people.corrected)
                    office.correct(connection, corrected, str(chance.randrange(1, 999)))
                else:
                    document = chance.choice(people.documents)
                    own = [f"/documents/{document}", f"/review/{document}"]
                    office.get(connection, chance.choice([*_LOOKED_AT, *own, *own]))
                times.append(1000 * (time.perf_counter() - began))
                time.sleep(chance.uniform(*people.pauses))
        except (OSError, http.client.HTTPException) as error:
            failed.append(OSError(f"{type(error).__name__}: {error}"))

    crew = [threading.Thread(target=person, args=(number,)) for number in range(people.count)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    if failed:
        raise failed[0]
    return times


def _in_chromium(office: Office, document: str) -> tuple[float, list[float]]:
    """Milliseconds to load the review page, its pictures kept, and of five steps to the next."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where it is wanted

    frame = """() => new Promise(done => {
        const began = performance.now();
        new MutationObserver((_, all) => {
            all.disconnect();
            requestAnimationFrame(() => done(performance.now() - began));
        }).observe(document.body, {subtree: true, attributes: true, childList: true});
        document.body.dispatchEvent(
            new KeyboardEvent("keydown", {code: "KeyN", key: "n", bubbles: true}));
    })"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--disable-dev-shm-usage", "--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(office.entry)
        address = f"http://127.0.0.1:{office.port}/review/{document}"
        page.goto(address, wait_until="load")
        page.wait_for_load_state("networkidle")
        loaded = _milliseconds(lambda: page.goto(address, wait_until="load"))
        steps = [float(page.evaluate(frame)) for _ in range(5)]
        browser.close()
    return loaded, steps


def _scan(corpus: Path, folder: Path, table: Table) -> None:
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    source = long_file(corpus, "scan", _SCAN_PAGES, inbox)
    out = folder / "out"
    command = [*_PHULUC, "extract", str(source), "--out", str(out), "--quiet"]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True)
    (plan,) = (out / "plans").glob("*.json")
    document = json.loads(plan.read_bytes())["document"]["id"]
    with served(out) as office:
        loaded, steps = _in_chromium(office, document)
    table.add(f"review page of a scan of {_SCAN_PAGES} pages", loaded, "ms", 500)
    table.add("N to the frame with the next doubt", statistics.median(steps), "ms", 50)


def _many(corpus: Path, folder: Path, arguments: argparse.Namespace, table: Table) -> None:
    made, out, inbox = folder / "made", folder / "out", folder / "inbox"
    files = [str(path) for path in sorted(corpus.glob("*digital*.pdf"))]
    quiet = {"cwd": ROOT, "env": ENVIRONMENT, "stdout": subprocess.DEVNULL}
    subprocess.run([*_PHULUC, "extract", *files, "--out", made, "--quiet"], check=False, **quiet)
    read = (json.loads(path.read_bytes()) for path in sorted((made / "plans").glob("*.json")))
    plans = [plan for plan in read if plan["items"]]
    originals = [plan["document"]["id"] for plan in plans]
    copies(plans, arguments.documents, out, inbox)
    for name in ("plans", "readings"):  # of copies no reading is kept, so that none is corrected
        shutil.copytree(made / name, out / name, dirs_exist_ok=True)
    subprocess.run([*_PHULUC, "publish", "--out", out], check=True, **quiet)
    with served(out) as office:
        table.add("start to first page", office.seconds, "s", 2)
        table.add("memory at the start", office.megabytes(), "MB", 150)
        _lists(office, table)
        listed = json.loads(office.get(office.connect(), "/documents?format=json"))
        documents = [row["document_id"] for row in listed]
        table.add("correction to database", _correction(office, originals[0]), "s", 1)
        connection = office.connect()
        time.sleep(_OUT_OF_MIND)
        after = _milliseconds(lambda: office.get(connection, "/tasks"))
        table.add("`/tasks`, first after a correction", after, "ms", 200)
        for pauses in ((1.0, 3.0), (0.0, 0.0)):
            people = People(documents, originals, arguments.people, pauses)
            _people(office, people, arguments.seconds, table)


def _people(office: Office, people: People, seconds: float, table: Table) -> None:
    how = "pauses of 1-3 s" if any(people.pauses) else "no pause"
    ended, most = threading.Event(), [0.0]

    def watch() -> None:
        while not ended.wait(_LOOK):
            most[0] = max(most[0], office.megabytes_of_all())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        times = _load(office, people, seconds)
    finally:
        ended.set()
        watching.join()
    table.add(f"{people.count} people, {how}: answers", len(times), "")
    table.add("their median", statistics.median(times), "ms", 100)
    table.add("of 100, the 95th", statistics.quantiles(times, n=20)[-1], "ms")
    table.add("memory of the server after it", office.megabytes(), "MB", 150)
    table.add("the most of all its processes", most[0], "MB")


def main() -> int:
    """Measure, print a table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.web")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=300)
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        if CHROMIUM.exists():
            _scan(arguments.corpus, Path(name, "scan"), table)
        _many(arguments.corpus, Path(name, "many"), arguments, table)
    return int(table.missed)


if __name__ == "__main__":
    sys.exit(main())
