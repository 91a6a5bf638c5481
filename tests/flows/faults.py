"""What may go wrong while a document is read, as functions that a child process can import."""

import os
import signal
import subprocess
import time

from pipeline.job import Job
from pipeline.letters.counts import load_counts
from schemas.outcome import Outcome
from tests.flows.made import outcome_of


def reads(job: Job) -> Outcome:
    return outcome_of(job)


def tells_what_is_loaded(job: Job) -> Outcome:
    """Say by a second file how often the child itself loaded the counts of syllables."""
    job.path.with_suffix(".loaded").write_text(str(load_counts.cache_info().currsize))
    return outcome_of(job)


def tells_who_did_it(job: Job) -> Outcome:
    """Say by a second file which process did the job."""
    job.path.with_suffix(".child").write_text(str(os.getpid()))
    return outcome_of(job)


def killed(job: Job) -> Outcome:  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def raises(job: Job) -> Outcome:  # noqa: ARG001
    raise RuntimeError("a defect of the program")


def eats_memory(job: Job) -> Outcome:  # noqa: ARG001
    hoard = bytearray(64 * 2**30)
    raise AssertionError(len(hoard))


def hangs(job: Job) -> Outcome:
    """Hang with a process of its own below, as Tesseract would be; its id lies beside the file."""
    below = subprocess.Popen(["sleep", "600"])
    job.path.with_suffix(".below").write_text(str(below.pid))
    time.sleep(600)
    raise AssertionError("unreachable")


_BY_CONTENT = {b"hangs": hangs, b"killed": killed, b"eats_memory": eats_memory, b"raises": raises}


def by_content(job: Job) -> Outcome:
    """Fail as the file's content says, else read it."""
    return _BY_CONTENT.get(job.path.read_bytes(), reads)(job)
