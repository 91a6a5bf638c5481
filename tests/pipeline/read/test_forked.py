"""Parts done in forked copies come back in order, and a copy that fails costs nothing but time."""

import os
from pathlib import Path

import pytest

from pipeline.read.forked import in_parts

NUMBERS = list(range(40))
HERE = os.getpid()


def doubled(numbers: list[int]) -> list[tuple[int, bool]]:
    return [(2 * number, os.getpid() == HERE) for number in numbers]


@pytest.mark.parametrize("workers", [1, 2, 3, 64])
def test_in_order_whatever_the_number_of_workers(workers):
    assert [number for number, _ in in_parts(doubled, NUMBERS, workers)] == [2 * n for n in NUMBERS]


def test_the_first_part_is_done_here_and_the_others_in_copies():
    where = [here for _, here in in_parts(doubled, NUMBERS, 2)]
    assert where == [True] * 20 + [False] * 20


def test_little_is_done_here():
    assert all(here for _, here in in_parts(doubled, NUMBERS[:10], 4))


def test_what_a_copy_could_not_do_is_done_here():
    def dies(numbers):
        if os.getpid() != HERE:
            os._exit(3)
        return doubled(numbers)

    assert all(here for _, here in in_parts(dies, NUMBERS, 2))


def test_errors_are_those_of_the_work():
    def fails(numbers):
        if 30 in numbers:
            raise KeyError(30)
        return numbers

    with pytest.raises(KeyError, match="30"):
        in_parts(fails, NUMBERS, 2)


def test_no_copy_is_left_behind_after_an_error():
    def fails_here(numbers):
        if os.getpid() == HERE:
            raise ValueError("here")
        return numbers

    before = _children()
    with pytest.raises(ValueError, match="here"):
        in_parts(fails_here, NUMBERS, 2)
    assert _children() <= before


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
