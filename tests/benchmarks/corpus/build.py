"""Builds the corpus: composes, lays out, scans, and writes gold beside each document."""

import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
from msgspec import Struct
from msgspec.structs import replace

from tests.benchmarks.corpus import compose, convert, scan, truth, word
from tests.benchmarks.corpus.layouts import Layout, load_layouts
from tests.benchmarks.corpus.model import Plan
from tests.benchmarks.corpus.rows import Style, draw_style

DIGITAL = "digital"
GRADES = (DIGITAL, *scan.GRADES)
LAID_OUT_AT_ONCE = 40


class Job(Struct, frozen=True):
    """One document to be made. Its name says layout and grade; the rest follows from the seed."""

    number: int
    seed: int
    layout: str
    grade: str
    repeat_header: bool

    @property
    def name(self) -> str:
        """File name without suffix."""
        header = "-rh" if self.repeat_header else ""
        return f"{self.number:03}-{self.layout}{header}-{self.grade}"


def jobs(seed: int, count: int | None, layouts: Sequence[str], grades: Sequence[str]) -> list[Job]:
    """Return the documents to make: by default every layout in every grade once.

    Layouts change fastest and the grade moves with them, so that few documents cover much. The
    header is repeated in every other round of a layout.
    """
    made = []
    total = len(layouts) * len(grades) if count is None else count
    for number in range(total):
        turn, at = divmod(number, len(layouts))
        kind = (at + turn) % len(grades)
        repeat = (at + kind + turn // len(grades)) % 2 == 1
        made.append(Job(number, seed, layouts[at], grades[kind], repeat))
    return made


def jobs_of(
    seed: int, count: int | None, layouts: Sequence[str], grades: Sequence[str]
) -> list[Job]:
    """Return the documents with plans, and after them those with tables that hold no tasks.

    So the documents of a seed stay what they are, however many such tables are added.
    """
    plans = [name for name in layouts if not _holds_others(load_layouts()[name])]
    rest = [name for name in layouts if name not in plans]
    made = jobs(seed, count, plans, grades) if plans else []
    others = jobs(seed, None, rest, grades) if rest and count is None else []
    return [*made, *(replace(job, number=len(made) + job.number) for job in others)]


def _holds_others(layout: Layout) -> bool:
    second = load_layouts()[layout.second] if layout.second else layout
    return "other" in (layout.form, second.form)


def build(todo: Sequence[Job], out: Path) -> None:
    """Make the documents into `out`: <name>.pdf and <name>.gold.json.

    Raises `convert.ConversionError` where LibreOffice is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    queue = iter(todo)
    while part := list(islice(queue, LAID_OUT_AT_ONCE)):
        with tempfile.TemporaryDirectory() as folder:
            _build_part(part, Path(folder), out)


def _build_part(part: Sequence[Job], folder: Path, out: Path) -> None:
    written = [_write(job, folder) for job in part]
    pages = convert.convert([folder / f"{job.name}.docx" for job in part], folder)
    for job, (plan, styles), laid_out in zip(part, written, pages, strict=True):
        marks = convert.take_marks(laid_out)
        with pypdfium2.PdfDocument(laid_out) as document:
            count = len(document)
        about: dict[str, Any] = {
            "layout": job.layout,
            "grade": job.grade,
            "repeat_header": job.repeat_header,
        }
        target = out / f"{job.name}.pdf"
        if job.grade == DIGITAL:
            shutil.copyfile(laid_out, target)
        else:
            noise_seed = _generator(job, "scan").getrandbits(32)
            about["scan"] = scan.scan(laid_out, target, scan.GRADES[job.grade], noise_seed)
        gold = truth.gold(plan, styles, marks, about | {"page_count": count})
        text = json.dumps(gold, ensure_ascii=False, indent=1)
        (out / f"{job.name}.gold.json").write_text(text + "\n", encoding="utf-8")


def _write(job: Job, folder: Path) -> tuple[Plan, list[Style]]:
    plan = compose.compose(load_layouts()[job.layout], _generator(job, "content"))
    rng = _generator(job, "style")
    styles = [draw_style(rng, load_layouts()[appendix.layout]) for appendix in plan.appendices]
    path = folder / f"{job.name}.docx"
    word.write_docx(plan, styles, rng, path, repeat=job.repeat_header)
    return plan, styles


def _generator(job: Job, purpose: str) -> random.Random:
    """Return a generator of its own, so that a change in one place leaves the others alone."""
    return random.Random(f"{job.seed}/{job.name}/{purpose}")
