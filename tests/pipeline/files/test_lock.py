"""One writer at a time, and none that is gone holds anybody up."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time

import pytest

from pipeline.files.lock import LOCK_FILE, FolderBusyError, can_lock, one_writer
from pipeline.messages import tell

HOLDS = """
import os, sys, time
from pathlib import Path
from pipeline.files.lock import one_writer
with one_writer(Path(sys.argv[1])):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_waits_a_little_and_is_told_who_holds_it_since_when(tmp_path):
    started = time.monotonic()
    busy = pytest.raises(FolderBusyError)
    with one_writer(tmp_path), busy as caught, one_writer(tmp_path, seconds=0.3):
        pytest.fail("two at a time")
    assert 0.3 <= time.monotonic() - started < 5
    assert caught.value.details["process"] == str(os.getpid())
    assert str(caught.value.details["since"]).startswith("20")
    assert str(tmp_path) in tell(caught.value, "vi")
    with one_writer(tmp_path, seconds=0) as locked:
        assert locked


def test_it_is_free_for_who_waits(tmp_path):
    code = HOLDS.replace("time.sleep(60)\n", "time.sleep(0.5)\n")
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with one_writer(tmp_path, seconds=10):
            pass


def test_a_killed_run_holds_nobody_up_nor_do_the_copies_that_it_forked(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, tmp_path], stdout=subprocess.PIPE, start_new_session=True
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(FolderBusyError), one_writer(tmp_path, seconds=0):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
        with one_writer(tmp_path, seconds=0) as locked:
            assert locked
        os.killpg(other.pid, signal.SIGKILL)  # the copy


def test_a_file_system_without_locks_is_told_apart(tmp_path, monkeypatch):
    assert can_lock(tmp_path)
    with one_writer(tmp_path):
        assert can_lock(tmp_path)

    def flock(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    assert not can_lock(tmp_path)
    with one_writer(tmp_path) as locked:
        assert not locked


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(OSError, match=LOCK_FILE), one_writer(tmp_path):
        pass
