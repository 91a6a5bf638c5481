"""The dataset of a folder: the tables of all of its plans, in every format, written whole."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pipeline.dataset.frames import build_frames
from pipeline.dataset.plans import plan_files, read_failures, read_plan
from pipeline.dataset.review import review_failure, review_left_out
from pipeline.dataset.sinks.csv import csv_bytes
from pipeline.dataset.sinks.package import datapackage_bytes
from pipeline.dataset.sinks.parquet import parquet_bytes
from pipeline.dataset.sinks.xlsx import xlsx_bytes
from pipeline.files.atomic import write_atomic
from pipeline.parallel import Worker, WorkerFailedError
from schemas.dataset import ReviewRow
from schemas.plan import Plan

_log = logging.getLogger(__name__)


def publish(out: Path) -> None:
    """Write `dataset/` of all that lies in `plans/` and `failed/` of `out`."""
    write_dataset(out, _found(out))


@contextmanager
def publisher(out: Path) -> Iterator[Callable[[], None]]:
    """Yield what does `publish(out)`, in a copy of this process that is there from now on.

    Arrow and all else that writes the files takes longer to load than a page to read. The copy
    makes the files of no plans meanwhile, for which it needs all of it. Where no copy can be had,
    or it dies, it is done here.
    """
    if not hasattr(os, "fork"):
        yield partial(publish, out)
        return
    worker = Worker(publish, beforehand=partial(_contents, ()))

    def in_the_worker() -> None:
        worker.give(out)
        try:
            worker.result()
        except WorkerFailedError:
            _log.warning("a worker failed", exc_info=True)
            publish(out)

    try:
        yield in_the_worker
    finally:
        worker.end()


def write_dataset(out: Path, plans: Iterable[Plan | ReviewRow]) -> None:
    """Write `dataset/` of these plans, in their order; of none, empty tables.

    A review row among the plans is what there is to say of a file that gave no plan.
    """
    for name, content in _contents(plans):
        write_atomic(out / "dataset" / name, content)


def _contents(plans: Iterable[Plan | ReviewRow]) -> list[tuple[str, bytes]]:
    """The files of the dataset by name, in the order in which they are to be written."""
    frames = build_frames(plans)
    csv_files = {name: csv_bytes(frame) for name, frame in frames.items()}
    return [
        *((f"{name}.csv", content) for name, content in csv_files.items()),
        *((f"{name}.parquet", parquet_bytes(frame)) for name, frame in frames.items()),
        ("plans.xlsx", xlsx_bytes(frames)),
        # Last, since it vouches for the others: until then it does not match what is half new.
        ("datapackage.json", datapackage_bytes(csv_files)),
    ]


def _found(out: Path) -> Iterator[Plan | ReviewRow]:
    for path in plan_files(out):
        try:
            yield read_plan(path)
        except ValueError as error:
            name = path.relative_to(out).as_posix()
            yield review_left_out(name, "plan_unusable", str(error))
    yield from map(review_failure, read_failures(out))
