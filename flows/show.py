"""The result of a run, for people."""

import sys
from collections.abc import Sequence
from pathlib import Path

from flows.messages import message_and_hint, say
from flows.report import Summary
from schemas.errors import ExitCode


def results(summary: Summary, inputs: Sequence[Path]) -> None:
    """Print the totals and where the results lie to stdout."""
    if not summary.reports and not summary.growing:
        print(say("summary.empty", inputs=", ".join(map(str, inputs))))
        for remark in summary.remarks():
            print(remark)
        return
    print(summary.counts())
    for remark in summary.remarks():
        print(remark)
    print(say("summary.where", dataset=summary.out / "dataset"))
    if summary.count("failed"):
        print(say("summary.failed_where", failed=summary.out / "failed"))


def failures(summary: Summary) -> None:
    """Print each failure, what happened and what to do, to stderr."""
    for report in summary.reports:
        if report.failure is not None and report.tried:
            _, hint = message_and_hint(report.failure)
            print(f"✗ {report.source_file}: {report.line()}", file=sys.stderr)
            print(f"  {say('status.hint', hint=hint)}", file=sys.stderr)
    if summary.exit_code == ExitCode.ENVIRONMENT:
        print(say("summary.environment"), file=sys.stderr)
