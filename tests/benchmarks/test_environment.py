"""What timed processes run with is the same for all, and as it is where they are installed."""

from tests.benchmarks.environment import timed


def test_tesseract_has_one_thread_and_ours_two_workers_whatever_the_caller_has():
    assert timed({"OMP_THREAD_LIMIT": "8", "PHULUC_WORKERS": "5", "LANG": "C"}) == {
        "OMP_THREAD_LIMIT": "1",
        "PHULUC_WORKERS": "2",
        "LANG": "C",
    }


def test_what_was_compiled_may_be_kept():
    assert "PYTHONDONTWRITEBYTECODE" not in timed({"PYTHONDONTWRITEBYTECODE": "1"})
