"""Reading what waits, behind the pages: one file after the other, each in a process of its own."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct

from flows.isolate import BatchStoppedError, run_isolated
from flows.run import Run, job_of
from pipeline import readings
from pipeline.agencies import Office
from pipeline.dataset.names import assign_names
from pipeline.dataset.plans import write_outcome
from pipeline.dataset.store.database import reading
from pipeline.dataset.store.lists import find_document
from pipeline.dataset.store.write import known_entries
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.messages import failure_from
from pipeline.read.progress import watched
from pipeline.settings import Settings
from schemas.failure import Failure, FailureCode, PhulucError
from schemas.outcome import Outcome
from web.background.queue import Queue, Sent
from web.background.saving import Writer

_log = logging.getLogger(__name__)

_NOT_WRITTEN = (
    "Không ghi được kết quả; xem ổ đĩa còn chỗ không, rồi thử lại.",
    "What was read cannot be written; see whether the disk is full, then try again.",
)
_LOOK = 0.5  # seconds between looks at how far a document has come


class Again(Struct, frozen=True):
    """A document that must be read anew before it can be understood anew."""

    path: Path
    source_file: str
    sha256: str


class ReadingThread:
    """The thread that takes what waits; `office` gives the office as its files are then."""

    def __init__(  # noqa: PLR0913, PLR0917  what a reading takes
        self,
        out: Path,
        inbox: Path,
        queue: Queue,
        writer: Writer,
        store: sa.Engine,
        settings: Settings,
        office: Callable[[], Office],
    ) -> None:
        self._out, self._inbox, self._queue, self._writer = out, inbox, queue, writer
        self._store = store
        self._settings, self._office = settings, office
        self._again: deque[Again] = deque()
        self._anew: set[str] = set()  # contents that are being read anew, or wait for it
        self._awake = threading.Event()
        self._ended = False
        # Not waited for at the end: a document that is being read then waits in the queue.
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin with what waits."""
        self._thread.start()

    def wake(self) -> None:
        """Say that something waits."""
        self._awake.set()

    def read_again(self, again: Again) -> None:
        """Read a document whose reading is not kept any more; what waits for it already counts."""
        if again not in self._again:
            self._again.append(again)
        self._anew.add(again.sha256)
        self.wake()

    def reads_again(self, sha256: str) -> bool:
        """Whether a content is being read anew, or waits for it."""
        return sha256 in self._anew

    def stop(self) -> None:
        """Take nothing more."""
        self._ended = True
        self._awake.set()

    def _run(self) -> None:
        while not self._ended:
            self._awake.clear()
            while not self._ended and self._reads_next():
                pass
            self._awake.wait()

    def _reads_next(self) -> bool:
        """Read one document: somebody waits before the page for one that is read anew."""
        if self._again:
            self._read_once_more(self._again.popleft())
            return True
        sent = self._queue.take()
        if sent is not None:
            self._read_one(sent)
        return sent is not None

    def _read_once_more(self, again: Again) -> None:
        job = self._job(again.path, again.source_file, again.sha256)
        ended = partial(self._anew.discard, again.sha256)
        try:
            outcome = run_isolated(extract_document, job)
        except BatchStoppedError:
            return
        if outcome.plan is None:
            ended()
        elif not self._ended:
            put = partial(self._put, again.source_file, again.sha256, outcome)
            self._writer.call(put, ended, ended)

    def _put(self, source_file: str, sha256: str, outcome: Outcome) -> None:
        """Write what became of a file, and give way to it; the folder is held."""
        with reading(self._store) as connection:
            known = known_entries(connection, self._out)
        names = assign_names([(source_file, sha256)], self._out, known)
        write_outcome(self._out, names[source_file], outcome)

    def _job(self, path: Path, source_file: str, sha256: str) -> Job:
        run = Run(self._out, self._settings, self._office())
        return job_of(run, path, source_file, sha256)

    def _read_one(self, sent: Sent) -> None:
        if self._is_read(sent.sha256):
            self._queue.settle(sent.number, "done")
            return
        try:
            outcome = self._outcome(sent)
        except BatchStoppedError:
            return
        except Exception as error:
            _log.exception("%s could not be read", sent.name)
            internal = PhulucError(FailureCode.INTERNAL, stage="read", reason=repr(error))
            self._settle_failed(sent, failure_from(internal, sent.name))
            return
        if self._ended:
            return
        self._writer.call(
            partial(self._put, sent.name, sent.sha256, outcome),
            partial(self._settle, sent, outcome),
            partial(self._queue.settle, sent.number, "failed", _NOT_WRITTEN),
        )

    def _is_read(self, sha256: str) -> bool:
        """Whether a batch over the same folder was faster."""
        with reading(self._store) as connection:
            return find_document(connection, sha256=sha256) is not None

    def _outcome(self, sent: Sent) -> Outcome:
        path = self._inbox / sent.name
        progress = self._out / readings.FOLDER / "progress" / f"{sent.number}"
        progress.parent.mkdir(parents=True, exist_ok=True)
        job = self._job(path, sent.name, sent.sha256)
        ended = threading.Event()
        watch = threading.Thread(target=self._watch, args=(sent.number, progress, ended))
        watch.start()
        try:
            return run_isolated(partial(run_watched, progress), job)
        finally:
            ended.set()
            watch.join()
            progress.unlink(missing_ok=True)

    def _watch(self, number: int, progress: Path, ended: threading.Event) -> None:
        last = ""
        while not ended.wait(_LOOK):
            try:
                said = progress.read_text()
            except OSError:
                continue
            if said != last and said.count(" ") == 1:
                last = said
                page, pages = map(int, said.split())
                self._queue.progress(number, page, pages)

    def _settle(self, sent: Sent, outcome: Outcome) -> None:
        if outcome.plan is not None:
            pages = outcome.plan.document.pages
            self._queue.progress(sent.number, pages, pages)
            self._queue.settle(sent.number, "done")
        elif outcome.failure is not None:
            self._settle_failed(sent, outcome.failure)

    def _settle_failed(self, sent: Sent, failure: Failure) -> None:
        texts = (f"{failure.message_vi}\n{failure.hint_vi}", f"{failure.message}\n{failure.hint}")
        self._queue.settle(sent.number, "failed", texts)


def run_watched(progress: Path, job: Job) -> Outcome:
    """Do the job; how many pages are read, and of how many, stands in the file `progress`."""
    with watched(lambda done, pages: _note(progress, done, pages)):
        return extract_document(job)


def _note(progress: Path, done: int, pages: int) -> None:
    progress.write_text(f"{done} {pages}")
