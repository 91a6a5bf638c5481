"""`phuluc serve`: the batch on a schedule, as a Prefect deployment that runs until it is stopped."""

import hashlib
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from flows.errors import CannotRun
from flows.messages import language, say
from flows.prefect_environment import prepare
from flows.prefect_server import prefect_server

TIMEZONE = "Asia/Ho_Chi_Minh"


def serve(inbox: Path, out: Path, cron: str, *, quiet: bool = False) -> None:
    """Run the batch at the times of `cron` (Vietnamese time) until SIGINT or SIGTERM.

    Raises CannotRun for a `cron` that is no schedule, and where no server starts.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    prepare(log_level="WARNING")
    os.environ["PHULUC_LANG"] = language()  # the runs are processes of their own
    from prefect.client.schemas.schedules import CronSchedule  # noqa: PLC0415  after `prepare`

    try:
        CronSchedule(cron=cron, timezone=TIMEZONE)
    except ValueError as error:
        raise CannotRun(say("error.cron", cron=cron)) from error
    say_to_people = (lambda _: None) if quiet else _to_stderr
    try:
        with prefect_server() as address:
            say_to_people(say("serve.dashboard", url=address.removesuffix("/api")))
            say_to_people(say("serve.ready", inbox=inbox, out=out, cron=cron))
            _serve(inbox.resolve(), out.resolve(), cron, quiet=quiet)
    except (KeyboardInterrupt, SystemExit):
        pass  # that is how it is stopped; Prefect answers SIGTERM with SystemExit
    say_to_people(say("serve.stopped"))


def _serve(inbox: Path, out: Path, cron: str, *, quiet: bool) -> None:
    from prefect.flows import EntrypointType  # noqa: PLC0415
    from prefect.schedules import Cron  # noqa: PLC0415

    from flows.batch import batch  # noqa: PLC0415

    batch.serve(
        name=_deployment_name(inbox, out),
        schedule=Cron(cron, timezone=TIMEZONE),
        parameters={"inbox": str(inbox), "out": str(out), "quiet": quiet},
        limit=1,
        print_starting_message=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _deployment_name(inbox: Path, out: Path) -> str:
    """Return a name of its own for each pair of folders: one machine may serve several."""
    digest = hashlib.sha256(f"{inbox}\0{out}".encode()).hexdigest()
    return f"{inbox.name}-{digest[:8]}"


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
