"""The database brought in line with an output folder."""

from collections import defaultdict
from pathlib import Path

import sqlalchemy as sa

from pipeline.dataset.known_files import known_files
from pipeline.dataset.store.database import database
from pipeline.dataset.store.versions import settle_versions
from pipeline.dataset.store.write import prepare, take_in


def fill_database(out: Path, url: str, *, rebuild: bool = False) -> None:
    """Bring the database of a URL in line with what lies in `out`, and write no files.

    Raises DatabaseError where it cannot be used.
    """
    with database(url) as engine:
        fill(engine, out, rebuild=rebuild)


def fill(engine: sa.Engine, out: Path, *, rebuild: bool = False) -> None:
    """Bring a database in line with what lies in `out`."""
    prepare(engine, anew=rebuild)
    known = known_files(out)
    take_in(engine, out, {file.source_file: file.changed for file in known})
    copies = defaultdict(list)
    for file in known:
        if file.copy_of is not None:
            copies[file.copy_of].append(file.source_file)
    settle_versions(engine, out, copies)
