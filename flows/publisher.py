"""The dataset, published by a worker that loads what writes the files while documents are read."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.database import database_of_environment
from pipeline.parallel import Worker, WorkerFailedError

_log = logging.getLogger(__name__)


@contextmanager
def publisher(out: Path) -> Iterator[Callable[[], None]]:
    """Yield what publishes the dataset of `out`, in a worker that is there from now on.

    Arrow and SQLAlchemy take longer to load (0.4 s) than a page to read, and only it needs them.
    Where the worker dies, it is done here.
    """
    worker = Worker(_publish, beforehand=_load)

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


def _load() -> None:
    from pipeline.dataset import publish  # noqa: F401, PLC0415  see above

    gc.freeze()


def _publish(out: Path) -> None:
    from pipeline.dataset.publish import publish  # noqa: PLC0415  Arrow, SQLAlchemy

    publish(out, database_of_environment())
