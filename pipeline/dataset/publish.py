"""The dataset of a folder: the tables of all of its plans, in every format, written whole."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.dataset.atomic import write_atomic
from pipeline.dataset.csv_file import csv_bytes
from pipeline.dataset.datapackage import datapackage_bytes
from pipeline.dataset.frames import build_frames
from pipeline.dataset.parquet_file import parquet_bytes
from pipeline.dataset.plans import plan_files, read_failures, read_plan
from pipeline.dataset.review import review_failure, review_left_out
from pipeline.dataset.xlsx_file import xlsx_bytes
from schemas.dataset import ReviewRow
from schemas.plan import Plan


def publish(out: Path) -> None:
    """Write `dataset/` of all that lies in `plans/` and `failed/` of `out`."""
    write_dataset(out, _found(out))


def write_dataset(out: Path, plans: Iterable[Plan | ReviewRow]) -> None:
    """Write `dataset/` of these plans, in their order; of none, empty tables.

    A review row among the plans is what there is to say of a file that gave no plan.
    """
    folder = out / "dataset"
    frames = build_frames(plans)
    csv_files = {name: csv_bytes(frame) for name, frame in frames.items()}
    for name, frame in frames.items():
        write_atomic(folder / f"{name}.csv", csv_files[name])
        write_atomic(folder / f"{name}.parquet", parquet_bytes(frame))
    write_atomic(folder / "plans.xlsx", xlsx_bytes(frames))
    # Last, since it vouches for the others: until then it does not match what is half new.
    write_atomic(folder / "datapackage.json", datapackage_bytes(csv_files))


def _found(out: Path) -> Iterator[Plan | ReviewRow]:
    for path in plan_files(out):
        try:
            yield read_plan(path)
        except ValueError as error:
            name = path.relative_to(out).as_posix()
            yield review_left_out(name, "plan_unusable", str(error))
    yield from map(review_failure, read_failures(out))
