"""Work in Python alone on several cores: parts of it in forked copies of this process."""

import logging
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")

# Starting a copy and taking over what it made costs as much as reading some pages.
_LEAST_PART = 8


def in_parts(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], workers: int
) -> list[Result]:
    """Return `work(items)`, done in up to `workers` parts side by side, in order.

    `work` must treat each item by itself, call no library that runs threads, and return what can
    be pickled. A part whose copy fails is done again here, so that errors are raised as if there
    were no copies.
    """
    count = min(workers, len(items) // _LEAST_PART)
    if count < 2 or not hasattr(os, "fork"):
        return work(items)
    size = -(-len(items) // count)
    first, *others = (items[i : i + size] for i in range(0, len(items), size))
    copies = [_Copy(work, part) for part in others]
    try:
        done = work(first)
        for copy, part in zip(copies, others, strict=True):
            made = copy.result()
            done += work(part) if made is None else made
    finally:
        for copy in copies:
            copy.end()
    return done


class _Copy(Generic[Result]):
    """A forked copy of this process that does one part."""

    def __init__(
        self, work: Callable[[Sequence[Item]], list[Result]], part: Sequence[Item]
    ) -> None:
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            # Not `sys.exit`: what waits to be written or done at the end is not this copy's.
            try:
                with open(writing, "wb") as pipe:  # noqa: PTH123  a descriptor
                    pickle.dump(work(part), pipe, pickle.HIGHEST_PROTOCOL)
            except BaseException:
                os._exit(1)
            os._exit(0)
        os.close(writing)
        self._pipe = open(reading, "rb")  # noqa: PTH123, SIM115

    def result(self) -> list[Result] | None:
        """What the copy has made, None where it failed."""
        try:
            made: list[Result] = pickle.load(self._pipe)
        except (EOFError, pickle.UnpicklingError):
            _log.warning("a forked copy failed")
            return None
        return made

    def end(self) -> None:
        """Make sure that the copy is gone."""
        self._pipe.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
