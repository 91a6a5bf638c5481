"""The database: SQLite in the output folder, or the PostgreSQL that a URL names.

SQLite is written ahead (WAL): readers go on while one writes. Transactions that write begin as
such: one that reads first and writes later is refused at once where another wrote meanwhile,
whatever the timeout.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import sqlite  # noqa: F401  else loaded at the first connection: 10 ms

from pipeline.correct.log import STORE
from pipeline.files.mounts import network_file_system
from schemas.errors import ExitCode, UserError

_WAIT = 30_000  # milliseconds for another's transaction
_CACHE = 64  # megabytes of a connection, over which a long transaction spills


class DatabaseError(UserError):
    """A database that cannot be used."""

    exit_code = ExitCode.ENVIRONMENT


def url_of(out: Path, named: str | None = None) -> str:
    """Return the URL of the database of an output folder: the named one, else SQLite within it."""
    return named or f"sqlite:///{(out / STORE).absolute()}"


@contextmanager
def database(url: str, *, cache: int = _CACHE) -> Iterator[sa.Engine]:
    """Yield the database of the URL; its connections are closed behind it.

    Each may keep `cache` megabytes of an SQLite file in memory.

    Raises DatabaseError where it cannot be used: no such driver, an SQLite file on a network share.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise DatabaseError("database_url", url=url) from error
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(Path(parsed.database or ""), parsed, cache)
    elif parsed.drivername == "postgresql+psycopg":
        engine = sa.create_engine(parsed, paramstyle="format")
    else:
        raise DatabaseError("database_url", url=parsed.render_as_string(hide_password=True))
    try:
        yield engine
    except sa.exc.OperationalError as error:
        raise DatabaseError("database_failed", url=_shown(parsed), reason=_reason(error)) from error
    finally:
        engine.dispose()


def _shown(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)


def _reason(error: sa.exc.OperationalError) -> str:
    return " ".join(str(error.orig).split())


def _sqlite(path: Path, url: sa.URL, cache: int) -> sa.Engine:
    if (kind := network_file_system(path.parent)) is not None:
        raise DatabaseError("database_on_network", path=path, kind=kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # else sqlite3 begins transactions of its own, too late
        connection.execute(f"PRAGMA busy_timeout={_WAIT}")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA cache_size=-{cache * 1024}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = not connection.get_execution_options().get("only_reads")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection that sees one state of the database and lets others write meanwhile."""
    with engine.connect().execution_options(only_reads=True) as connection:
        yield connection
