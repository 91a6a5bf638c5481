"""The files of the dataset, streamed from the database: every table in every format."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipeline import __version__
from pipeline.dataset.columns import columns
from pipeline.dataset.overview import OVERVIEW
from pipeline.dataset.sinks.csv import csv_table
from pipeline.dataset.sinks.package import datapackage_bytes
from pipeline.dataset.sinks.parquet import parquet_table
from pipeline.dataset.sinks.xlsx import SheetColumn, SheetLayout, sheet_writer, width_of
from pipeline.dataset.sinks.xlsx_parts import Book
from pipeline.dataset.store.database import database, reading, url_of
from pipeline.dataset.store.fill import fill
from pipeline.dataset.store.read import batches, longest, overview
from pipeline.dataset.store.write import CHANGE, mark, prepare, set_mark
from pipeline.files.atomic import replace_if_other
from pipeline.files.lock import one_writer
from schemas.dataset import TABLES, TableSpec

DATASET = "dataset"
WORKBOOK = "plans.xlsx"
_PACKAGE = "datapackage.json"
_NEW = ".new"  # the folder in which files are made, beside those that they replace
_PUBLISHED = "published"
_LOCK_FILE = ".phuluc-dataset.lock"
_PATIENCE = 600.0  # seconds that another process may write the files


def make_database(out: Path, url: str | None = None) -> None:
    """Make the database that `publish` needs, where it is not there; raises DatabaseError as it."""
    with database(url_of(out, url)) as engine:
        prepare(engine)


def publish(out: Path, url: str | None = None, *, rebuild: bool = False) -> bool:
    """Write `dataset/` of all that lies in `plans/` and `failed/` of `out`; whether it was due.

    What is new there is taken into the database first: that of the URL, else SQLite in `out`; with
    `rebuild` all of it, anew. Where nothing has changed since the files were written, they stay.
    Raises OSError where something cannot be written, DatabaseError where the database cannot be
    used; the files that were there are whole all the same.
    """
    with database(url_of(out, url)) as engine:
        fill(engine, out, rebuild=rebuild)
        return write_dataset(engine, out)


def write_dataset(engine: sa.Engine, out: Path) -> bool:
    """Write `dataset/` of what is in the database; whether it was due.

    Others may write into `out` and the database meanwhile: what they change is left for the next
    time. Raises FolderBusyError where somebody else is at it for too long.
    """
    with one_writer(out, file=_LOCK_FILE, seconds=_PATIENCE):
        with reading(engine) as connection:
            change = mark(connection, CHANGE)
            if mark(connection, _PUBLISHED) == _state(out / DATASET, change):
                return False
            write_files(connection, out / DATASET)
        with engine.begin() as connection:
            set_mark(connection, _PUBLISHED, _state(out / DATASET, change))
    return True


def _state(folder: Path, change: str | None) -> str:
    """The files as they lie there, after which change, and the version that would write them."""
    names = (f"{spec.name}.{suffix}" for spec in TABLES for suffix in ("csv", "parquet"))
    found = {}
    for name in (*names, WORKBOOK, _PACKAGE):
        path = folder / name
        status = path.stat() if path.exists() else None
        found[name] = (status.st_size, status.st_mtime_ns) if status else None
    return json.dumps({"phuluc": __version__, "change": change, "files": found})


def write_files(connection: sa.Connection, folder: Path) -> None:
    """Stream every table of the database into the files of a folder.

    They are made beside those that they replace, which stay whole until the last is ready.
    """
    with _new_files(folder) as new:
        with Book(new / WORKBOOK) as book:
            with sheet_writer(book, OVERVIEW) as sheet:
                for batch in overview(connection):
                    sheet.write(batch)
            for spec in TABLES:
                _write_table(connection, spec, new, book)
        (new / _PACKAGE).write_bytes(datapackage_bytes(new))
        # The package comes last, since it vouches for the others.
        made = sorted(new.iterdir(), key=lambda path: path.name == _PACKAGE)
        replace_if_other({path: folder / path.name for path in made})


@contextmanager
def _new_files(folder: Path) -> Iterator[Path]:
    """A folder for files in the making, empty, and taken away with all that is still in it."""
    new = folder / _NEW
    shutil.rmtree(new, ignore_errors=True)  # of a run that was cut short
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_table(connection: sa.Connection, spec: TableSpec, new: Path, book: Book) -> None:
    with ExitStack() as stack:
        sinks = (
            stack.enter_context(csv_table(new / f"{spec.name}.csv", spec)),
            stack.enter_context(parquet_table(new / f"{spec.name}.parquet", spec)),
            stack.enter_context(sheet_writer(book, _sheet(connection, spec))),
        )
        for batch in batches(connection, spec):
            for sink in sinks:
                sink.write(batch)


def _sheet(connection: sa.Connection, spec: TableSpec) -> SheetLayout:
    widths = zip(columns(spec), longest(connection, spec), strict=True)
    shown = (SheetColumn(c.title_vi, width_of(c.title_vi, most)) for c, most in widths)
    return SheetLayout(spec.title_vi, tuple(shown))
