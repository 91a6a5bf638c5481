"""Documents as the pages show them: their rows from the database, their plans from their files."""

import threading
from collections import OrderedDict
from pathlib import Path

import sqlalchemy as sa

from pipeline.dataset.names import PLANS, plan_path
from pipeline.dataset.plans import read_plan
from pipeline.dataset.review import review_plan
from pipeline.dataset.rows import document_row
from pipeline.dataset.store.database import reading
from pipeline.dataset.store.lists import Held, find_document
from schemas.plan import Plan

_IN_MEMORY = 6  # whole plans; a long one takes some megabytes


class Library:
    """The documents of one output folder. A plan that was just made may be ahead of its file."""

    def __init__(self, out: Path, store: sa.Engine) -> None:
        self._out, self._store = out, store
        self._lock = threading.Lock()
        self._plans: OrderedDict[str, tuple[tuple[int, int], Plan]] = OrderedDict()
        self._ahead: dict[str, tuple[str, Plan]] = {}

    def find(self, document_id: str) -> Held | None:
        """Return the document of that id, None where there is none."""
        with self._lock:
            ahead = self._ahead.get(document_id)
        if ahead is not None:
            return _held(*ahead)
        with reading(self._store) as connection:
            return find_document(connection, document_id=document_id)

    def of_content(self, sha256: str) -> Held | None:
        """Return the document of that content, None where there is none."""
        with reading(self._store) as connection:
            return find_document(connection, sha256=sha256)

    def source_of(self, sha256: str) -> str | None:
        """Return the name of the file from which a content was read, None for an unknown one."""
        held = self.of_content(sha256)
        return None if held is None else held.row.source_file

    def plan(self, held: Held) -> Plan:
        """Return the whole plan of a document; raises OSError, ValueError if it is gone."""
        path = plan_path(self._out, held.name)
        with self._lock:
            if held.id in self._ahead:
                return self._ahead[held.id][1]
            status = path.stat()
            stamp = status.st_mtime_ns, status.st_size
            known = self._plans.get(held.name)
            if known is not None and known[0] == stamp:
                self._plans.move_to_end(held.name)
                return known[1]
        plan = read_plan(path)
        with self._lock:
            self._plans[held.name] = (stamp, plan)
            while len(self._plans) > _IN_MEMORY:
                self._plans.popitem(last=False)
        return plan

    def show(self, name: str, plan: Plan) -> None:
        """Show a plan that is not yet in its file."""
        with self._lock:
            self._ahead[plan.document.id] = name, plan

    def written(self, plan: Plan) -> None:
        """Say that a plan is in its file and the database, unless a newer one is shown already."""
        with self._lock:
            if self._ahead.get(plan.document.id, ("", None))[1] is plan:
                del self._ahead[plan.document.id]


def _held(name: str, plan: Plan) -> Held:
    return Held(f"{PLANS}/{name}.json", document_row(plan), sum(1 for _ in review_plan(plan)))
