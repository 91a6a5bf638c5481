"""The tools that are compared: how each is run on a file, and what it finds, time and memory."""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.benchmarks.environment import ENVIRONMENT, SIDE_BY_SIDE
from tests.benchmarks.measure.content import content_tally
from tests.benchmarks.measure.documents import DIGITAL, CorpusDocument
from tests.benchmarks.measure.tally import Tally
from tests.benchmarks.memory import Used, run_measured
from tests.benchmarks.peers.glue import items_of
from tests.benchmarks.provenance import ROOT

OURS, RAW = "phuluc", "tesseract"
# Those that read no text but a text layer have nothing to say of scans.
_DIGITAL_ONLY = ("pdfplumber", "camelot")
PEERS = (*_DIGITAL_ONLY, "img2table")
_ENVIRONMENT = {**ENVIRONMENT, "PYTHONPATH": str(ROOT)}
_CHILD = Path(__file__).with_name("child.py")


class Result(Struct, frozen=True):
    """What a tool made of a file: counts against gold (None: it is run for time), time, memory.

    A tool that failed has found nothing.
    """

    tool: str
    document: CorpusDocument
    tally: Tally | None
    used: Used


def tools_for(document: CorpusDocument) -> tuple[str, ...]:
    """Return the tools that can read a document, in the order in which they are run."""
    if document.grade == DIGITAL:
        return (*PEERS, OURS)
    return (RAW, *(peer for peer in PEERS if peer not in _DIGITAL_ONLY), OURS)


def run_tool(tool: str, document: CorpusDocument, venv: Path) -> Result:
    """Run one tool on one document."""
    with tempfile.TemporaryDirectory() as name:
        used, plan = _RUN.get(tool, _peer)(tool, document, venv, Path(name))
    if plan is None:
        return Result(tool, document, None, used)
    about = Tally(documents=1, failed=bool(used.failure), pages=document.gold()["page_count"])
    return Result(tool, document, about + content_tally(document.gold(), plan), used)


Plan = Mapping[str, Any]


def _peer(
    tool: str, document: CorpusDocument, venv: Path, folder: Path
) -> tuple[Used, Plan | None]:
    out = folder / "tables.json"
    python = venv / "bin" / "python"
    used = _measured([str(python), str(_CHILD), tool, str(document.path), str(out)])
    if used.failure:
        return used, {}
    return used, items_of(json.loads(out.read_text(encoding="utf-8")), document.gold())


def _ours(_: str, document: CorpusDocument, __: Path, folder: Path) -> tuple[Used, Plan | None]:
    code = "from flows.entry import main; main()"
    used = _measured(
        [sys.executable, "-c", code, "extract", str(document.path), "--out", str(folder), "--quiet"]
    )
    written = list((folder / "plans").glob("*.json"))
    plan: Plan = json.loads(written[0].read_text(encoding="utf-8")) if written else {}
    return used, plan


def _raw(_: str, document: CorpusDocument, __: Path, folder: Path) -> tuple[Used, Plan | None]:
    """Tesseract on the pages, rendered beforehand, two at a time, by xargs: for time alone."""
    from pipeline.settings import Settings  # noqa: PLC0415
    from tests.benchmarks.speed import render  # noqa: PLC0415

    images = render(document.path, folder)
    listed = folder / "images.txt"
    listed.write_text("".join(f"{i.path} --dpi {i.dpi}\n" for i in images), encoding="utf-8")
    options = f"stdout -l {Settings.of_environment().ocr_language} --psm 6"
    command = f'set -- $0; tesseract "$1" {options} "$2" "$3" >"$1.txt"'
    return _measured(
        ["xargs", "-a", str(listed), "-d", "\\n", "-n1", f"-P{SIDE_BY_SIDE}", "sh", "-c", command]
    ), None


_RUN: dict[str, Callable[[str, CorpusDocument, Path, Path], tuple[Used, Plan | None]]] = {
    OURS: _ours,
    RAW: _raw,
}


def _measured(command: list[str]) -> Used:
    return run_measured(command, ROOT, _ENVIRONMENT)
