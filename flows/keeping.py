"""`phuluc publish`, `backup` and `restore`: the dataset anew, and what people did kept safe."""

import sys
from collections.abc import Mapping
from pathlib import Path

from flows.database import database_of_environment
from flows.messages import say
from flows.offices import noted_office, office_files
from flows.writing import writing
from pipeline.correct.log import STORE
from pipeline.dataset.publish import publish
from pipeline.dataset.store.backup import back_up, note_backup, restore
from pipeline.dataset.store.fill import fill_database

_DECISIONS = "decisions.sqlite3"
_COUNTED = {
    "corrections": (STORE, "correction_log"),
    "accounts": (STORE, "accounts"),
    "decisions": (_DECISIONS, "decisions"),
}


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
    """Write all that people did for `out` into a file, and say what that is.

    Raises OSError where that cannot be done.
    """
    kept = _kept(out)
    saved = back_up(file, kept, _COUNTED)
    note_backup(out)
    print(say("backup.done", path=file, names=", ".join(saved.names) or "–", **saved.rows))
    for name, path in kept.items():
        if name not in saved.names:
            print(say("backup.not_there", name=name, path=path))
    _warn_of_other_office(out)


def restore_from(file: Path, out: Path) -> None:
    """Put back what `back_up_to` wrote; raises BackupError, FolderBusyError, OSError."""
    with writing(out):
        restored = restore(file, _kept(out))
    print(say("restore.done", names=", ".join(restored.names)))
    if restored.replaced:
        print(say("restore.replaced", names=", ".join(restored.replaced)))
    _warn_of_other_office(out)
    print(say("restore.next", out=out), file=sys.stderr)


def _kept(out: Path) -> Mapping[str, Path]:
    office = office_files()
    return {STORE: out / STORE, _DECISIONS: office.decisions, "agencies.csv": office.agencies}


def _warn_of_other_office(out: Path) -> None:
    """Run by another user or from another home, a command sees other files than the pages."""
    noted = noted_office(out)
    if noted is not None and noted != office_files():
        told = {"agencies": noted.agencies, "decisions": noted.decisions}
        print(say("backup.other_office", **told), file=sys.stderr)
