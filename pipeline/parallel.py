"""Work side by side, in forked copies of this process: on all cores, and safe from each other.

Python alone runs on one core however many threads it has, and a library that dies or hangs in the
middle of a page takes its process along. A copy is forked in a millisecond, shares the memory of
what is loaded already, and is all that a bad page can cost.
"""

import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Generic, NoReturn, TypeVar, cast

_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")

# Starting a copy and taking over what it made costs as much as reading some digital pages, and
# what is done meanwhile as much as more of them.
_LEAST_PART = 8
_MEANWHILE = 8


class CopyFailedError(Exception):
    """A copy died over an item, or took too long for it (`overran`)."""

    def __init__(self, item: Any, reason: str, *, overran: bool = False) -> None:
        self.item = item
        self.reason = reason
        self.overran = overran
        super().__init__(f"{item}: {reason}")


def in_parts(
    work: Callable[[Sequence[Item]], list[Result]],
    items: Sequence[Item],
    workers: int,
    meanwhile: Callable[[], object],
) -> list[Result]:
    """Return `work(items)`, done in up to `workers` parts side by side, in order.

    For many short items. `meanwhile` is done here, and then the first part, the shorter for it; of
    few items all are done by one copy. Without copies `meanwhile` is left undone. `work` must treat
    each item by itself, call no library that runs threads, and return what can be pickled. A part
    whose copy fails is done again here, so that errors are raised as if there were no copies.
    """
    count = min(workers, 2 + len(items) // _LEAST_PART)
    if not items or count < 2 or not hasattr(os, "fork"):
        return work(items)
    size = -(-(len(items) + _MEANWHILE) // count)
    here = max(0, size - _MEANWHILE)
    first, rest = items[:here], items[here:]
    others = [rest[i : i + size] for i in range(0, len(rest), size)]
    copies = [Copy(work) for _ in others]
    try:
        for copy, part in zip(copies, others, strict=True):
            copy.give(part)
        meanwhile()
        done = work(first)
        for copy, part in zip(copies, others, strict=True):
            try:
                done += copy.result()
            except Exception:
                _log.warning("a forked copy failed", exc_info=True)
                done += work(part)
    finally:
        for copy in copies:
            copy.end()
    return done


def one_by_one(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int,
    *,
    seconds: float,
    meanwhile: Callable[[], object],
) -> list[Result]:
    """Return `work(item)` of each item in order, done by up to `workers` copies: for long ones.

    Each copy takes the next item when it has done one, and may take `seconds` for it. `meanwhile`
    is done here as soon as a core is free for it, beside the last items. What `work` raises is
    raised here, and CopyFailedError where a copy dies or overruns its time; then all are ended.
    """
    if not hasattr(os, "fork"):
        meanwhile()
        return [work(item) for item in items]
    waiting = deque(enumerate(items))
    done: dict[int, Result] = {}
    copies = {(copy := Copy(work)).pipe: copy for _ in items[:workers]}
    busy: dict[Connection, tuple[int, float]] = {}  # which item, and until when
    rested = False
    try:
        while True:
            for pipe, copy in copies.items():
                if pipe not in busy and waiting:
                    index, item = waiting.popleft()
                    copy.give(item)
                    busy[pipe] = index, time.monotonic() + seconds
            if not rested and (len(busy) < workers or not busy):
                rested = True
                meanwhile()
            if not busy:
                return [done[index] for index in range(len(items))]
            first = min(until for _, until in busy.values())
            ready = cast(list[Connection], wait(busy, max(0.0, first - time.monotonic())))
            for pipe in ready:
                index, _ = busy.pop(pipe)
                done[index] = copies[pipe].result()
            for index, until in busy.values():
                if not ready and until <= time.monotonic():
                    raise CopyFailedError(items[index], f"over {seconds} s", overran=True)
    finally:
        for copy in copies.values():
            copy.end()


class Copy(Generic[Item, Result]):
    """A forked copy of this process that does to each item what `work` says.

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
        """What it has made of the item; raises what `work` raised, CopyFailedError if it died."""
        try:
            made, error = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise CopyFailedError(self._item, self._death()) from None
        if error is not None:
            raise error
        return cast(Result, made)

    def _death(self) -> str:
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        code = os.waitstatus_to_exitcode(status)
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"

    def end(self) -> None:
        """Make sure that the copy is gone."""
        self.pipe.close()
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _serve(
    pipe: Connection, work: Callable[[Item], Result], beforehand: Callable[[], object]
) -> NoReturn:
    """What a copy does until nobody has anything for it any more."""
    # Not `sys.exit`: what waits to be written or done at the end of the process is not the copy's.
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
