"""One document as a job: options in, outcome out. `extract`, the batch and the pages call it."""

from pathlib import Path

from msgspec import Struct

from pipeline.agencies import Office
from pipeline.extract import extract_document
from pipeline.settings import Settings
from schemas.correction import Correction
from schemas.outcome import Outcome


class Job(Struct, frozen=True):
    """What there is to do, and with what; it can be handed to another process.

    `sha256` is that of the file's content where it is known already, `kept` the folder in which its
    reading is looked for and kept, `corrections` what stands of what people said about it. With
    `debug`, pictures of what was seen are drawn into that folder.
    """

    path: Path
    source_file: str
    settings: Settings
    office: Office
    sha256: str | None = None
    kept: Path | None = None
    debug: Path | None = None
    corrections: tuple[Correction, ...] = ()


def run_job(job: Job) -> Outcome:
    """Return what became of the document: its plan, or its named error. Never raises for it."""
    return extract_document(
        job.path,
        job.source_file,
        job.settings,
        job.office,
        kept=job.kept,
        debug=job.debug,
        sha256=job.sha256,
        corrections=job.corrections,
    )
