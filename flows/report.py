"""What a run did, a line a document: for the exit code, for programs, for people."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from flows.messages import message_and_hint, say
from flows.sources import InputFile, InputFiles
from pipeline.dataset import write_outcome
from pipeline.dataset.names import PLANS
from pipeline.dataset.review import review_plan
from schemas.errors import ExitCode
from schemas.failure import Failure
from schemas.outcome import Outcome
from schemas.plan import Plan, ProducedBy

_SHOWN = 10  # names in a sentence
Status = Literal["done", "unchanged", "copy", "failed"]


class Report(Struct, frozen=True):
    """What became of one file. `written` is relative to the output folder.

    `original` is set for a copy: the file whose content it repeats. `tried` is false for a failure
    that was not tried again, since nothing has changed.
    """

    source_file: str
    status: Status
    written: str | None = None
    items: int = 0
    review: int = 0
    failure: Failure | None = None
    original: str | None = None
    pages: int = 0
    seconds: float = 0
    made_by: ProducedBy | None = None
    tried: bool = True

    def short(self) -> str:
        """Return what became of it in a few words, in the language of this process."""
        if self.failure is not None:
            key = "status.failed" if self.tried else "status.failed_before"
            return say(key, code=self.failure.code)
        if self.original is not None:
            return say("status.copy", original=self.original)
        return say(f"status.{self.status}", items=self.items, review=self.review)

    def line(self) -> str:
        """Return the same, and for a failure what happened."""
        if self.failure is None:
            return self.short()
        return f"{self.short()}: {message_and_hint(self.failure)[0]}"


class Summary(Struct, frozen=True):
    """What became of all files of a run, in the order of their paths.

    `growing` were still being written, `vanished` are there no more, and the units `missing` should
    have sent something.
    """

    out: Path
    reports: tuple[Report, ...]
    growing: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """3 where the machine lacks something, else 1 where a document failed, else 0."""
        failures = [each.failure for each in self.reports if each.failure is not None]
        if any(failure.environment for failure in failures):
            return ExitCode.ENVIRONMENT
        return ExitCode.SOME_FAILED if failures else ExitCode.OK

    def count(self, status: Status) -> int:
        """Return how many files ended so."""
        return sum(each.status == status for each in self.reports)

    @property
    def items(self) -> int:
        """Items of all documents."""
        return sum(each.items for each in self.reports)

    @property
    def review(self) -> int:
        """Places that somebody should look at."""
        return sum(each.review for each in self.reports)

    def remarks(self) -> Iterator[str]:
        """Yield sentences on what is not there: still being written, vanished, not sent."""
        for what in ("growing", "vanished", "missing"):
            if names := getattr(self, what):
                shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
                yield say(f"summary.{what}", count=len(names), names=shown)

    def counts(self) -> str:
        """Return the totals as a sentence, in the language of this process."""
        return say(
            "summary.counts",
            done=self.count("done"),
            unchanged=self.count("unchanged"),
            copies=self.count("copy"),
            failed=self.count("failed"),
            items=self.items,
            review=self.review,
        )


def write_and_report(
    document: InputFile, outcome: Outcome, out: Path, seconds: float = 0
) -> Report:
    """Write the outcome, which took so long, to `out` and return the report on it.

    Raises OSError as writing does.
    """
    written = write_outcome(out, document.name, outcome)
    if outcome.plan is not None:
        return replace(_report_plan(document, "done", outcome.plan), seconds=seconds)
    return Report(
        document.source_file,
        "failed",
        written.relative_to(out).as_posix(),
        review=1,
        failure=outcome.failure,
        seconds=seconds,
    )


def report_copies(documents: InputFiles, reports: Sequence[Report], out: Path) -> Iterator[Report]:
    """Yield the reports on files with the content of another; a failure is that of both."""
    known = {report.source_file: report for report in reports}
    for document in documents.all:
        original = known.get(documents.copies.get(document.source_file, ""))
        if original is None:
            continue
        if original.failure is None:
            yield Report(document.source_file, "copy", original=original.source_file)
            continue
        failure = original.failure.model_copy(update={"source_file": document.source_file})
        outcome = Outcome(source_file=document.source_file, sha256=None, failure=failure)
        yield write_and_report(document, outcome, out)


def report_unchanged(document: InputFile, plan: Plan) -> Report:
    """Return the report on a document whose plan lies in the output folder already."""
    return _report_plan(document, "unchanged", plan)


def _report_plan(document: InputFile, status: Status, plan: Plan) -> Report:
    return Report(
        document.source_file,
        status,
        f"{PLANS}/{document.name}.json",
        items=len(plan.items),
        review=sum(1 for _ in review_plan(plan)),
        pages=plan.document.pages,
        made_by=plan.produced_by,
    )


def as_json(summary: Summary) -> dict[str, Any]:
    """Return the summary for programs; paths are relative to `out`, messages in one language."""
    return {
        "out": str(summary.out),
        "exit_code": int(summary.exit_code),
        "totals": {
            "documents": len(summary.reports),
            "done": summary.count("done"),
            "unchanged": summary.count("unchanged"),
            "copies": summary.count("copy"),
            "failed": summary.count("failed"),
            "items": summary.items,
            "review": summary.review,
        },
        "growing": summary.growing,
        "vanished": summary.vanished,
        "missing": summary.missing,
        "documents": [_document_as_json(each) for each in summary.reports],
    }


def _document_as_json(report: Report) -> dict[str, Any]:
    failure = report.failure
    if failure is not None:
        message, hint = message_and_hint(failure)
    return {
        "source_file": report.source_file,
        "status": report.status,
        "plan": report.written if failure is None else None,
        "items": report.items,
        "review": report.review,
        "copy_of": report.original,
        "failure": None
        if failure is None
        else {
            "written": report.written,
            "code": failure.code,
            "stage": failure.stage,
            "page": failure.page,
            "message": message,
            "hint": hint,
        },
    }
