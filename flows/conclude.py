"""The end of a pass over an inbox: files remembered, dataset published, alert given."""

import json
import os
import subprocess
import sys
from collections.abc import Container, Sequence

from flows.database import database_of_environment
from flows.messages import say
from flows.night import Look, Wishes, remember_files
from flows.report import Report, Summary, as_json, report_copies
from flows.run import Run
from flows.sources import InputFiles

_ALERT = "PHULUC_ALERT"
_ALERT_WITHIN = 60  # seconds


def conclude(
    run: Run,
    looked: Look,
    done: Sequence[Report],
    wishes: Wishes,
) -> Summary:
    """Return what became of a pass, after all that it leaves behind is written.

    Raises OSError where something cannot be written, UserError where the database or the list of
    units cannot be used.
    """
    from pipeline.dataset.expected import missing_units  # noqa: PLC0415  SQLAlchemy
    from pipeline.dataset.publish import publish  # noqa: PLC0415  Arrow

    url = database_of_environment()
    vanished = tuple(file.source_file for file in looked.vanished)
    forgotten = vanished if wishes.drop else ()
    reports = settle(run, looked.documents, [*looked.settled, *done], forgotten)
    publish(run.out, url)
    summary = Summary(
        run.out,
        reports,
        looked.growing,
        vanished,
        missing_units(run.out, wishes.expect, url) if wishes.expect else (),
    )
    _alert(summary)
    return summary


def settle(
    run: Run, documents: InputFiles, reports: Sequence[Report], forgotten: Container[str] = ()
) -> tuple[Report, ...]:
    """Return the reports on all files, copies too, after what is known of the files is kept.

    What is `forgotten` is not. Raises OSError where that cannot be written.
    """
    every = [*reports, *report_copies(documents, reports, run.out)]
    remember_files(run, documents, every, forgotten)
    return tuple(sorted(every, key=lambda each: each.source_file))


def _alert(summary: Summary) -> None:
    """Run the office's own command where a document failed now, with the summary on its stdin."""
    command = os.environ.get(_ALERT)
    if not command or not any(each.failure and each.tried for each in summary.reports):
        return
    told = json.dumps(as_json(summary), ensure_ascii=False)
    try:
        subprocess.run(
            command, shell=True, check=True, input=told, text=True, timeout=_ALERT_WITHIN
        )
    except subprocess.SubprocessError as error:
        print(say("alert.failed", command=command, reason=error), file=sys.stderr)
