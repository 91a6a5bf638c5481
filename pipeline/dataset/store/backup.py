"""All that people did, and the tables with it, in one file: made while others write, and put back.

The file is a ZIP archive of databases and lists, so that what is in it can be looked at.
"""

import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline.files.atomic import replace_if_other, write_atomic
from schemas.errors import UserError

_SQLITE = b"SQLite format 3\0"
_BEFORE = ".before-restore"
_LAST = ".phuluc-backup"


class BackupError(UserError):
    """A file that is no backup."""


def back_up(file: Path, kept: Mapping[str, Path]) -> list[str]:
    """Write the files that are there into an archive, by name; returns the names.

    Databases are copied as one state of them, also while they are written to. Raises OSError where
    the archive cannot be written.
    """
    saved = []
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        archive = Path(folder, "archive.zip")
        with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED) as written:
            for name, path in kept.items():
                if not path.is_file():
                    continue
                copy = Path(folder, name)
                _copy(path, copy)
                written.write(copy, name)
                copy.unlink()
                saved.append(name)
        replace_if_other({archive: file})
    return saved


def note_backup(out: Path) -> None:
    """Note in the output folder that it was backed up now, for who looks after it."""
    write_atomic(out / _LAST, datetime.now(UTC).isoformat(timespec="seconds").encode())


def last_backup(out: Path) -> str | None:
    """Return when the output folder was backed up last (ISO 8601, UTC), None for never."""
    try:
        return (out / _LAST).read_text("ascii").replace("+00:00", "Z")
    except FileNotFoundError:
        return None


def restore(file: Path, kept: Mapping[str, Path]) -> list[str]:
    """Put the files of an archive back in their places; returns their names.

    What lies there is kept beside it as `<name>.before-restore`. Raises BackupError for a file that
    is no backup, OSError where one cannot be read or written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise BackupError("no_backup", path=file) from error
    if not contents or not contents.keys() <= kept.keys():
        raise BackupError("no_backup", path=file)
    for name, content in contents.items():
        _put_back(kept[name], content)
    return sorted(contents)


def _copy(path: Path, copy: Path) -> None:
    with path.open("rb") as opened:
        is_database = opened.read(len(_SQLITE)) == _SQLITE
    if not is_database:
        copy.write_bytes(path.read_bytes())
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("VACUUM INTO ?", (str(copy),))


def _put_back(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.restored")
    with new.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
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
