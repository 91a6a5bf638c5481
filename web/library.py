"""What lies in the output folder, as the pages show it; read again when it changes."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from pipeline.dataset.plans import plan_files, read_failures, read_plan
from pipeline.dataset.review import review_plan, worst_first
from pipeline.dataset.rows import BETWEEN, rows_of
from pipeline.language.text import bare
from schemas.dataset import DocumentRow, ItemRow, ReviewRow
from schemas.failure import Failure
from schemas.plan import Plan

_IN_MEMORY = 12  # whole plans; a long one takes some megabytes


class Held(Struct, frozen=True):
    """One document: its rows in the tables of the dataset. `name` is that of its plan's file."""

    name: str
    stamp: tuple[int, int]
    row: DocumentRow
    items: tuple[ItemRow, ...]
    review: tuple[ReviewRow, ...]
    words: str  # what it is found by, without tones

    @property
    def id(self) -> str:
        """Stable id, from the file's content."""
        return self.row.document_id

    @property
    def flags(self) -> list[str]:
        """What a reader should know of the document, as codes."""
        return self.row.flags.split(BETWEEN) if self.row.flags else []


class Library:
    """The plans of one output folder. A plan that was just made may be ahead of its file."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._lock = threading.Lock()
        self._held: dict[str, Held] = {}
        self._plans: OrderedDict[str, tuple[tuple[int, int], Plan]] = OrderedDict()
        self._ahead: dict[str, Plan] = {}

    def documents(self) -> list[Held]:
        """Return all documents in the order of their source files."""
        with self._lock:
            self._refresh()
            return sorted(self._held.values(), key=lambda held: held.row.source_file)

    def find(self, document_id: str) -> Held | None:
        """Return the document of that id, None where there is none."""
        return next((held for held in self.documents() if held.id == document_id), None)

    def plan(self, held: Held) -> Plan:
        """Return the whole plan of a document; raises OSError, ValueError if it is gone."""
        with self._lock:
            if held.id in self._ahead:
                return self._ahead[held.id]
            known = self._plans.get(held.name)
            if known is not None and known[0] == held.stamp:
                self._plans.move_to_end(held.name)
                return known[1]
            plan = read_plan(self._path(held.name))
            self._plans[held.name] = (held.stamp, plan)
            while len(self._plans) > _IN_MEMORY:
                self._plans.popitem(last=False)
            return plan

    def show(self, name: str, plan: Plan) -> None:
        """Show a plan that is not yet in its file."""
        with self._lock:
            self._ahead[plan.document.id] = plan
            stamp = self._held[name].stamp if name in self._held else (0, 0)
            self._held[name] = _held(name, stamp, plan)

    def written(self, plan: Plan) -> None:
        """Say that a plan lies in its file now, unless a newer one is shown already."""
        with self._lock:
            if self._ahead.get(plan.document.id) is plan:
                del self._ahead[plan.document.id]

    def failures(self) -> list[Failure]:
        """Return why files failed."""
        return list(read_failures(self.out))

    def _path(self, name: str) -> Path:
        return self.out / "plans" / f"{name}.json"

    def _refresh(self) -> None:
        seen: Mapping[str, tuple[int, int]] = {
            path.stem: (stat.st_mtime_ns, stat.st_size)
            for path in plan_files(self.out)
            if (stat := path.stat())
        }
        for name in self._held.keys() - seen.keys():
            del self._held[name]
        for name, stamp in seen.items():
            known = self._held.get(name)
            if known is not None and (known.stamp == stamp or known.id in self._ahead):
                continue
            try:
                self._held[name] = _held(name, stamp, read_plan(self._path(name)))
            except (OSError, ValueError):
                self._held.pop(name, None)  # review.csv says that it cannot be used


def _held(name: str, stamp: tuple[int, int], plan: Plan) -> Held:
    rows = rows_of(plan)
    (row,) = rows["documents"]
    document = plan.document
    return Held(
        name=name,
        stamp=stamp,
        row=row,  # type: ignore[arg-type]  # the rows of a table are of its model
        items=tuple(rows["items"]),  # type: ignore[arg-type]
        review=tuple(worst_first(review_plan(plan))),
        words=bare(f"{document.source_file} {document.unit} {document.title}"),
    )
