"""The Prefect server that a run needs: that of PREFECT_API_URL, else one of our own.

Ours listens on the loopback interface only, leads a session of its own, so that Ctrl-C reaches it
after the runs that still talk to it, and ends with the process that started it, even by kill -9:
neither holds for the one that Prefect starts by itself.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import MachineLacksError
from flows.prefect_environment import prefect_home
from flows.processes import end_session, lead_session_until_parent_ends

_START_WITHIN = 120  # seconds; a new database on a slow disk takes its time
_STOP_WITHIN = 15  # seconds

_Process = subprocess.Popen[bytes]


@contextmanager
def prefect_server() -> Iterator[str]:
    """Yield the address of the server's API, which Prefect uses within the block.

    Call `prefect_environment.prepare` before. Raises MachineLacksError where ours does not start.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    port, log = _free_port(), prefect_home() / "server.log"
    process = _start(port, log)
    try:
        # Prefect is imported while the server starts.
        from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

        _wait_until_healthy(process, port, log)
        address = f"http://127.0.0.1:{port}/api"
        with temporary_settings({PREFECT_API_URL: address}):
            yield address
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(port: int, log: Path) -> _Process:
    command = [sys.executable, "-m", "prefect", "server", "start"]
    with log.open("wb") as file:
        return subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            preexec_fn=lead_session_until_parent_ends,  # noqa: PLW1509  no thread runs yet
        )


def _wait_until_healthy(process: _Process, port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except OSError:  # urllib's errors are OSErrors
            time.sleep(0.2)
    raise MachineLacksError("server_start", seconds=_START_WITHIN, log=log)


def _stop(process: _Process) -> None:
    end_session(process.pid, signal.SIGTERM)
    try:
        process.wait(_STOP_WITHIN)
    except subprocess.TimeoutExpired:
        end_session(process.pid)
        process.wait()
