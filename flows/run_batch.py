"""Run the batch flow here and now. Prefect is imported only when it is called."""

import sys
from pathlib import Path

from flows import isolate
from flows.messages import say
from flows.prefect_environment import prepare
from flows.prefect_server import prefect_server
from flows.report import Summary


def run_batch(inbox: Path, out: Path, *, quiet: bool) -> Summary:
    """Run one batch on the server of PREFECT_API_URL, else on one that lives as long as the run.

    Raises MachineLacksError where no server starts, OSError where something cannot be written.
    """
    # What goes wrong comes back as an exception and is told by the command line.
    prepare(log_level="CRITICAL")
    isolate.warm_up()
    if not quiet:
        print(say("progress.starting"), file=sys.stderr, flush=True)
    with prefect_server():
        from flows.batch import batch  # noqa: PLC0415  after `prepare`

        return batch(inbox, out, quiet)
