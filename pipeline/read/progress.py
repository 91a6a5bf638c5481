"""How far the reading of a document has come, for whoever watches it.

The watcher belongs to the caller's context, so that readers, which know nothing of it, need no
parameter for it; without one nothing is told.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[int, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(by: Watcher) -> Iterator[None]:
    """Within it `by` is told how many pages are read, and of how many."""
    token = _watcher.set(by)
    try:
        yield
    finally:
        _watcher.reset(token)


def pages_read(done: int, pages: int) -> None:
    """Tell the watcher, if there is one."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(done, pages)
