"""One document, one process: a crash, a hang or a memory bomb costs that document and no other.

The child is forked from a server that has the imports done, leads a session of its own (so that
Tesseract and whatever else it started can be ended with it), may take only so much memory and
time, and hands back the outcome as JSON.
"""

import multiprocessing
import multiprocessing.forkserver
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess

from msgspec import Struct

from flows.processes import end_session, lead_session_until_parent_ends
from pipeline.job import Job
from pipeline.messages import failure_from
from schemas.failure import FailureCode, PhulucError
from schemas.outcome import Outcome

Work = Callable[[Job], Outcome]

_LEAVE = 1.0  # seconds
_NO_MEMORY = 77  # the child's exit status where it ran out of the memory that it may have
# flows.cli is what every child imports again as its main module; the rest is what reading and
# understanding need.
_PRELOAD = [
    "flows.cli",
    "flows.isolate",
    "pipeline.extract",
    "flows.warm",
    "cv2",
    "pdfplumber",
    "pypdfium2",
    "rapidfuzz",
]

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_PRELOAD)


class Limits(Struct, frozen=True):
    """What one document may take: seconds of wall-clock time, bytes of address space."""

    seconds: float = 1800
    memory: int = 4 * 2**30


class BatchStoppedError(Exception):
    """The batch was interrupted; nothing is known about this document."""


class _Task(Struct, frozen=True):
    """What a child is told to do."""

    work: Work
    job: Job
    limits: Limits


class _Children:
    """The processes that run now, so that an interrupted batch can end them.

    Also the lock under which `multiprocessing` may be called: starting a process reaps others,
    and two threads that reap the same one take each other's exit status.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: set[ForkServerProcess] = set()
        self.stopping = False


_children = _Children()


def warm_up() -> None:
    """Start the server with its imports, so that they run beside whatever comes next."""
    multiprocessing.forkserver.ensure_running()


def run_isolated(work: Work, job: Job, limits: Limits | None = None) -> Outcome:
    """Return what `work(job)` returns, computed in a child process.

    `work` must be importable by name. Where the child dies, overruns its time or its memory, the
    outcome is a failure with code `crashed`, `timeout` or `too_large`. Raises BatchStoppedError
    where `children` was left meanwhile.
    """
    task = _Task(work, job, limits or Limits())
    receiver, sender = _context.Pipe(duplex=False)
    with receiver:
        with sender:
            process = _start(sender, task)
        try:
            ready = wait([receiver], timeout=task.limits.seconds)
            answer = _receive(receiver) if ready else None
        finally:
            _end(process)
    if _children.stopping:
        raise BatchStoppedError
    if answer is not None:
        return Outcome.model_validate_json(answer)
    error = _why(process, task.limits) if ready else _timeout(task.limits)
    failure = failure_from(error, job.source_file)
    return Outcome(source_file=job.source_file, sha256=job.sha256, failure=failure)


@contextmanager
def children() -> Iterator[None]:
    """Within it children may run; if it is left by an exception, all are ended and none starts."""
    _children.stopping = False
    try:
        yield
    except BaseException:
        with _children.lock:
            _children.stopping = True
            for process in _children.running:
                _kill(process)
        raise


def _start(sender: Connection, task: _Task) -> ForkServerProcess:
    process = _context.Process(target=_child, args=(sender, task))
    with _children.lock:
        if _children.stopping:
            raise BatchStoppedError
        process.start()
        _children.running.add(process)
    return process


def _receive(receiver: Connection) -> bytes | None:
    try:
        return receiver.recv_bytes()
    except (EOFError, OSError):
        return None  # the child ended before it had said everything


def _end(process: ForkServerProcess) -> None:
    """End the child and all that it started, and wait for it."""
    # It has said its last word, or will not: a second to leave by itself, so that its exit status
    # is its own and not that of the kill.
    wait([process.sentinel], timeout=_LEAVE)
    with _children.lock:
        _kill(process)
    wait([process.sentinel])
    with _children.lock:
        process.join()
        _children.running.discard(process)


def _kill(process: ForkServerProcess) -> None:
    if process.pid is not None:
        end_session(process.pid)
    if not wait([process.sentinel], timeout=0):
        process.kill()  # should it not have come so far as to lead a session of its own


def _timeout(limits: Limits) -> PhulucError:
    return PhulucError(FailureCode.TIMEOUT, stage="read", seconds=round(limits.seconds))


def _why(process: ForkServerProcess, limits: Limits) -> PhulucError:
    status = process.exitcode or 0
    if status == _NO_MEMORY:
        return PhulucError(FailureCode.TOO_LARGE, stage="read", megabytes=limits.memory // 2**20)
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return PhulucError(FailureCode.CRASHED, stage="read", reason=how)


def _child(sender: Connection, task: _Task) -> None:
    lead_session_until_parent_ends()
    resource.setrlimit(resource.RLIMIT_AS, (task.limits.memory, task.limits.memory))
    try:
        answer = task.work(task.job).model_dump_json().encode()
    except MemoryError:
        os._exit(_NO_MEMORY)
    sender.send_bytes(answer)
