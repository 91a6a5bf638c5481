import os
import stat

import pytest

from pipeline.files.atomic import replace_if_other, write_all_atomic, write_atomic


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


def test_of_several_files_none_takes_its_place_before_all_are_on_the_disk(tmp_path, monkeypatch):
    paths = [tmp_path / f"{number}.csv" for number in range(5)]
    write_all_atomic(dict.fromkeys(paths, b"old"))
    flush = os.fsync
    asked = []

    def full_at_the_last(descriptor):
        asked.append(descriptor)
        if len(asked) == len(paths):
            raise OSError("no space left")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", full_at_the_last)
    with pytest.raises(OSError, match="no space"):
        write_all_atomic(dict.fromkeys(paths, b"new"))
    assert {path.read_bytes() for path in paths} == {b"old"}
    assert sorted(tmp_path.iterdir()) == paths


def test_files_take_the_places_of_others_in_order_and_are_flushed_only_where_they_differ(
    tmp_path, monkeypatch
):
    for name, content in (("a", b"1"), ("b", b"2"), ("c", b"3")):
        (tmp_path / f"{name}.new").write_bytes(content)
    (tmp_path / "b").write_bytes(b"2")
    before = (tmp_path / "b").stat()
    flush = os.fsync
    flushed, placed = [], []
    monkeypatch.setattr(os, "fsync", lambda file: (flushed.append(file), flush(file)))
    replace = type(tmp_path).replace
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda new, old: (placed.append(old.name), replace(new, old))
    )
    replace_if_other({tmp_path / f"{name}.new": tmp_path / name for name in "cba"})
    assert placed == ["c", "a"]
    assert len(flushed) == 2
    assert (tmp_path / "b").stat().st_ino == before.st_ino
    assert (tmp_path / "a").read_bytes() == b"1"


def test_what_can_be_made_anew_is_not_flushed(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    write_atomic(tmp_path / "a.json", b"x", flush=False)
    assert (tmp_path / "a.json").read_bytes() == b"x"
    assert not flushed
