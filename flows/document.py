"""One document of a run: its job done, its result written, and told."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from flows.report import Report, write_and_report
from flows.run import Run, job_of
from flows.sources import InputFile
from pipeline.job import Job
from pipeline.read.libreoffice.prepared import prepare
from schemas.outcome import Outcome


def prepare_documents(run: Run, documents: Iterable[InputFile]) -> None:
    """Convert and render the Word files among the documents, in one go each."""
    prepare(((each.sha256, each.path) for each in documents if each.sha256), run.kept)


def do_document(
    run: Run, document: InputFile, work: Callable[[Job], Outcome], debug: Path | None = None
) -> Report:
    """Do the job of a document by `work`, write its plan or its failure, and return the report.

    Raises OSError as writing does, and what `work` raises.
    """
    job = job_of(run, document.path, document.source_file, document.sha256, debug)
    began = time.monotonic()
    outcome = work(job)
    return write_and_report(document, outcome, run.out, round(time.monotonic() - began, 1))
