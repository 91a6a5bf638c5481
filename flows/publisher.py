"""The dataset, published by a worker that gets ready for it while documents are read."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pipeline.dataset.review  # noqa: F401  this process and the worker need it: loaded once, 20 ms
from flows.database import database_of_environment
from pipeline.parallel import Worker, WorkerFailedError

_log = logging.getLogger(__name__)


@contextmanager
def publisher(out: Path) -> Iterator[Callable[[], None]]:
    """Yield what publishes the dataset of `out`, in a worker that is there from now on.

    Arrow and SQLAlchemy take longer to load (0.2 s) than a page to read, and only it needs them;
    to make an empty database takes 0.05 s. Where the worker dies, it is done here.
    """
    worker = Worker(_publish, beforehand=partial(_get_ready, out))

    def publish_in_worker() -> None:
        worker.give(out)
        try:
            worker.result()
        except WorkerFailedError:
            _log.warning("a worker failed", exc_info=True)
            _publish(out)

    try:
        yield publish_in_worker
    finally:
        worker.end()


def _get_ready(out: Path) -> None:
    from pipeline.dataset.publish import make_database  # noqa: PLC0415  see above

    gc.freeze()
    with suppress(Exception):  # is met again, and told, when there is something to publish
        make_database(out, database_of_environment())


def _publish(out: Path) -> None:
    from pipeline.dataset.publish import publish  # noqa: PLC0415  Arrow, SQLAlchemy

    publish(out, database_of_environment())
