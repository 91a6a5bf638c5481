"""Work side by side, in forked workers: on all cores, and safe from each other.

Python alone runs on one core however many threads it has, and a library that dies or hangs in the
middle of a page takes its process along. A worker is forked from this process in a millisecond,
shares the memory of what is loaded already, and is all that a bad page can cost.
"""

import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Generic, NoReturn, TypeVar, cast

_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")

# Starting a worker and taking over what it made costs as much as reading some digital pages.
_LEAST_PART = 8


class WorkerFailedError(Exception):
    """A worker died over an item, or took too long for it (`overran`)."""

    def __init__(self, item: Any, reason: str, *, overran: bool = False) -> None:
        self.item = item
        self.reason = reason
        self.overran = overran
        super().__init__(f"{item}: {reason}")


def map_parts(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], workers: int
) -> list[Result]:
    """Return `work(items)`, done in up to `workers` parts side by side, in order.

    For many short items; the first part is done here. `work` must treat each item by itself, call
    no library that runs threads, and return what can be pickled. A part whose worker fails is done
    again here, so that errors are raised as if there were no workers.
    """
    count = min(workers, -(-len(items) // _LEAST_PART))
    if count < 2 or not hasattr(os, "fork"):
        return work(items)
    size = -(-len(items) // count)
    first, *rest = (items[i : i + size] for i in range(0, len(items), size))
    helpers = [Worker(work) for _ in rest]
    try:
        for helper, part in zip(helpers, rest, strict=True):
            helper.give(part)
        done = work(first)
        for helper, part in zip(helpers, rest, strict=True):
            try:
                done += helper.result()
            except Exception:
                _log.warning("a worker failed", exc_info=True)
                done += work(part)
    finally:
        for helper in helpers:
            helper.end()
    return done


def map_ahead(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[Result]:
    """Yield `work(item)` of each item in order; workers go ahead while results are made use of.

    Each holds one result that is not asked for yet, however many items there are. A single item is
    done here, and so is one whose worker fails, so that errors are raised as if there were none.
    """
    if len(items) < 2 or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    crew = [Worker(work) for _ in items[:workers]]
    try:
        for worker, item in zip(crew, items, strict=False):
            worker.give(item)
        for index, item in enumerate(items):
            worker = crew[index % len(crew)]
            try:
                result = worker.result()
            except WorkerFailedError:
                _log.warning("a worker failed", exc_info=True)
                worker.end()
                worker = crew[index % len(crew)] = Worker(work)
                result = work(item)
            if index + len(crew) < len(items):
                worker.give(items[index + len(crew)])
            yield result
    finally:
        for worker in crew:
            worker.end()


def map_items(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int,
    *,
    seconds: float,
    told: Callable[[int], None] = lambda _: None,
) -> list[Result]:
    """Return `work(item)` of each item in order, done by up to `workers` workers: for long ones.

    Each worker takes the next item when it has done one, and may take `seconds` for it. What `work`
    raises is raised here, and WorkerFailedError where a worker dies or overruns its time; then all
    are ended. `told` is called with the number of items done each time that one is.
    """
    if not hasattr(os, "fork"):
        return [work(item) for item in items]
    waiting = deque(enumerate(items))
    done: dict[int, Result] = {}
    crew = {(worker := Worker(work)).pipe: worker for _ in items[:workers]}
    busy: dict[Connection, tuple[int, float]] = {}  # which item, and until when
    try:
        while True:
            for pipe, worker in crew.items():
                if pipe not in busy and waiting:
                    index, item = waiting.popleft()
                    worker.give(item)
                    busy[pipe] = index, time.monotonic() + seconds
            if not busy:
                return [done[index] for index in range(len(items))]
            first = min(until for _, until in busy.values())
            ready = cast(list[Connection], wait(busy, max(0.0, first - time.monotonic())))
            for pipe in ready:
                index, _ = busy.pop(pipe)
                done[index] = crew[pipe].result()
                told(len(done))
            for index, until in busy.values():
                if not ready and until <= time.monotonic():
                    raise WorkerFailedError(items[index], f"over {seconds} s", overran=True)
    finally:
        for worker in crew.values():
            worker.end()


class Worker(Generic[Item, Result]):
    """A process forked from this one that does to each item what `work` says.

    It first does what is to be done `beforehand`, if anything, and ends when this process does.
    """

    def __init__(
        self, work: Callable[[Item], Result], beforehand: Callable[[], object] = lambda: None
    ) -> None:
        self.pipe, theirs = Pipe()
        self._item: Item | None = None
        self._pid = os.fork()
        if self._pid == 0:
            # Else it would never be told that nobody has anything for it any more.
            self.pipe.close()
            _serve(theirs, work, beforehand)
        theirs.close()

    def give(self, item: Item) -> None:
        """Let it begin with an item; that it has died is told by `result`."""
        self._item = item
        with suppress(ConnectionError):
            self.pipe.send(item)

    def result(self) -> Result:
        """What it has made of the item; raises what `work` raised, WorkerFailedError if it died."""
        try:
            made, error = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise WorkerFailedError(self._item, self._death()) from None
        if error is not None:
            raise error
        return cast(Result, made)

    def _death(self) -> str:
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        code = os.waitstatus_to_exitcode(status)
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"

    def end(self) -> None:
        """Make sure that the worker is gone."""
        self.pipe.close()
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _serve(
    pipe: Connection, work: Callable[[Item], Result], beforehand: Callable[[], object]
) -> NoReturn:
    """What a worker does until nobody has anything for it any more."""
    # Not `sys.exit`: what is to be written or done at the end of the process is not a worker's.
    try:
        beforehand()
        while True:
            item = pipe.recv()
            answer: tuple[Result | None, Exception | None]
            try:
                answer = work(item), None
            except Exception as error:
                answer = None, error
            try:
                pipe.send(answer)
            except (TypeError, AttributeError, ValueError) as error:  # cannot be pickled
                pipe.send((None, RuntimeError(f"{answer!r}: {error}")))
    except BaseException:
        os._exit(1)
