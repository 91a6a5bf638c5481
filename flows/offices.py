"""The office that a command works for: the one whose files the environment names."""

import os
from pathlib import Path

import msgspec

from pipeline.agencies import Office, OfficeFiles
from pipeline.files.atomic import write_atomic
from pipeline.settings import Settings

_NOTE = ".phuluc-office"


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
    return OfficeFiles(agencies.absolute(), Path(decisions).absolute())


def note_office(out: Path) -> None:
    """Note in the output folder which files of the office its pages use; raises OSError."""
    files = office_files()
    told = {"agencies": str(files.agencies), "decisions": str(files.decisions)}
    write_atomic(out / _NOTE, msgspec.json.encode(told))


def noted_office(out: Path) -> OfficeFiles | None:
    """Return which files of the office the pages of a folder used last, None for no pages yet."""
    try:
        told = msgspec.json.decode((out / _NOTE).read_bytes(), type=dict[str, str])
        return OfficeFiles(Path(told["agencies"]), Path(told["decisions"]))
    except (FileNotFoundError, msgspec.DecodeError, KeyError):
        return None
