"""All that people did, and the tables with it, in one file: made while others write, and put back.

The file is a ZIP archive of databases and lists, so that what is in it can be looked at.
"""

import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from pipeline.files.atomic import replace_if_other, write_atomic
from schemas.errors import UserError

_SQLITE = b"SQLite format 3\0"
_BEFORE = ".before-restore"
_LAST = ".phuluc-backup"


class Backup(Struct, frozen=True):
    """What was kept: the files by name, and how many rows the tables have that were counted."""

    names: list[str]
    rows: dict[str, int]


class Restored(Struct, frozen=True):
    """What was put back, by name, and in the place of which files that are kept beside them."""

    names: list[str]
    replaced: list[str]


class BackupError(UserError):
    """A file that is no backup."""


def back_up(file: Path, kept: Mapping[str, Path], counted: Mapping[str, tuple[str, str]]) -> Backup:
    """Write the files that are there into an archive, by name; returns what it holds.

    Databases are copied as one state of them, also while they are written to. `counted` are tables
    by what to call them: each the name of a file and of a table in it. Raises OSError where the
    archive cannot be written.
    """
    saved = []
    rows = dict.fromkeys(counted, 0)
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        archive = Path(folder, "archive.zip")
        with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED) as written:
            for name, path in kept.items():
                if not path.is_file():
                    continue
                copy = Path(folder, name)
                _copy(path, copy)
                for called, (of, table) in counted.items():
                    if of == name:
                        rows[called] = _count(copy, table)
                written.write(copy, name)
                copy.unlink()
                saved.append(name)
        replace_if_other({archive: file})
    return Backup(saved, rows)


def note_backup(out: Path) -> None:
    """Note in the output folder that it was backed up now, for who looks after it."""
    write_atomic(out / _LAST, datetime.now(UTC).isoformat(timespec="seconds").encode())


def last_backup(out: Path) -> str | None:
    """Return when the output folder was backed up last (ISO 8601, UTC), None for never."""
    try:
        return (out / _LAST).read_text("ascii").replace("+00:00", "Z")
    except FileNotFoundError:
        return None


def restore(file: Path, kept: Mapping[str, Path]) -> Restored:
    """Put the files of an archive back in their places; returns which.

    What lies there is kept beside it as `<name>.before-restore`. Nothing is moved before the whole
    archive was read. Raises BackupError for a file that is no backup, OSError where one cannot be
    read or written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(archive.namelist())
            if not names or not set(names) <= kept.keys():
                raise BackupError("no_backup", path=file)
            new = {kept[name]: kept[name].with_name(f".{name}.restored") for name in names}
            try:
                for name in names:
                    _unpack(archive, name, new[kept[name]])
                replaced = [name for name in names if kept[name].exists()]
                for path, unpacked in new.items():
                    _put_back(path, unpacked)
            finally:
                for unpacked in new.values():
                    unpacked.unlink(missing_ok=True)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupError("no_backup", path=file) from error
    return Restored(names, replaced)


def _copy(path: Path, copy: Path) -> None:
    with path.open("rb") as opened:
        is_database = opened.read(len(_SQLITE)) == _SQLITE
    if not is_database:
        copy.write_bytes(path.read_bytes())
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("VACUUM INTO ?", (str(copy),))


def _count(copy: Path, table: str) -> int:
    with closing(sqlite3.connect(copy)) as database:
        known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        if database.execute(known, (table,)).fetchone() is None:
            return 0
        return int(database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _unpack(archive: zipfile.ZipFile, name: str, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, new.open("wb") as written:
        shutil.copyfileobj(packed, written)
        written.flush()
        os.fsync(written.fileno())


def _put_back(path: Path, new: Path) -> None:
    if path.exists():
        _let_go(path)
        path.replace(path.with_name(path.name + _BEFORE))
    new.replace(path)


def _let_go(path: Path) -> None:
    """Bring what SQLite has written ahead into the file, which then can be moved by itself."""
    with path.open("rb") as opened:
        if opened.read(len(_SQLITE)) != _SQLITE:
            return
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
