"""Writing what people said into the folder, as soon as nobody else writes there."""

import logging
import queue
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct

from pipeline.dataset.names import failure_path, plan_path
from pipeline.dataset.plans import write_outcome
from pipeline.dataset.store.fill import take_in
from pipeline.files.lock import FolderBusyError, one_writer
from schemas.outcome import Outcome
from web.background.publishing import Publisher
from web.state.library import Library

_log = logging.getLogger(__name__)

_LOOK = 5.0  # seconds between looks at whether the server ends while a batch holds the folder
_PATIENCE = 5.0  # seconds that a page waits for the database to follow
_AT_ONCE = 8  # changes taken into the database together: the first is seen before the last is made


class Change(Struct, frozen=True):
    """Something to write into the folder; `then` is done when the database has it.

    `work` returns at which paths within the folder results changed, None where it may be at any.
    Where it cannot be written, on a full disk, `failed` is done.
    """

    work: Callable[[], Collection[str] | None]
    then: Callable[[], object]
    failed: Callable[[], object]


class Writer:
    """Writes plans of one folder and takes them into the database, in a thread of its own."""

    def __init__(self, out: Path, store: sa.Engine, library: Library, publisher: Publisher) -> None:
        self._out, self._store, self._library = out, store, library
        self._publisher = publisher
        self._ended = False
        self._due: queue.Queue[Change | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write what comes."""
        self._thread.start()

    def stop(self) -> None:
        """Write what has come, then end; at once where a batch holds the folder."""
        self._ended = True
        self._due.put(None)
        self._thread.join()

    def write(self, name: str, outcome: Outcome) -> None:
        """Show a plan at once, and write it and the dataset when the folder is free."""
        plan = outcome.plan
        if plan is not None:
            self._library.show(name, plan)
        self.call(
            partial(self._put, name, outcome),
            lambda: None if plan is None else self._library.written(plan),
        )

    def _put(self, name: str, outcome: Outcome) -> list[str]:
        write_outcome(self._out, name, outcome)
        paths = plan_path(self._out, name), failure_path(self._out, name, outcome.source_file)
        return [path.relative_to(self._out).as_posix() for path in paths]

    def note_said(self) -> None:
        """Have the database note what somebody said where that changes no plan."""
        self.call(tuple)

    def call(
        self,
        work: Callable[[], Collection[str] | None],
        then: Callable[[], object] = lambda: None,
        failed: Callable[[], object] = lambda: None,
    ) -> None:
        """Do some other writing into the folder in its turn (see `Change`)."""
        self._due.put(Change(work, then, failed))

    def wait(self) -> None:
        """Return when the database has all that has come, or in five seconds: a batch may be on."""
        taken_in = threading.Event()
        self.call(tuple, taken_in.set)
        taken_in.wait(_PATIENCE)

    def _run(self) -> None:
        ended = False
        while not ended:
            due = [self._due.get()]
            while len(due) < _AT_ONCE and not self._due.empty():
                due.append(self._due.get())
            ended = None in due
            self._write([each for each in due if each is not None])

    def _write(self, due: list[Change]) -> None:
        while due:
            try:
                with one_writer(self._out, seconds=_LOOK):
                    done, paths = self._do(due)
                    take_in(self._store, self._out, paths)
            except FolderBusyError:
                if self._ended:
                    return  # what people said is in the log; the batch takes it in
                continue
            except (OSError, sa.exc.SQLAlchemyError):
                _log.exception("what was saved is not yet in the dataset")
                return
            for each in done:
                each.then()
            self._publisher.wake()
            return

    @staticmethod
    def _do(due: Sequence[Change]) -> tuple[list[Change], set[str] | None]:
        """Do the work; returns whose work is done, and at which paths (None: it may be any)."""
        done: list[Change] = []
        paths: set[str] | None = set()
        for change in due:
            try:
                written = change.work()
            except OSError:
                _log.exception("what was saved could not be written")
                change.failed()
                written = None
            else:
                done.append(change)
            paths = None if paths is None or written is None else paths.union(written)
        return done, paths
