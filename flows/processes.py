"""Processes that must not outlive what started them."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def lead_session_until_parent_ends() -> None:
    """Called in a new process: a session of its own, and a kill when the parent ends.

    The session keeps Ctrl-C from reaching it before its parent has decided what to do, and lets
    the parent end it together with all that it started.
    """
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def end_session(pid: int, how: signal.Signals = signal.SIGKILL) -> None:
    """Send the signal to every process of the session that `pid` leads; gone already is fine."""
    try:
        os.killpg(pid, how)
    except ProcessLookupError:
        return
