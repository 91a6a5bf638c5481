"""`phuluc serve`: the batch on a schedule, until it is stopped."""

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from flows.messages import language, say
from flows.prefect_environment import prepare
from flows.prefect_server import prefect_server


def serve(
    inbox: Path, out: Path, cron: str, *, expect: str | None = None, quiet: bool = False
) -> None:
    """Run the batch at the times of `cron` (Vietnamese time) until SIGINT or SIGTERM.

    Raises CommandError for a `cron` that is no schedule, MachineLacksError where no server starts.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    prepare(console_level="WARNING", server_stays=True)
    os.environ["PHULUC_LANG"] = language()  # the runs are processes of their own
    try:
        from flows.deployment import check_cron, run_on_schedule  # noqa: PLC0415  after `prepare`

        check_cron(cron)
        with prefect_server() as address:
            if not quiet:
                _say(say("serve.dashboard", url=address.removesuffix("/api")))
                _say(say("serve.ready", inbox=inbox, out=out, cron=cron))
            run_on_schedule(inbox.resolve(), out.resolve(), cron, expect=expect, quiet=quiet)
    except KeyboardInterrupt:
        if not quiet:
            _say(say("serve.stopped"))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
