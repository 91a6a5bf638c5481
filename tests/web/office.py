"""An office's folder and the running server of its pages, for the tests."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from msgspec import Struct
from msgspec.structs import replace

from flows.extract import extract
from pipeline.correct import log
from pipeline.dataset.plans import read_plan
from pipeline.dataset.publish import publish
from schemas.correction import Correction
from schemas.plan import Plan
from tests.benchmarks.corpus.twists.sheet import Sheet, table

SAMPLES = Path(__file__).parents[2] / "samples"
DOUBTED = SAMPLES / "corpus" / "no-vertical-rh-digital.pdf"  # digital, and some doubts
PASSWORD = "một mật khẩu dài"
_DRAWN = 16  # documents
_COMMAND = [sys.executable, "-u", "-c", "from flows.cli import main; main()", "web"]


class Served(Struct):
    """A running server. `entry` is the address that it printed, `stem` names the document at hand.

    `given` counts the documents of it that tests have taken (see `next_document`).
    """

    folder: Path
    entry: str
    process: subprocess.Popen[str]
    stem: str = DOUBTED.stem
    given: int = 0

    @property
    def base(self) -> str:
        return self.entry.partition("/?")[0].rstrip("/")

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def plan(self, stem: str = "") -> Plan:
        return read_plan(self.out / "plans" / f"{stem or self.stem}.json")

    def said(self) -> list[Correction]:
        """What people said of the document at hand."""
        return log.entries(self.out, self.plan().document.sha256)

    def next_document(self) -> "Served":
        """The same server with a document that no other test has touched."""
        self.given += 1
        assert self.given <= _DRAWN, "more documents are to be drawn"
        return replace(self, stem=_stem(self.given))

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.base, timeout=60) as client:
            assert client.get(self.entry.removeprefix(self.base)).status_code == 303
            yield client


def start(folder: Path, *options: str, port: int = 0) -> Served:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config"), "PHULUC_LANG": "en"}
    folders = ["--out", folder / "out", "--inbox", folder / "inbox"]
    command = [*_COMMAND, *folders, "--port", port, *options]
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/(\?token=\S+)?", line)
    assert found, line
    return Served(folder, found[0], process)


def stop(served: Served) -> None:
    served.process.terminate()
    served.process.wait(20)


def draw_doubtful(path: Path, number: int | str = 45, strange: str = "Phòng Lạ Lùng") -> Path:
    """Draw a plan of thirteen rows, each with an agency that nobody knows; five have `strange`."""
    sheet = Sheet(path)
    head = ["PHỤ LỤC", "KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI NĂM 2024"]
    head.append(f"(Kèm theo Kế hoạch số {number}/KH-UBND ngày 12/3/2024 của UBND huyện Chi Lăng)")
    top = sheet.heading(head)
    rows = [("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")]
    leads = [strange] * 5 + [f"Ban Lạ Thường {letter}" for letter in "BCDEGHKL"]
    rows += [
        (str(n), f"Rà soát, công khai việc thứ {n} của huyện.", lead, "Phòng Nội vụ", "Quý I/2024")
        for n, lead in enumerate(leads, 1)
    ]
    table(sheet, top + 10, rows)
    sheet.save()
    return path


def make_folder(folder: Path, file: Path = DOUBTED) -> Path:
    (folder / "inbox").mkdir(parents=True)
    shutil.copy(file, folder / "inbox")
    return extracted(folder)


def make_full_folder(folder: Path) -> Path:
    """A folder with a document for each test of a module, and the one that `make_folder` has."""
    (folder / "inbox").mkdir(parents=True)
    shutil.copy(DOUBTED, folder / "inbox")
    for n in range(1, _DRAWN + 1):
        path = folder / "inbox" / f"{_stem(n)}.pdf"
        draw_doubtful(path, 100 + n, f"Phòng Lạ Lùng {chr(ord('A') + n)}")
    return extracted(folder)


def _stem(number: int) -> str:
    return f"van-ban-{number:02d}"


def extracted(folder: Path) -> Path:
    extract([folder / "inbox"], folder / "out", quiet=True)
    publish(folder / "out")
    return folder
