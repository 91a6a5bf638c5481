"""The tables of a document as they are printed: a CSV file each in `tables/<name>/`."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.dataset.names import tables_path
from pipeline.files.atomic import write_all_atomic
from pipeline.files.spreadsheet_text import csv_bytes


def write_tables(out: Path, name: str, tables: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Write the tables of the document of that name, and take away those that it no longer has."""
    folder = tables_path(out, name)
    write_all_atomic(
        {folder / f"{table_id}.csv": csv_bytes(rows) for table_id, rows in tables.items()}
    )
    for path in folder.glob("*.csv"):
        if path.stem not in tables:
            path.unlink()
    if not tables:
        remove_tables(out, name)


def remove_tables(out: Path, name: str) -> None:
    """Take away the tables of the document of that name, where there are any."""
    shutil.rmtree(tables_path(out, name), ignore_errors=True)
