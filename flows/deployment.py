"""The batch as a Prefect deployment with a schedule.

Import it after `prefect_environment.prepare()`, which says where Prefect keeps its things.
"""

import asyncio
import hashlib
import signal
from pathlib import Path

from prefect.client.schemas.schedules import CronSchedule
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.batch import batch
from flows.errors import CommandError

TIMEZONE = "Asia/Ho_Chi_Minh"


class _Runner(Runner):
    def handle_sigterm(self, *_: object, **__: object) -> None:
        # Prefect's own leaves at once and its runs behind; for Ctrl-C it waits until they end.
        signal.raise_signal(signal.SIGINT)


def check_cron(cron: str) -> None:
    """Raise CommandError where `cron` is no schedule."""
    try:
        CronSchedule(cron=cron, timezone=TIMEZONE)
    except ValueError as error:
        raise CommandError("wrong_cron", cron=cron) from error


def run_on_schedule(inbox: Path, out: Path, cron: str, *, expect: str | None, quiet: bool) -> None:
    """Run the batch at the times of `cron` until SIGINT or SIGTERM, then raise KeyboardInterrupt.

    A run that overlaps the next one delays it: there is one at a time.
    """
    name = deployment_name(inbox, out)
    runner = _Runner(name=name, limit=1)
    runner.add_flow(
        batch,
        name=name,
        schedule=Cron(cron, timezone=TIMEZONE),
        parameters={"inbox": str(inbox), "out": str(out), "expect": expect, "quiet": quiet},
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    asyncio.run(runner.start())


def deployment_name(inbox: Path, out: Path) -> str:
    """Return a name of its own for each pair of folders: one machine may serve several."""
    digest = hashlib.sha256(f"{inbox}\0{out}".encode()).hexdigest()
    return f"{inbox.name}-{digest[:8]}"
