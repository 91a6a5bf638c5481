"""The office that a command works for: the one whose files the environment names."""

import os
from pathlib import Path

from pipeline.agencies import Office, OfficeFiles
from pipeline.settings import Settings


def office_of_environment(settings: Settings | None = None) -> Office:
    """Return the office of the environment, with the thresholds of the settings.

    Without settings they are those of the environment, too. Raises RegistryError where a file of
    the office cannot be used, SettingError for a variable that cannot.
    """
    return Office.load(office_files(), settings or Settings.of_environment())


def office_files() -> OfficeFiles:
    """Return where the office's own files are, or would be: its agencies, and its decisions."""
    config = os.environ.get("XDG_CONFIG_HOME")
    folder = (Path(config) if config else Path.home() / ".config") / "phuluc"
    agencies = Path(os.environ.get("PHULUC_REGISTRY_OVERLAY") or folder / "agencies.csv")
    decisions = os.environ.get("PHULUC_DECISIONS") or agencies.with_name("decisions.sqlite3")
    return OfficeFiles(agencies, Path(decisions))
