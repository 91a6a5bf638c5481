"""The end of a pass over an inbox: files remembered, dataset published, alert given."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.database import database_of_environment
from flows.messages import say
from flows.night import Look, Wishes, remember_files
from flows.report import Report, Summary, as_json, in_order, report_copies
from pipeline.agencies import Office
from pipeline.settings import Settings

_ALERT = "PHULUC_ALERT"
_ALERT_WITHIN = 60  # seconds


def conclude(
    out: Path,
    looked: Look,
    done: Sequence[Report],
    makers: tuple[Settings, Office],
    wishes: Wishes,
) -> Summary:
    """Return what became of a pass, after all that it leaves behind is written.

    Raises OSError where something cannot be written, UserError where the database or the list of
    units cannot be used.
    """
    from pipeline.dataset.expected import missing_units  # noqa: PLC0415  SQLAlchemy
    from pipeline.dataset.publish import publish  # noqa: PLC0415  Arrow

    url = database_of_environment()
    reports = [*looked.settled, *done]
    reports += report_copies(looked.documents, reports, out)
    vanished = tuple(file.source_file for file in looked.vanished)
    remember_files(out, looked.documents, reports, makers, vanished if wishes.drop else ())
    publish(out, url)
    summary = Summary(
        out,
        in_order(reports),
        looked.growing,
        vanished,
        missing_units(out, wishes.expect, url) if wishes.expect else (),
    )
    _alert(summary)
    return summary


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
