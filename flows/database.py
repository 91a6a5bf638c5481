"""The database that the environment names."""

import os


def database_of_environment() -> str | None:
    """Return the URL of PHULUC_DATABASE; None, SQLite, where that is not set."""
    return os.environ.get("PHULUC_DATABASE") or None
