"""What timed processes run with is the same for all, and as it is where they are installed."""

from tests.benchmarks.environment import ENVIRONMENT


def test_tesseract_has_one_thread_and_ours_two_workers():
    assert ENVIRONMENT["OMP_THREAD_LIMIT"] == "1"
    assert ENVIRONMENT["PHULUC_WORKERS"] == "2"


def test_what_was_compiled_may_be_kept():
    assert "PYTHONDONTWRITEBYTECODE" not in ENVIRONMENT
