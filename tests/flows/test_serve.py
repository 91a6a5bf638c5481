"""A scheduled run really fires on a real server, and everything ends with `phuluc serve`."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.flows.conftest import SAMPLE, phuluc_command


@pytest.mark.parametrize(
    ("cron", "within"),
    [
        ("* * * * * */15", 90),  # a sixth field, for seconds
        pytest.param("* * * * *", 150, marks=pytest.mark.slow),
    ],
)
def test_cron_run_fires_and_all_ends(tmp_path: Path, environment, cron: str, within: float):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    shutil.copy(SAMPLE, inbox)
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [*phuluc_command(), "serve", "--inbox", inbox, "--out", out, "--cron", cron],
            env={**environment, "PREFECT_RUNNER_POLL_FREQUENCY": "1"},
            stderr=file,
            start_new_session=True,
        )
        try:
            fired = _wait_for(out / "dataset" / "datapackage.json", within, process)
        finally:
            process.send_signal(signal.SIGTERM)
            status = process.wait(timeout=60)
    assert fired, log.read_text()
    assert (out / "plans" / SAMPLE.with_suffix(".json").name).exists()
    assert status == 0, log.read_text()
    assert "Traceback" not in log.read_text()
    assert not _left_running(environment["XDG_DATA_HOME"])


def _wait_for(path: Path, seconds: float, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists():
            return True
        time.sleep(0.2)
    return False


def _left_running(data_folder: str, seconds: float = 10) -> list[str]:
    """What still runs after a while: Python's own helpers end a moment after their parent."""
    deadline = time.monotonic() + seconds
    while (left := _still_running(data_folder)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def _still_running(data_folder: str) -> list[str]:
    """Processes that carry this test's environment, and so were started by it."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                if data_folder.encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text())
            except OSError:
                continue
    return found
