"""Writing what people said into the folder, as soon as nobody else writes there."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from pipeline.dataset.plans import write_outcome
from pipeline.dataset.publish import publish
from pipeline.files.lock import FolderBusyError, one_writer
from schemas.outcome import Outcome
from web.library import Library

_log = logging.getLogger(__name__)

_PATIENCE = 3600.0  # seconds that a nightly batch may hold the folder


class Writer:
    """Writes plans and the dataset of one folder, one after the other, in a thread of its own."""

    def __init__(self, out: Path, library: Library, database: str | None) -> None:
        self._out, self._library, self._database = out, library, database
        self._due: queue.Queue[tuple[str, Outcome] | Callable[[], None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write what comes."""
        self._thread.start()

    def stop(self) -> None:
        """Write what has come, then end."""
        self._due.put(None)
        self._thread.join()

    def write(self, name: str, outcome: Outcome) -> None:
        """Show a plan at once, and write it and the dataset when the folder is free."""
        if outcome.plan is not None:
            self._library.show(name, outcome.plan)
        self._due.put((name, outcome))

    def call(self, work: Callable[[], None]) -> None:
        """Do some other writing into the folder in its turn."""
        self._due.put(work)

    def _run(self) -> None:
        while (first := self._due.get()) is not None:
            due = [first]
            ended = False
            while not self._due.empty():
                more = self._due.get()
                if more is None:
                    ended = True
                    break
                due.append(more)
            self._write(due)
            if ended:
                return

    def _write(self, due: list[tuple[str, Outcome] | Callable[[], None]]) -> None:
        try:
            with one_writer(self._out, seconds=_PATIENCE):
                for each in due:
                    if callable(each):
                        each()
                    else:
                        self._put(*each)
                publish(self._out, self._database)
        except (OSError, FolderBusyError):
            _log.exception("what was saved is in the log and not yet in the dataset")

    def _put(self, name: str, outcome: Outcome) -> None:
        write_outcome(self._out, name, outcome)
        if outcome.plan is not None:
            self._library.written(outcome.plan)
