"""One document, one process: a crash, a hang or a memory bomb costs that document and no other.

The child is forked from a server that has the imports done, leads a session of its own (so that
Tesseract and whatever else it started can be ended with it), may take only so much memory and
time, and hands back the outcome as JSON. Documents of which no foreign file has to be parsed, since
their readings are kept, may share one: a child of its own costs each 0.15 s.
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
    "pipeline.read.ocr.engines",
    "pipeline.read.scan.page",
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


class _Child(Struct, frozen=True, eq=False):
    """A process that does what comes through the pipe, and ends when the pipe is closed."""

    process: ForkServerProcess
    pipe: Connection
    limits: Limits


class _Children:
    """The children that run now, so that an interrupted batch can end them.

    Also the lock under which `multiprocessing` may be called: starting a process reaps others,
    and two threads that reap the same one take each other's exit status.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: set[_Child] = set()
        self.idle: list[_Child] = []  # those that may be given a further job
        self.sharing = False  # within `children`
        self.stopping = False


_children = _Children()


def warm_up() -> None:
    """Start the server with its imports, so that they run beside whatever comes next."""
    multiprocessing.forkserver.ensure_running()


def run_isolated(
    work: Work, job: Job, limits: Limits | None = None, *, shared: bool = False
) -> Outcome:
    """Return what `work(job)` returns, computed in a child process.

    `work` must be importable by name. Where the child dies, overruns its time or its memory, the
    outcome is a failure with code `crashed`, `timeout` or `too_large`. A `shared` child may have
    done other jobs so before, within `children`; after one that is not shared it ends. Raises
    BatchStoppedError where `children` was left meanwhile.
    """
    limits = limits or Limits()
    child = (_take(limits) if shared else None) or _start(limits)
    ready, answer = False, None
    try:
        child.pipe.send((work, job))
        ready = child.pipe.poll(limits.seconds)
        answer = child.pipe.recv_bytes() if ready else None
    except (EOFError, OSError):
        ready = True  # the child ended before it had said everything
    finally:
        if answer is None or not (shared and _put_back(child)):
            _end(child)
    if _children.stopping:
        raise BatchStoppedError
    if answer is not None:
        return Outcome.model_validate_json(answer)
    error = _why(child) if ready else _timeout(limits)
    failure = failure_from(error, job.source_file)
    return Outcome(source_file=job.source_file, sha256=job.sha256, failure=failure)


@contextmanager
def children() -> Iterator[None]:
    """Within it children may run; if it is left by an exception, all are ended and none starts."""
    _children.stopping = False
    _children.sharing = True
    try:
        yield
    except BaseException:
        with _children.lock:
            _children.stopping = True
            for child in _children.running:
                _kill(child.process)
        raise
    finally:
        with _children.lock:
            _children.sharing = False
            idle, _children.idle = _children.idle, []
        for child in idle:
            _end(child)


def _start(limits: Limits) -> _Child:
    pipe, theirs = _context.Pipe()
    with theirs:
        process = _context.Process(target=_serve, args=(theirs, limits))
        child = _Child(process, pipe, limits)
        with _children.lock:
            if _children.stopping:
                raise BatchStoppedError
            process.start()
            _children.running.add(child)
    return child


def _take(limits: Limits) -> _Child | None:
    """A child that has done a shared job under these limits and waits, if there is one."""
    with _children.lock:
        for child in _children.idle:
            if child.limits == limits:
                _children.idle.remove(child)
                return child
    return None


def _put_back(child: _Child) -> bool:
    """Keep a child for further jobs; whether that may be."""
    with _children.lock:
        if _children.sharing:
            _children.idle.append(child)
        return _children.sharing


def _end(child: _Child) -> None:
    """End the child and all that it started, and wait for it."""
    child.pipe.close()
    # It has said its last word, or will not: a second to leave by itself, so that its exit status
    # is its own and not that of the kill.
    wait([child.process.sentinel], timeout=_LEAVE)
    with _children.lock:
        _kill(child.process)
    wait([child.process.sentinel])
    with _children.lock:
        child.process.join()
        _children.running.discard(child)


def _kill(process: ForkServerProcess) -> None:
    if process.pid is not None:
        end_session(process.pid)
    if not wait([process.sentinel], timeout=0):
        process.kill()  # should it not have come so far as to lead a session of its own


def _timeout(limits: Limits) -> PhulucError:
    return PhulucError(FailureCode.TIMEOUT, stage="read", seconds=round(limits.seconds))


def _why(child: _Child) -> PhulucError:
    status = child.process.exitcode or 0
    if status == _NO_MEMORY:
        megabytes = child.limits.memory // 2**20
        return PhulucError(FailureCode.TOO_LARGE, stage="read", megabytes=megabytes)
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return PhulucError(FailureCode.CRASHED, stage="read", reason=how)


def _serve(pipe: Connection, limits: Limits) -> None:
    """What a child does until nobody has anything for it any more."""
    lead_session_until_parent_ends()
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    while True:
        try:
            work, job = pipe.recv()
        except EOFError:
            return
        try:
            answer = work(job).model_dump_json().encode()
        except MemoryError:
            os._exit(_NO_MEMORY)
        pipe.send_bytes(answer)
