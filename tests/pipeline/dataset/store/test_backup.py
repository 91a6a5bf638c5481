"""What people did survives: kept while it is written to, put back whole."""

import sqlite3
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.dataset.store.backup import Backup, BackupError, Restored, back_up, restore


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "phuluc.sqlite3"
    path.parent.mkdir()
    _say(path, "first")
    return path


def _say(path: Path, text: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS log (text TEXT)")
        database.execute("INSERT INTO log VALUES (?)", (text,))


def _said(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [text for (text,) in database.execute("SELECT text FROM log")]


def test_what_was_kept_comes_back_and_what_was_there_stays_beside_it(store, tmp_path):
    agencies = tmp_path / "config" / "agencies.csv"
    agencies.parent.mkdir()
    agencies.write_text("id,name\n", "utf-8")
    kept = {"phuluc.sqlite3": store, "agencies.csv": agencies, "none.csv": tmp_path / "none.csv"}
    with closing(sqlite3.connect(store)) as other:
        other.execute("BEGIN IMMEDIATE")  # somebody writes meanwhile
        other.execute("INSERT INTO log VALUES ('not yet')")
        saved = back_up(tmp_path / "b.zip", kept, {"said": ("phuluc.sqlite3", "log")})
    assert saved == Backup(["phuluc.sqlite3", "agencies.csv"], {"said": 1})
    _say(store, "second")
    agencies.write_text("spoilt", "utf-8")
    both = ["agencies.csv", "phuluc.sqlite3"]
    assert restore(tmp_path / "b.zip", kept) == Restored(names=both, replaced=both)
    assert _said(store) == ["first"]
    assert agencies.read_text("utf-8") == "id,name\n"
    assert _said(store.with_name("phuluc.sqlite3.before-restore")) == ["first", "second"]
    _say(store, "third")
    assert _said(store) == ["first", "third"]


def test_what_is_no_backup_changes_nothing(store, tmp_path):
    (tmp_path / "b.zip").write_text("no archive", "utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("../evil", "x")
    for name in ("b.zip", "other.zip"):
        with pytest.raises(BackupError):
            restore(tmp_path / name, {"phuluc.sqlite3": store})
    assert _said(store) == ["first"]


def test_what_was_not_there_is_neither_counted_nor_said_to_be_kept_beside(store, tmp_path):
    kept = {"phuluc.sqlite3": store, "decisions.sqlite3": tmp_path / "decisions.sqlite3"}
    counted = {
        "said": ("phuluc.sqlite3", "log"),
        "accounts": ("phuluc.sqlite3", "accounts"),
        "decisions": ("decisions.sqlite3", "decisions"),
    }
    saved = back_up(tmp_path / "b.zip", kept, counted)
    assert saved == Backup(["phuluc.sqlite3"], {"said": 1, "accounts": 0, "decisions": 0})
    elsewhere = tmp_path / "new" / "phuluc.sqlite3"
    restored = restore(tmp_path / "b.zip", {"phuluc.sqlite3": elsewhere})
    assert restored == Restored(names=["phuluc.sqlite3"], replaced=[])
    assert [path.name for path in elsewhere.parent.iterdir()] == ["phuluc.sqlite3"]


def test_a_spoilt_archive_changes_nothing(store, tmp_path):
    kept = {"a.csv": tmp_path / "a.csv", "phuluc.sqlite3": store}
    kept["a.csv"].write_text("kept", "utf-8")
    back_up(tmp_path / "b.zip", kept, {})
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[len(content) // 2] ^= 0xFF  # in the database, which comes last
    (tmp_path / "b.zip").write_bytes(content)
    kept["a.csv"].write_text("now", "utf-8")
    with pytest.raises(BackupError):
        restore(tmp_path / "b.zip", kept)
    assert kept["a.csv"].read_text("utf-8") == "now"
    assert not list(tmp_path.rglob("*restore*"))


def test_a_large_backup_is_put_back_in_little_memory(tmp_path):
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bytes(30_000_000))
    tracemalloc.start()
    try:
        restore(tmp_path / "b.zip", {"a.csv": tmp_path / "a.csv"})
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "a.csv").stat().st_size == 30_000_000
    assert most < 3_000_000
