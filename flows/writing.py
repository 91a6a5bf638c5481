"""The output folder of a command, held while it is written."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.messages import say
from pipeline.files.lock import one_writer


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold `out` for this run; says so where its file system knows no locks.

    Raises FolderBusyError where another run holds it, OSError where it cannot be written.
    """
    with one_writer(out) as locked:
        if not locked:
            print(say("writing.no_locks", path=out), file=sys.stderr)
        yield
