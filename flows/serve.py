"""`phuluc serve`: the batch on a schedule, as a Prefect deployment that runs until it is stopped.

Schedules need a Prefect server: that of PREFECT_API_URL, else one of our own on the loopback
interface, which is started before and stopped after.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from flows.messages import language, say
from flows.prefect_environment import prefect_home, prepare
from flows.processes import end_session, lead_session_until_parent_ends

TIMEZONE = "Asia/Ho_Chi_Minh"
_START_WITHIN = 120  # seconds; a new database on a slow disk takes its time
_STOP_WITHIN = 15  # seconds


class ServerDidNotStart(Exception):
    """The Prefect server did not answer in time; holds the path of its log."""

    def __init__(self, log: Path) -> None:
        super().__init__(say("error.server_start", seconds=_START_WITHIN, log=log))


def serve(inbox: Path, out: Path, cron: str, *, quiet: bool = False) -> None:
    """Run the batch at the times of `cron` (Vietnamese time) until SIGINT or SIGTERM.

    Raises ServerDidNotStart, and ValueError for a `cron` that is no schedule.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    prepare()
    os.environ["PHULUC_LANG"] = language()  # the runs are processes of their own
    from prefect.client.schemas.schedules import CronSchedule  # noqa: PLC0415  after `prepare`

    CronSchedule(cron=cron, timezone=TIMEZONE)
    try:
        with _server(quiet=quiet):
            _serve(inbox.resolve(), out.resolve(), cron, quiet=quiet)
    except KeyboardInterrupt:
        pass  # that is how it is stopped
    if not quiet:
        print(say("serve.stopped"), file=sys.stderr)


def _serve(inbox: Path, out: Path, cron: str, *, quiet: bool) -> None:
    from prefect.flows import EntrypointType  # noqa: PLC0415
    from prefect.schedules import Cron  # noqa: PLC0415

    from flows.batch import batch  # noqa: PLC0415

    if not quiet:
        print(say("serve.ready", inbox=inbox, out=out, cron=cron), file=sys.stderr)
    batch.serve(
        name="phuluc",
        schedule=Cron(cron, timezone=TIMEZONE),
        parameters={"inbox": str(inbox), "out": str(out), "quiet": quiet},
        limit=1,
        print_starter_message=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


@contextmanager
def _server(*, quiet: bool) -> Iterator[None]:
    """Yield while there is a server at PREFECT_API_URL."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    port = _free_port()
    process, log = _start_server(port)
    try:
        _wait_until_healthy(process, port, log)
        if not quiet:
            print(say("serve.dashboard", url=f"http://127.0.0.1:{port}"), file=sys.stderr)
        with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{port}/api"}):
            yield
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start_server(port: int) -> tuple["subprocess.Popen[bytes]", Path]:
    log = prefect_home() / "server.log"
    command = [sys.executable, "-m", "prefect", "server", "start"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            preexec_fn=lead_session_until_parent_ends,
        )
    return process, log


def _wait_until_healthy(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise ServerDidNotStart(log)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    end_session(process.pid, signal.SIGTERM)
    try:
        process.wait(_STOP_WITHIN)
    except subprocess.TimeoutExpired:
        pass
    finally:
        end_session(process.pid)
        process.wait()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
