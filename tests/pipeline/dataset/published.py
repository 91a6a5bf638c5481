"""Plans put into an output folder as a run would, and what is published of them."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from pipeline.dataset import write_outcome
from pipeline.dataset.publish import publish
from schemas.outcome import Outcome
from schemas.plan import Plan


def put(out: Path, name: str, plan: Plan) -> Path:
    """Write the plan under a name; returns its path."""
    document = plan.document
    outcome = Outcome(source_file=document.source_file, sha256=document.sha256, plan=plan)
    return write_outcome(out, name, outcome)


def publish_plans(out: Path, plans: Iterable[Plan], url: str | None = None) -> Path:
    """Publish the plans, named in their order, and return the folder of the dataset."""
    for number, plan in enumerate(plans):
        put(out, f"{number:03d}", plan)
    publish(out, url)
    return out / "dataset"


def frame(dataset: Path, table: str) -> pa.Table:
    """A table as it was published."""
    return parquet.read_table(dataset / f"{table}.parquet")
