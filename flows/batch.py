"""`phuluc batch`: one pass over an inbox as a Prefect flow, a task a document.

Import it after `prefect_environment.prepare()`, which says where Prefect keeps its things.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Cancelled
from prefect.task_runners import ThreadPoolTaskRunner

from flows import isolate
from flows.conclude import conclude
from flows.document import do_document, prepare_documents
from flows.messages import say
from flows.night import Wishes, look, without_growing
from flows.progress import progress
from flows.report import Report, Summary
from flows.run import Run, run_of_environment
from flows.sources import InputFile
from flows.writing import writing
from pipeline import readings
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import FailureCode
from schemas.outcome import Outcome


class _NotDoneError(Exception):
    """What makes a task of Prefect's fail; the report goes with it."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.line())
        self.report = report


def _worth_another_try(_task: object, _run: object, state: State) -> bool:
    """Whether a child process died, which need not be the document's fault; asked once."""
    error = state.result(raise_on_failure=False)
    failure = error.report.failure if isinstance(error, _NotDoneError) else None
    return failure is not None and failure.code == FailureCode.CRASHED


def _isolated(job: Job) -> Outcome:
    """What became of a document; its child is its own, unless its reading is kept."""
    read_before = bool(
        job.kept and job.sha256 and readings.is_kept(job.kept, job.sha256, job.settings)
    )
    return isolate.run_isolated(extract_document, job, shared=read_before)


# Nothing is cached by Prefect: what is done already shows in the output folder itself.
@task(
    name="read-document",
    task_run_name="{document.source_file}",
    cache_policy=NO_CACHE,
    retries=1,
    retry_condition_fn=_worth_another_try,
)
def read_document(document: InputFile, run: Run) -> Report:
    """Read one document in a process of its own, and write its plan or its failure.

    A document that fails raises, so that its task is seen to have failed.
    """
    try:
        report = do_document(run, document, _isolated)
    except isolate.BatchStoppedError:
        return Cancelled()  # type: ignore[return-value]  # Prefect takes it for the task's own state
    log = get_run_logger()
    if report.failure is None:
        log.info(say("log.done", pages=report.pages, line=report.short(), seconds=report.seconds))
        return report
    place = {"stage": report.failure.stage, "page": report.failure.page or "-"}
    log.error(say("log.failed", line=report.line(), **place))
    raise _NotDoneError(report)


@flow(name="phuluc-batch")
def batch(  # noqa: PLR0913, PLR0917  what a deployment can set
    inbox: Path,
    out: Path,
    verify: bool = False,
    retry: bool = False,
    drop: bool = False,
    expect: str | None = None,
    quiet: bool = False,
) -> Summary:
    """Read the new and the changed documents of `inbox`, and publish the dataset of `out`."""
    with writing(out):
        summary = _pass(inbox, out, Wishes(verify, retry, drop, expect), quiet=quiet)
    create_markdown_artifact(as_markdown(summary), key="phuluc-batch", description=summary.counts())
    return summary


def _pass(inbox: Path, out: Path, wishes: Wishes, *, quiet: bool) -> Summary:
    run = run_of_environment(out)
    looked = without_growing(look(inbox, run, wishes), run.out)
    due = looked.due
    prepare_documents(run, due)
    shared = replace(run, settings=_share(run.settings, len(due)))
    reports: list[Report] = []
    # Left last: its threads wait for the children, which an interrupted batch ends first.
    with (
        ThreadPoolTaskRunner[Report](max_workers=run.settings.workers) as threads,
        progress(len(due), quiet=quiet) as advance,
        isolate.children(),
    ):
        futures: list[PrefectFuture[Report]] = [
            threads.submit(read_document, {"document": each, "run": shared})
            for each in _largest_first(due)
        ]
        for future in as_completed(futures):
            reports.append(_report_of(future))
            advance(reports[-1])
    return conclude(run, looked, reports, wishes)


def _report_of(future: PrefectFuture[Report]) -> Report:
    try:
        return future.result()
    except _NotDoneError as error:
        return error.report


def as_markdown(summary: Summary) -> str:
    """Return the summary as a page: the totals, and a table with a line a document.

    What is unchanged is in the totals alone.
    """
    rows = "".join(
        f"| {_cell(each.source_file)} | {_cell(each.line())} | {each.pages or ''} | {each.items} "
        f"| {each.review} | {each.seconds or ''} |\n"
        for each in summary.reports
        if each.status != "unchanged"
    )
    head = f"# {say('artifact.title')}\n\n{summary.counts()}\n"
    said = "".join(f"\n{line}\n" for line in summary.remarks())
    return f"{head}{said}\n{say('artifact.header')}\n|---|---|--:|--:|--:|--:|\n{rows}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _share(settings: Settings, documents: int) -> Settings:
    """Return the settings with the page workers that one of so many documents may have."""
    side_by_side = max(1, min(documents, settings.workers))  # all of them may still be growing
    return settings.model_copy(update={"workers": max(1, settings.workers // side_by_side)})


def _largest_first(documents: Sequence[InputFile]) -> list[InputFile]:
    """Return the documents so that no large one is left to run alone at the end."""
    return sorted(documents, key=_size, reverse=True)


def _size(document: InputFile) -> int:
    try:
        return document.path.stat().st_size
    except OSError:
        return 0  # it was taken away meanwhile, which is told when its turn comes
