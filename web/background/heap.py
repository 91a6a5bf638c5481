"""The heap of a server that runs for months: what is let go goes back to the system.

Meant for glibc: where the C library is another one it has no such settings, and nothing is done.
"""

import ctypes
import sys

# Of glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_BYTES = 128 * 1024


def share() -> None:
    """Let threads share two heaps, and keep what is large out of them.

    Of eight heaps a core, as glibc makes them, each keeps its peak. And it learns from the first
    large block that is let go to keep all of its size: a page of 400 kB would stay for good.
    """
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_option(_ARENA_MAX, 2)
        set_option(_MMAP_THRESHOLD, _BYTES)
        set_option(_TRIM_THRESHOLD, _BYTES)
