"""How Prefect is run here: quiet, offline, with a folder of its own. Imports no Prefect."""

import os
from pathlib import Path

# Where the user has set one of these, it stays.
_QUIET = {
    "DO_NOT_TRACK": "1",
    # Its client cannot reach home from an office network, and locks the database while it tries.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Its page would ask port 4200, whatever port the server has.
    "PREFECT_SERVER_UI_API_URL": "/api",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The newer page calls an analytics host at every view, whatever else is set.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    # What is logged of runs is for the page; how much of it is for the terminal, `prepare` says.
    "PREFECT_LOGGING_LEVEL": "INFO",
}


_CONSOLE = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"


def data_folder() -> Path:
    """Return the folder of the program's own data (XDG base directory specification)."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base, "phuluc")


def prefect_home() -> Path:
    """Return where Prefect keeps its database and profiles."""
    return Path(os.environ.get("PREFECT_HOME") or data_folder() / "prefect")


def prepare(*, console_level: str, server_stays: bool) -> None:
    """Set the environment that `import prefect` reads. Raises OSError without a place to write.

    `console_level` is from which level on Prefect speaks on stderr. Logs go to a server that
    `server_stays` says is there after the run; one that is gone could not take the last of them.
    """
    home = prefect_home()
    home.mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_HOME"] = str(home)
    for name, value in {
        **_QUIET,
        _CONSOLE: console_level,
        "PREFECT_LOGGING_TO_API_ENABLED": str(server_stays).lower(),
    }.items():
        os.environ.setdefault(name, value)
