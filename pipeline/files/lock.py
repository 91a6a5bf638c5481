"""One writer at a time in a folder: the kernel's lock on a file in it.

The lock ends with the process that holds it, however that ends: nothing is left behind that holds
others up.
"""

import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from schemas.errors import ExitCode, UserError

LOCK_FILE = ".phuluc.lock"
_LOOK_AGAIN = 0.1  # seconds
# What flock answers where the file system knows no locks, such as NFS without its lock daemon.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}

_held: set[int] = set()


class FolderBusyError(UserError):
    """Another run writes into the folder."""

    exit_code = ExitCode.BUSY


@contextmanager
def one_writer(folder: Path, *, seconds: float = 10, file: str = LOCK_FILE) -> Iterator[bool]:
    """Hold the folder for this process; yields whether its file system knows locks at all.

    With another `file` in it, only what that stands for. The folder is made if need be. Waits up
    to `seconds` for who holds it, then raises FolderBusyError, which says who and since when;
    OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    _held.add(descriptor)
    try:
        locked = _lock(descriptor, folder, time.monotonic() + seconds)
        if locked:
            _sign(descriptor)
        yield locked
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def can_lock(folder: Path) -> bool:
    """Whether the folder's file system knows locks; raises OSError where it cannot be written."""
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True  # somebody holds it
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return False
    finally:
        os.close(descriptor)
    return True


def _lock(descriptor: int, folder: Path, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                process, since = _holder(descriptor)
                raise FolderBusyError(
                    "folder_busy", path=folder, process=process, since=since
                ) from None
            time.sleep(_LOOK_AGAIN)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return False
        else:
            return True


def _sign(descriptor: int) -> None:
    """Say in the file who holds it; where the disk is full, it is held all the same."""
    now = datetime.now().astimezone().isoformat(" ", "seconds")
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"process": os.getpid(), "since": now}).encode(), 0)


def _holder(descriptor: int) -> tuple[str, str]:
    try:
        said = json.loads(os.pread(descriptor, 1024, 0))
        return str(said["process"]), str(said["since"])
    except (ValueError, KeyError, TypeError):
        return "?", "?"  # it has taken the lock and not signed yet


def _close_in_child() -> None:
    """A forked copy would keep the lock after this process has ended."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_in_child)
