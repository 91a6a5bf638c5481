"""A run: the output folder that it fills, with which settings, for which office."""

from pathlib import Path

from msgspec import Struct

from flows.offices import office_of_environment
from pipeline import readings
from pipeline.agencies import Office
from pipeline.correct.log import standing_of
from pipeline.job import Job
from pipeline.settings import Settings


class Run(Struct, frozen=True):
    """What all documents of a run share."""

    out: Path
    settings: Settings
    office: Office

    @property
    def kept(self) -> Path:
        """The folder in which readings are looked for and kept."""
        return self.out / readings.FOLDER


def run_of_environment(out: Path, *, join: bool = True) -> Run:
    """Return a run into `out` as the environment says; without `join` rows stay cut.

    Raises SettingError for a variable, RegistryError for a file of the office that cannot be used.
    """
    settings = Settings.of_environment(**({} if join else {"join_rows": False}))
    return Run(out, settings, office_of_environment(settings))


def job_of(
    run: Run, path: Path, source_file: str, sha256: str | None, debug: Path | None = None
) -> Job:
    """Return what there is to do for a file of the run; `sha256` is None where it is not known."""
    return Job(
        path,
        source_file,
        run.settings,
        run.office,
        sha256=sha256,
        kept=run.kept,
        debug=debug,
        corrections=standing_of(run.out, sha256),
    )
