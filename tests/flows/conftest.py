"""The command line as a process of its own, and one Prefect server for all flow tests."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "chi-lang-papi-2024.pdf"

Phuluc = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """English, and nothing that this machine's user has set or stored."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PHULUC_")}
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


@pytest.fixture
def phuluc(environment: dict[str, str]) -> Phuluc:
    """Run `phuluc` with these arguments; keyword arguments change the environment."""

    def run(*arguments: object, **changed: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*phuluc_command(), *map(str, arguments)],
            env={**environment, **changed},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return run


def phuluc_command() -> list[str]:
    return [sys.executable, "-c", "from flows.cli import main; main()"]


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415  it takes a second

    with prefect_test_harness(server_startup_timeout=120):
        yield
