"""The memory of a command is that of all processes that it starts."""

import os
import subprocess
import sys

import pikepdf
import pytest

from tests.benchmarks.long_files import long_file
from tests.benchmarks.memory import descendants, run_measured

_HOLD = "held = b'x' * {size}; import time; time.sleep(0.4)"
_MIB = 1024 * 1024


def test_the_memory_of_children_counts(tmp_path):
    child = _HOLD.format(size=60 * _MIB)
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    alone = run_measured([sys.executable, "-c", _HOLD.format(size=1)], tmp_path, {**os.environ})
    both = run_measured([sys.executable, "-c", parent], tmp_path, {**os.environ})
    assert alone.failure == both.failure == ""
    assert 60 < both.peak - alone.peak < 90
    assert alone.seconds >= 0.4


def test_a_failure_is_told(tmp_path):
    used = run_measured([sys.executable, "-c", "raise OSError('no')"], tmp_path, {**os.environ})
    assert used.failure.endswith("OSError: no")


def test_grandchildren_are_found():
    script = "sleep 5 & wait"
    with subprocess.Popen(["sh", "-c", f"sh -c '{script}' & wait"]) as process:
        try:
            for _ in range(100):
                found = descendants(process.pid)
                if len(found) >= 2:
                    break
            assert len(found) >= 2
        finally:
            for pid in reversed(found):
                os.kill(pid, 9)


def test_long_files_hold_the_pages_over_and_over(tmp_path):
    for name, width in (("a", 100), ("b", 200)):
        made = pikepdf.new()
        made.add_blank_page(page_size=(width, 300))
        made.save(tmp_path / f"{name}.pdf")
        (tmp_path / f"{name}.gold.json").write_text('{"grade": "digital"}')
    with pikepdf.open(long_file(tmp_path, "digital", 5, tmp_path)) as pdf:
        assert [int(page.mediabox[2]) for page in pdf.pages] == [100, 200, 100, 200, 100]


def test_a_corpus_without_such_documents(tmp_path):
    with pytest.raises(ValueError, match="no document"):
        long_file(tmp_path, "scan", 5, tmp_path)
