"""How Prefect is run here: quiet, offline, with a folder of its own. Imports no Prefect."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.messages import say

if TYPE_CHECKING:
    from flows.report import Summary

# Where the user has set one of these, it stays.
_QUIET = {
    "DO_NOT_TRACK": "1",
    # Its client cannot reach home from an office network, and locks the database while it tries.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    # The first start makes a database; Prefect's own 20 s are too short on a slow disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def data_folder() -> Path:
    """Return the folder of the program's own data (XDG base directory specification)."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base, "phuluc")


def prefect_home() -> Path:
    """Return where Prefect keeps its database and profiles."""
    return Path(os.environ.get("PREFECT_HOME") or data_folder() / "prefect")


def prepare() -> None:
    """Set the environment that `import prefect` reads. Raises OSError without a place to write."""
    home = prefect_home()
    home.mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_HOME"] = str(home)
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)


def run_batch(inbox: Path, out: Path, *, quiet: bool) -> "Summary":
    """Run one batch here and now: on the server of PREFECT_API_URL, else on an embedded one."""
    prepare()
    from flows import isolate  # noqa: PLC0415

    isolate.warm_up()
    if not quiet:
        print(say("progress.starting"), file=sys.stderr)
    from flows.batch import batch  # noqa: PLC0415

    return batch(inbox, out, quiet)
