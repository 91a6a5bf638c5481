"""Both databases: SQLite in a file, and a PostgreSQL that is started here, on its own socket."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_numbers = count()


def _programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps those of the server out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The socket's folder of a server that runs as an ordinary user: it refuses to run as root."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL not installed (scripts/setup-tests.sh)")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has 107 bytes
    folder.chmod(0o755)
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def run(*command: str) -> None:
        subprocess.run(
            [*prefix, *command], env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "phuluc", "--auth=trust", "--no-sync", "-E", "UTF8")
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    log = str(folder / "log")
    run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start")
    try:
        yield str(folder)
    finally:
        run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql: str) -> str:
    """A database of its own on that server."""
    import psycopg  # noqa: PLC0415  only where there is a server

    name = f"phuluc_{next(_numbers)}"
    with psycopg.connect(host=postgresql, user="phuluc", dbname="postgres", autocommit=True) as it:
        it.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://phuluc@/{name}?host={postgresql}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    return str(request.getfixturevalue("postgresql_url"))
