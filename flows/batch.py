"""`phuluc batch`: one pass over an inbox as a Prefect flow, a task a document.

Import it after `prefect_environment.prepare()`, which says where Prefect keeps its things.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.states import Cancelled
from prefect.task_runners import ThreadPoolTaskRunner

from flows import isolate
from flows.database import database_of_environment
from flows.job import Job, run_job
from flows.messages import say
from flows.offices import office_of_environment
from flows.progress import progress
from flows.report import (
    Report,
    Summary,
    in_order,
    report_copies,
    report_unchanged,
    write_and_report,
)
from flows.sources import Document, Documents, gather, unchanged_plan
from flows.writing import writing
from pipeline import readings
from pipeline.agencies import Office
from pipeline.correct.log import standing_of
from pipeline.dataset.publish import publish
from pipeline.read.libreoffice.prepared import prepare
from pipeline.settings import Settings

_THREADS = ThreadPoolTaskRunner[Any](max_workers=Settings.of_environment().workers)


# Nothing is cached by Prefect: what is done already shows in the output folder itself.
@task(name="read-document", task_run_name="{document.source_file}", cache_policy=NO_CACHE)
def read_document(document: Document, out: Path, settings: Settings, office: Office) -> Report:
    """Read one document in a process of its own, and write its plan or its failure."""
    kept = out / readings.FOLDER
    corrections = standing_of(out, document.sha256)
    job = Job(
        document.path,
        document.source_file,
        settings,
        office,
        document.sha256,
        kept,
        corrections=corrections,
    )
    try:
        outcome = isolate.run_isolated(run_job, job)
    except isolate.BatchStoppedError:
        return Cancelled()  # type: ignore[return-value]  # Prefect takes it for the task's own state
    return write_and_report(document, outcome, out)


@flow(name="phuluc-batch", task_runner=_THREADS)  # type: ignore[arg-type]  # its own futures
def batch(inbox: Path, out: Path, quiet: bool = False) -> Summary:
    """Read the new and the changed documents of `inbox`, and publish the dataset of `out`."""
    with writing(out):
        return _pass(inbox, out, quiet=quiet)


def _pass(inbox: Path, out: Path, *, quiet: bool) -> Summary:
    settings = Settings.of_environment()
    office = office_of_environment(settings)
    documents = gather([inbox], out)
    reports, due = _sort_out(documents, out, settings, office)

    prepare(((each.sha256, each.path) for each in due if each.sha256), out / readings.FOLDER)
    with progress(len(due), quiet=quiet) as advance, isolate.children():
        futures = [
            read_document.submit(each, out, _share(settings, len(due)), office)
            for each in _largest_first(due)
        ]
        for future in as_completed(futures):
            report = future.result()
            reports.append(report)
            advance(report)

    reports += report_copies(documents, reports, out)
    publish(out, database_of_environment())
    summary = Summary(out, in_order(reports))
    create_markdown_artifact(as_markdown(summary), key="phuluc-batch", description=summary.counts())
    return summary


def _sort_out(
    documents: Documents, out: Path, settings: Settings, office: Office
) -> tuple[list[Report], list[Document]]:
    """Return the reports on what is unchanged, and the documents that are due."""
    reports, due = [], []
    for document in documents.once:
        plan = unchanged_plan(document, out, settings, office)
        if plan is None:
            due.append(document)
        else:
            reports.append(report_unchanged(document, plan))
    return reports, due


def as_markdown(summary: Summary) -> str:
    """Return the summary as a page: the totals, and a table with a line a document."""
    rows = "\n".join(
        f"| {_cell(each.source_file)} | {_cell(each.line())} |" for each in summary.reports
    )
    head = f"# {say('artifact.title')}\n\n{summary.counts()}\n"
    return f"{head}\n{say('artifact.header')}\n|---|---|\n{rows}\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _share(settings: Settings, documents: int) -> Settings:
    """Return the settings with the page workers that one of so many documents may have."""
    side_by_side = min(documents, settings.workers)
    return settings.model_copy(update={"workers": max(1, settings.workers // side_by_side)})


def _largest_first(documents: Sequence[Document]) -> list[Document]:
    """Return the documents so that no large one is left to run alone at the end."""
    return sorted(documents, key=_size, reverse=True)


def _size(document: Document) -> int:
    try:
        return document.path.stat().st_size
    except OSError:
        return 0  # it was taken away meanwhile, which is told when its turn comes
