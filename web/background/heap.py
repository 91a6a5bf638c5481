"""The heap of a server that runs for months: what was let go goes back to the system."""

import ctypes
import sys

_M_ARENA_MAX = -8  # glibc's malloc.h


def share() -> None:
    """Let threads share two heaps: of eight a core, as glibc makes them, each keeps its peak."""
    _call("mallopt", _M_ARENA_MAX, 2)


def give_back() -> None:
    """Give free memory back; takes some milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *arguments: int) -> None:
    """Where the C library is another one it has no such function, and nothing is done."""
    if sys.platform == "linux" and (function := getattr(ctypes.CDLL(None), name, None)):
        function(*arguments)
