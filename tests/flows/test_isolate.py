"""A child process that fails costs its document and nothing else."""

import time
from pathlib import Path

import pytest

from flows.isolate import Limits, children, run_isolated
from pipeline.agencies import shipped_office
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import FailureCode
from tests.flows import faults


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"one\ntwo\n")
    return path


def test_outcome_comes_back_whole(file: Path):
    outcome = run_isolated(faults.reads, Job(file, "sub/a.pdf", Settings(), shipped_office()))
    assert outcome == faults.reads(Job(file, "sub/a.pdf", Settings(), shipped_office()))


def test_child_finds_loaded_what_every_plan_needs(file: Path):
    run_isolated(faults.tells_what_is_loaded, Job(file, "a.pdf", Settings(), shipped_office()))
    assert file.with_suffix(".loaded").read_text() == "1"


@pytest.mark.parametrize(
    ("work", "code", "said"),
    [
        (faults.killed, FailureCode.CRASHED, "SIGKILL"),
        (faults.raises, FailureCode.CRASHED, "exit status 1"),
        (faults.eats_memory, FailureCode.TOO_LARGE, "MB"),
    ],
)
def test_child_that_dies_is_a_failure(file: Path, work, code: FailureCode, said: str):
    outcome = run_isolated(work, Job(file, "a.pdf", Settings(), shipped_office()))
    assert outcome.plan is None
    assert outcome.failure is not None
    assert outcome.failure.code == code
    assert outcome.failure.source_file == "a.pdf"
    assert said in outcome.failure.message


def test_child_that_hangs_is_ended_with_all_that_it_started(file: Path):
    started = time.monotonic()
    outcome = run_isolated(
        faults.hangs, Job(file, "a.pdf", Settings(), shipped_office()), Limits(seconds=2)
    )
    assert outcome.failure is not None
    assert outcome.failure.code == FailureCode.TIMEOUT
    assert time.monotonic() - started < 10
    below = int(file.with_suffix(".below").read_text())
    while _runs(below) and time.monotonic() - started < 10:
        time.sleep(0.05)  # a signal takes its time to arrive
    assert not _runs(below)


def test_jobs_that_share_are_done_by_one_child_and_others_never_in_it(file: Path):
    job = Job(file, "a.pdf", Settings(), shipped_office())

    def child(*, shared: bool) -> str:
        run_isolated(faults.tells_who_did_it, job, shared=shared)
        return file.with_suffix(".child").read_text()

    with children():
        first = child(shared=True)
        assert child(shared=True) == first
        assert child(shared=False) != first
        assert child(shared=True) == first
    assert not _runs(int(first))
    assert child(shared=True) != first


def test_shared_child_that_dies_costs_the_job_it_had(file: Path):
    job = Job(file, "a.pdf", Settings(), shipped_office())
    with children():
        run_isolated(faults.reads, job, shared=True)
        died = run_isolated(faults.killed, job, shared=True)
        assert died.failure is not None
        assert died.failure.code == FailureCode.CRASHED
        assert run_isolated(faults.reads, job, shared=True).failure is None


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # a zombie that nobody has collected yet does not run
