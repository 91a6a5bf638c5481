"""The heap of a server that runs for months."""

import ctypes
import sys

_M_ARENA_MAX = -8  # glibc's malloc.h


def share() -> None:
    """Let threads share two heaps: of eight a core, as glibc makes them, each keeps its peak.

    Where the C library is another one it has no such setting, and nothing is done.
    """
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_option(_M_ARENA_MAX, 2)
