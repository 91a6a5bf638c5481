"""What a pass over an inbox has to do: decided by path, size and time, before Prefect is loaded.

Content and what made a result are looked at for what is new or changed only. The same is true of
failures: one is tried again when its file, the program or what it depends on has changed.
"""

import time
from collections.abc import Container, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from flows.makers import Makers, digest_of
from flows.report import Report, report_unchanged
from flows.run import Run
from flows.sources import InputFile, InputFiles, gather, size_and_time
from pipeline.dataset.known_files import KnownFile, known_files, remember
from pipeline.dataset.names import FAILED, PLANS, failure_path, plan_path
from pipeline.dataset.plans import read_failure, remove_result
from pipeline.ingest import shown

_STEADY = 1.0  # seconds in which a file must not grow


class Wishes(Struct, frozen=True):
    """What a pass is asked for beyond what is new.

    `verify`: look at the content of every file; `retry`: try failures again; `drop`: take documents
    whose file has vanished out of the dataset; `expect`: tell which units have sent nothing, see
    `pipeline.dataset.expected`.
    """

    verify: bool = False
    retry: bool = False
    drop: bool = False
    expect: str | None = None


class Look(Struct, frozen=True):
    """What was found in an inbox, and what is to be done.

    `growing` are files that somebody still writes, as far as that was looked at; `vanished` those
    that are there no more.
    """

    documents: InputFiles
    due: tuple[InputFile, ...]
    settled: tuple[Report, ...]
    growing: tuple[str, ...]
    vanished: tuple[KnownFile, ...]


def look(inbox: Path, run: Run, wishes: Wishes) -> Look:
    """Look through an inbox; whether what is due still grows, `without_growing` tells.

    With `drop` the results of what has vanished are taken away. Raises OSError where the output
    folder cannot be written.
    """
    out = run.out
    known = {file.source_file: file for file in known_files(out)}
    documents = gather([inbox], out, known.values(), verify=wishes.verify)
    makers = Makers(run)
    there = {(folder, path.name) for folder in (PLANS, FAILED) for path in (out / folder).glob("*")}
    settled: list[Report] = []
    due: list[InputFile] = []
    for document in documents.once:
        report = _settled(document, known.get(document.source_file), makers, out, there, wishes)
        plan = None if report else makers.unchanged_plan(document)
        if plan is not None:
            report = report_unchanged(document, plan)
        if report is None:
            due.append(document)
        else:
            settled.append(report)
    vanished = _vanished(inbox, known.values(), documents)
    if wishes.drop:
        for file in vanished:
            remove_result(out, file.name, file.source_file)
    return Look(documents, tuple(due), tuple(settled), (), vanished)


def without_growing(looked: Look, out: Path) -> Look:
    """Return the same without those due that somebody still writes.

    Takes a second where a file is new or changed since the pass before.
    """
    known = {file.source_file: (file.size, file.changed) for file in known_files(out)}
    unsure = [each for each in looked.due if known.get(each.source_file) != _as_found(each)]
    if not unsure:
        return looked
    time.sleep(_STEADY)
    growing = tuple(
        each.source_file
        for each in unsure
        if size_and_time(each.path) not in (_as_found(each), (0, 0))
    )
    steady = tuple(each for each in looked.due if each.source_file not in growing)
    return replace(looked, due=steady, growing=growing)


def _as_found(document: InputFile) -> tuple[int, int]:
    return document.size, document.changed


def _settled(  # noqa: PLR0913, PLR0917
    document: InputFile,
    known: KnownFile | None,
    makers: Makers,
    out: Path,
    there: set[tuple[str, str]],
    wishes: Wishes,
) -> Report | None:
    """The report on a file that need not be read, by what is known of it alone."""
    if known is None or known.sha256 != document.sha256 or known.name != document.name:
        return None
    if known.made_by != makers.digest(document.sha256, ocr=known.ocr):
        return None
    if known.failed:
        path = failure_path(out, known.name, known.source_file)
        if wishes.retry or (FAILED, path.name) not in there:
            return None
        written = path.relative_to(out).as_posix()
        failure = read_failure(path)
        return Report(known.source_file, "failed", written, review=1, failure=failure, tried=False)
    path = plan_path(out, known.name)
    if (PLANS, path.name) not in there:
        return None
    return Report(
        known.source_file,
        "unchanged",
        path.relative_to(out).as_posix(),
        items=known.items,
        review=known.review,
        pages=known.pages,
    )


def _vanished(
    inbox: Path, known: Iterable[KnownFile], documents: InputFiles
) -> tuple[KnownFile, ...]:
    """Files of this inbox that are there no more, but for those whose content has moved."""
    found = {document.source_file for document in documents.all}
    contents = {document.sha256 for document in documents.all}
    folder = Path(shown(str(inbox.absolute())))
    return tuple(
        file
        for file in known
        if file.source_file not in found
        and file.sha256 not in contents
        and folder in Path(file.path).parents
    )


def remember_files(
    run: Run,
    documents: InputFiles,
    reports: Iterable[Report],
    forgotten: Container[str] = (),
) -> None:
    """Keep what is known of files after a run, but for those that are to be forgotten.

    Raises OSError where that cannot be written.
    """
    before = {file.source_file: file for file in known_files(run.out)}
    of_file = {report.source_file: report for report in reports}
    makers = Makers(run)
    found = {
        document.source_file: _known(
            document, of_file[document.source_file], documents, makers, before
        )
        for document in documents.all
        if document.source_file in of_file
    }
    contents = {document.sha256 for document in documents.all}
    kept = (
        file
        for name, file in before.items()
        if name not in found and name not in forgotten and file.sha256 not in contents
    )
    remember(run.out, [*found.values(), *kept])


def _known(
    document: InputFile,
    report: Report,
    documents: InputFiles,
    makers: Makers,
    before: dict[str, KnownFile],
) -> KnownFile:
    made_by, ocr = "", False
    known = before.get(document.source_file)
    if report.made_by is not None:
        made_by, ocr = digest_of(report.made_by), report.made_by.ocr is not None
    elif report.failure is None and known is not None:
        made_by, ocr = known.made_by, known.ocr
    elif report.failure is not None and not report.failure.environment:
        made_by = makers.digest(document.sha256, ocr=False) or ""
    original = documents.copies.get(document.source_file)
    return KnownFile(
        document.source_file,
        shown(str(document.path.absolute())),
        document.size,
        document.changed,
        document.sha256,
        document.name,
        made_by,
        ocr,
        report.failure is not None,
        original,
        report.pages,
        report.items,
        report.review,
    )
