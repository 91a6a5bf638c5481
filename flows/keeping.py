"""`phuluc publish`, `backup` and `restore`: the dataset anew, and what people did kept safe."""

import sys
from collections.abc import Mapping
from pathlib import Path

from flows.database import database_of_environment
from flows.messages import say
from flows.offices import office_files
from flows.writing import writing
from pipeline.correct.log import STORE
from pipeline.dataset.publish import publish
from pipeline.dataset.store.backup import back_up, note_backup, restore
from pipeline.dataset.store.fill import fill_database


def publish_again(out: Path, *, rebuild: bool, to: str | None) -> None:
    """Publish what lies in `out`; with `to` into that database instead of files.

    Raises FolderBusyError, DatabaseError, and OSError where something cannot be written.
    """
    with writing(out):
        if to is not None:
            fill_database(out, to, rebuild=rebuild)
            print(say("publish.filled"))
        elif publish(out, database_of_environment(), rebuild=rebuild):
            print(say("publish.done", path=out / "dataset"))
        else:
            print(say("publish.unchanged", path=out / "dataset"))


def back_up_to(file: Path, out: Path) -> None:
    """Write all that people did for `out` into a file; raises OSError where that cannot be done."""
    saved = back_up(file, _kept(out))
    note_backup(out)
    print(say("backup.done", path=file, names=", ".join(saved)))


def restore_from(file: Path, out: Path) -> None:
    """Put back what `back_up_to` wrote; raises BackupError, FolderBusyError, OSError."""
    with writing(out):
        restored = restore(file, _kept(out))
    print(say("restore.done", names=", ".join(restored)))
    print(say("restore.next", out=out), file=sys.stderr)


def _kept(out: Path) -> Mapping[str, Path]:
    office = office_files()
    return {
        STORE: out / STORE,
        "decisions.sqlite3": office.decisions,
        "agencies.csv": office.agencies,
    }
