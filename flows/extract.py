"""`phuluc extract`: the job for the files at hand, without Prefect."""

from collections.abc import Sequence
from pathlib import Path

from flows.conclude import settle
from flows.document import do_document, prepare_documents
from flows.progress import progress
from flows.report import Report, Summary
from flows.run import run_of_environment
from flows.sources import gather
from pipeline.dataset.known_files import known_files
from pipeline.extract import extract_document


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
    run = run_of_environment(out, join=join)
    documents = gather(inputs, out, known_files(out))
    prepare_documents(run, documents.once)
    reports: list[Report] = []
    with progress(len(documents.once), quiet=quiet) as advance:
        for document in documents.once:
            reports.append(do_document(run, document, extract_document, debug))
            advance(reports[-1])
    return Summary(out, settle(run, documents, reports))
