"""Run the batch flow here and now. Prefect is imported only when it is called."""

import os
import sys
from pathlib import Path

from msgspec.structs import asdict

from flows import isolate
from flows.conclude import conclude
from flows.messages import say
from flows.night import Wishes, look
from flows.prefect_environment import prepare
from flows.prefect_server import prefect_server
from flows.report import Summary
from flows.run import run_of_environment
from flows.writing import writing


def run_batch(inbox: Path, out: Path, wishes: Wishes, *, quiet: bool) -> Summary:
    """Run one batch on the server of PREFECT_API_URL, else on one that lives as long as the run.

    Where there is nothing to read, Prefect is not even loaded. Raises MachineLacksError where no
    server starts, FolderBusyError where another run holds `out`, OSError where something cannot be
    written.
    """
    run = run_of_environment(out)
    with writing(out):
        looked = look(inbox, run, wishes)
        if not looked.due:
            return conclude(run, looked, [], wishes)
    # What goes wrong comes back as an exception and is told by the command line.
    prepare(console_level="CRITICAL", server_stays="PREFECT_API_URL" in os.environ)
    isolate.warm_up()
    if not quiet:
        print(say("progress.starting"), file=sys.stderr, flush=True)
    with prefect_server():
        from flows.batch import batch  # noqa: PLC0415  after `prepare`

        summary: Summary = batch(inbox, out, **asdict(wishes), quiet=quiet)
        return summary
