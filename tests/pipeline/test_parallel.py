"""What is done by workers comes back in order, and a worker that fails costs no other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.parallel import WorkerFailedError, map_ahead, map_items, map_parts
from schemas.failure import FailureCode, PhulucError

NUMBERS = list(range(40))
HERE = os.getpid()


def doubled(numbers: list[int]) -> list[tuple[int, bool]]:
    return [(2 * number, os.getpid() == HERE) for number in numbers]


@pytest.mark.parametrize("workers", [1, 2, 3, 64])
def test_in_order_whatever_the_number_of_workers(workers):
    assert [number for number, _ in map_parts(doubled, NUMBERS, workers)] == [
        2 * n for n in NUMBERS
    ]


def test_the_first_part_is_done_here_and_the_others_by_workers():
    where = [here for _, here in map_parts(doubled, NUMBERS, 2)]
    assert where == [True] * 20 + [False] * 20


@pytest.mark.parametrize("count", [0, 1, 8])
def test_of_few_items_all_are_done_here(count):
    assert map_parts(doubled, NUMBERS[:count], 4) == [(2 * n, True) for n in NUMBERS[:count]]


def test_what_a_worker_could_not_do_is_done_here():
    def dies(numbers):
        if os.getpid() != HERE:
            os._exit(3)
        return doubled(numbers)

    assert all(here for _, here in map_parts(dies, NUMBERS, 2))


def test_errors_are_those_of_the_work():
    def fails(numbers):
        if 30 in numbers:
            raise KeyError(30)
        return numbers

    with pytest.raises(KeyError, match="30"):
        map_parts(fails, NUMBERS, 2)


@pytest.mark.parametrize("workers", [1, 2, 64])
def test_workers_go_ahead_and_results_come_in_order(workers):
    asked = map_ahead(lambda n: (2 * n, os.getpid() == HERE), NUMBERS, workers)
    assert list(asked) == [(2 * n, False) for n in NUMBERS]
    assert list(map_ahead(lambda n: (n, os.getpid() == HERE), [1], workers)) == [(1, True)]


def test_an_item_over_which_a_worker_dies_is_done_here():
    def dies(number):
        if number == 7 and os.getpid() != HERE:
            os._exit(3)
        return number

    assert list(map_ahead(dies, NUMBERS, 2)) == NUMBERS


def test_errors_of_a_worker_that_went_ahead_are_those_of_the_work():
    def fails(number):
        if number == 30:
            raise KeyError(30)
        return number

    done = []
    with pytest.raises(KeyError, match="30"):
        done.extend(map_ahead(fails, NUMBERS, 2))


def test_no_worker_is_left_behind_after_an_error():
    def fails_here(numbers):
        if os.getpid() == HERE:
            raise ValueError("here")
        return numbers

    before = _children()
    with pytest.raises(ValueError, match="here"):
        map_parts(fails_here, NUMBERS, 2)
    assert _children() <= before


@pytest.mark.parametrize("workers", [1, 2, 64])
def test_map_items_in_order_whatever_the_number_of_workers(workers):
    def slower_at_first(number):
        time.sleep(0.02 * (number == 0))
        return number, os.getpid()

    done = map_items(slower_at_first, NUMBERS, workers, seconds=60)
    assert [number for number, _ in done] == NUMBERS
    assert HERE not in {process for _, process in done}
    assert len({process for _, process in done}) <= workers


def test_errors_keep_what_they_tell():
    def fails(number):
        raise PhulucError(FailureCode.DAMAGED_FILE, stage="read", page=number, reason="torn")

    with pytest.raises(PhulucError) as caught:
        map_items(fails, [7], 2, seconds=60)
    error = caught.value
    assert (error.code, error.stage, error.page) == (FailureCode.DAMAGED_FILE, "read", 7)
    assert error.details == {"reason": "torn"}


def test_what_cannot_be_handed_over_is_an_error():
    with pytest.raises(RuntimeError, match="lambda"):
        map_items(lambda _: lambda: 1, [1], 2, seconds=60)


@pytest.mark.parametrize(
    ("fault", "reason", "overran"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "SIGKILL", False),
        (lambda: os._exit(9), "exit status 9", False),
        (lambda: time.sleep(60), "over 0.2 s", True),
    ],
)
def test_a_worker_that_dies_or_hangs_is_told_with_its_item_and_none_is_left(fault, reason, overran):
    before = _children()
    with pytest.raises(WorkerFailedError) as caught:
        map_items(lambda n: fault() if n == 3 else n, NUMBERS, 2, seconds=0.2)
    assert (caught.value.item, caught.value.reason) == (3, reason)
    assert caught.value.overran is overran
    assert _children() <= before


def test_workers_end_when_the_process_that_made_them_is_killed(tmp_path):
    code = f"""
import os, time
from pathlib import Path
from pipeline.parallel import map_items
def note(number):
    Path({str(tmp_path)!r}, str(os.getpid())).touch()
    time.sleep(0.5)
map_items(note, range(100), 2, seconds=60)
"""
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        assert _within(20, lambda: len(list(tmp_path.iterdir())) == 2)
        parent.kill()
    workers = [int(note.name) for note in tmp_path.iterdir()]
    assert _within(20, lambda: not any(map(_runs, workers)))


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def _runs(process: int) -> bool:
    """Whether there is such a process, and not only what is left of it for its parent to note."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def _children() -> set[str]:
    """The processes whose parent this one is."""
    return {
        process.name
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and _parent(process) == os.getpid()
    }


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
