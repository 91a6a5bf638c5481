"""What people did survives: kept while it is written to, put back whole."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.dataset.store.backup import BackupError, back_up, restore


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
        assert back_up(tmp_path / "b.zip", kept) == ["phuluc.sqlite3", "agencies.csv"]
    _say(store, "second")
    agencies.write_text("spoilt", "utf-8")
    assert restore(tmp_path / "b.zip", kept) == ["agencies.csv", "phuluc.sqlite3"]
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
