"""Work in processes of their own: what they load takes none of the server's memory."""

import subprocess
import sys
import threading

_SECONDS = 600.0
_AT_ONCE = threading.BoundedSemaphore(2)  # as many as the smallest machine has cores


class ChildFailedError(Exception):
    """A process that ended badly; what it said last."""


def run_module(module: str, *arguments: str, said: bytes = b"") -> bytes:
    """Return what the main program of a module prints, given `said`.

    Waits where two are at work already. Raises ChildFailedError, also where it takes ten minutes.
    """
    command = [sys.executable, "-m", module, *arguments]
    with _AT_ONCE:
        try:
            done = subprocess.run(
                command, input=said, capture_output=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise ChildFailedError(f"{module}: {_SECONDS} s") from error
    if done.returncode:
        raise ChildFailedError(f"{module}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
