"""What may go wrong while a document is read, as functions that a child process can import."""

import os
import signal
import subprocess
import time
from pathlib import Path

from pipeline.settings import Settings
from schemas.outcome import Outcome
from tests.flows.made import outcome_of


def reads(path: Path, name: str, settings: Settings) -> Outcome:
    return outcome_of(path, name, settings)


def killed(path: Path, name: str, settings: Settings) -> Outcome:  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def raises(path: Path, name: str, settings: Settings) -> Outcome:  # noqa: ARG001
    raise RuntimeError("a defect of the program")


def eats_memory(path: Path, name: str, settings: Settings) -> Outcome:  # noqa: ARG001
    hoard = bytearray(64 * 2**30)
    raise AssertionError(len(hoard))


def hangs(path: Path, name: str, settings: Settings) -> Outcome:  # noqa: ARG001
    """Hang with a process of its own below, as Tesseract would be; its id lies beside the file."""
    below = subprocess.Popen(["sleep", "600"])
    path.with_suffix(".below").write_text(str(below.pid))
    time.sleep(600)
    raise AssertionError("unreachable")


_BY_CONTENT = {b"hangs": hangs, b"killed": killed, b"eats_memory": eats_memory, b"raises": raises}


def by_content(path: Path, name: str, settings: Settings) -> Outcome:
    """Fail as the file's content says, else read it."""
    return _BY_CONTENT.get(path.read_bytes(), reads)(path, name, settings)
