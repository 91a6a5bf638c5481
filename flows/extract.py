"""`phuluc extract`: the job for the files at hand, without Prefect."""

import time
from collections.abc import Sequence
from pathlib import Path

from flows.job import Job, run_job
from flows.night import remember_files
from flows.offices import office_of_environment
from flows.progress import progress
from flows.report import Report, Summary, in_order, report_copies, write_and_report
from flows.sources import gather
from pipeline import readings
from pipeline.correct.log import standing_of
from pipeline.dataset.known_files import known_files
from pipeline.read.libreoffice.prepared import prepare
from pipeline.settings import Settings


def extract(
    inputs: Sequence[Path],
    out: Path,
    *,
    quiet: bool = False,
    debug: Path | None = None,
    join: bool = True,
) -> Summary:
    """Read the files and folders one document after the other into `plans/` and `failed/` of `out`.

    Pages are read side by side within a document. Without `join`, rows that a page break cut stay
    apart. Raises FileNotFoundError for an input that does not exist, OSError where `out` cannot be
    written, UserError where a setting or the office's own registry cannot be used.
    """
    settings = Settings.of_environment(**({} if join else {"join_rows": False}))
    office = office_of_environment(settings)
    documents = gather(inputs, out, known_files(out))
    kept = out / readings.FOLDER
    prepare(((each.sha256, each.path) for each in documents.once if each.sha256), kept)
    reports: list[Report] = []
    with progress(len(documents.once), quiet=quiet) as advance:
        for document in documents.once:
            job = Job(
                document.path,
                document.source_file,
                settings,
                office,
                document.sha256,
                kept,
                debug,
                standing_of(out, document.sha256),
            )
            began = time.monotonic()
            outcome = run_job(job)
            seconds = round(time.monotonic() - began, 1)
            reports.append(write_and_report(document, outcome, out, seconds))
            advance(reports[-1])
    reports += report_copies(documents, reports, out)
    remember_files(out, documents, reports, (settings, office))
    return Summary(out, in_order(reports))
