import os
import stat

import pytest

from pipeline.files.atomic import write_atomic


def test_writes_into_a_new_folder_and_replaces(tmp_path):
    path = tmp_path / "a" / "b.json"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["b.json"]


def test_a_write_that_breaks_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "b.json"
    write_atomic(path, b"old")

    def full(_descriptor):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["b.json"]


def test_a_reader_that_holds_the_old_file_keeps_it_whole(tmp_path):
    path = tmp_path / "b.json"
    write_atomic(path, b"old content")
    with path.open("rb") as reader:
        write_atomic(path, b"new")
        assert reader.read() == b"old content"


def test_others_may_read_as_the_umask_says(tmp_path):
    before = os.umask(0o022)
    try:
        write_atomic(tmp_path / "b.json", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "b.json").stat().st_mode) == 0o644
