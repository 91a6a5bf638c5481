"""The files of the dataset, written by a process of its own: the server loads no Arrow.

The process takes in what the server has not, such as what a batch left behind that was cut short.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from flows.database import database_of_environment
from flows.processes import lead_session_until_parent_ends
from pipeline.dataset.store.database import database, url_of
from pipeline.dataset.store.fill import fill
from pipeline.files.lock import one_writer

_log = logging.getLogger(__name__)

_PATIENCE = 3600.0  # seconds that a nightly batch may hold the folder
_NICE = 10  # pages come first
_LAST = 10.0  # seconds for it at the end of the server; else it is done at the next start


class Publisher:
    """Has the files written after each change, one process at a time."""

    def __init__(self, out: Path) -> None:
        self._command = [sys.executable, "-m", "web.background.publishing", str(out)]
        self._due = threading.Event()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)

    def start(self) -> None:
        """Begin; what changed while nobody looked is published."""
        self._due.set()
        self._thread.start()

    def wake(self) -> None:
        """Say that something has changed."""
        self._due.set()

    def stop(self) -> None:
        """End, once the files are written, or in ten seconds."""
        self._end.set()
        self._due.set()
        self._thread.join(_LAST)

    def _run(self) -> None:
        while not self._end.is_set() or self._due.is_set():
            self._due.wait()
            self._due.clear()
            began = time.monotonic()
            done = subprocess.run(
                self._command, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
            if done.returncode:
                _log.error("the dataset could not be written: %s", done.stderr.decode()[-2000:])
            # Thousands of documents take a core for half a minute: people have it half of the time.
            self._end.wait(time.monotonic() - began)


def publish_once(out: Path) -> None:
    """What the process does; raises what `publish` raises.

    It gives way to the pages once it has let go of the folder, and no sooner: what people say is
    saved by who holds that, and would wait for a process that others are preferred to.
    """
    url = url_of(out, database_of_environment())
    with one_writer(out, seconds=_PATIENCE), database(url) as engine:
        fill(engine, out)
    os.nice(_NICE)
    from pipeline.dataset.publish import write_dataset  # noqa: PLC0415  Arrow: not in the server

    with database(url) as engine:
        write_dataset(engine, out)


if __name__ == "__main__":
    lead_session_until_parent_ends()
    publish_once(Path(sys.argv[1]))
