"""Where an office's own files are: its list of agencies, and what its people decided."""

import os
from pathlib import Path


class RegistryError(ValueError):
    """A file of the registry cannot be used; the message names it, the row and what is wrong."""


def overlay_path() -> Path:
    """Return where the office's own agencies file is, or would be."""
    named = os.environ.get("PHULUC_REGISTRY_OVERLAY")
    if named:
        return Path(named)
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "phuluc" / "agencies.csv"


def decisions_path() -> Path:
    """Return where the office's decisions are kept, or would be: beside its agencies file."""
    named = os.environ.get("PHULUC_DECISIONS")
    return Path(named) if named else overlay_path().with_name("decisions.sqlite3")
