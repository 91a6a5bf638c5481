"""The tables as typed data frames, every row and every key checked before anything is written.

They are Arrow tables, which take a third of the start-up time of pandas; analysts get pandas frames
from `read_frame`.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.arrow import arrow_schema, record_batch
from pipeline.dataset.review import review_left_out, review_plan, worst_first
from pipeline.dataset.rows import Rows, rows_of
from schemas.dataset import TABLES, ReviewRow
from schemas.plan import Plan, Record

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Frames = Mapping[str, "pa.Table"]


def build_frames(found: Iterable[Plan | ReviewRow]) -> Frames:
    """Return all tables of the plans, in their order, one plan at a time in memory.

    A review row among them is what there is to say of a file that gave no plan. A plan that breaks
    a rule of the tables, or repeats a document, is left out, and that is said in review.
    """
    import pyarrow as pa  # noqa: PLC0415

    batches: dict[str, list[pa.RecordBatch]] = {spec.name: [] for spec in TABLES}
    review: list[ReviewRow] = []
    documents: set[str] = set()
    for one in found:
        if isinstance(one, ReviewRow):
            review.append(one)
            continue
        rows, doubts = _checked(one, documents)
        review.extend(doubts)
        for spec in TABLES:
            batches[spec.name].append(record_batch(spec, rows.get(spec.name, [])))
    (of_review,) = (spec for spec in TABLES if spec.row is ReviewRow)
    batches[of_review.name] = [record_batch(of_review, worst_first(review))]
    return {
        spec.name: pa.Table.from_batches(batches[spec.name], arrow_schema(spec)).combine_chunks()
        for spec in TABLES
    }


def read_frame(out: Path, table: str) -> "pd.DataFrame":
    """Return a published table of `out` for analysis, with its types (nullable integers, dates)."""
    import pandas as pd  # noqa: PLC0415

    return pd.read_parquet(out / "dataset" / f"{table}.parquet", dtype_backend="pyarrow")


def check_keys(rows: Rows) -> None:
    """Raise ValueError where a primary key repeats or a foreign key leads nowhere."""
    keys: dict[str, set[tuple[Any, ...]]] = {}
    for spec in TABLES:
        of_rows = [_values(row, spec.primary_key) for row in rows.get(spec.name, [])]
        keys[spec.name] = set(of_rows)
        if spec.primary_key and len(keys[spec.name]) < len(of_rows):
            raise ValueError(f"{spec.name}: {spec.primary_key} repeats")
        for foreign in spec.foreign_keys:
            for row in rows.get(spec.name, []):
                if _values(row, foreign.fields) not in keys[foreign.table]:
                    raise ValueError(f"{spec.name}: no {foreign.table} for {foreign.fields}")


def _checked(plan: Plan, documents: set[str]) -> tuple[Rows, Iterable[ReviewRow]]:
    """Return the rows of a plan and the doubts about it, or no rows and why; notes its id."""
    document = plan.document
    if document.id in documents:
        return {}, [review_left_out(document.source_file, "duplicate_document")]
    try:
        rows = rows_of(plan)
        check_keys(rows)
    except ValueError as error:
        return {}, [review_left_out(document.source_file, "plan_unusable", str(error))]
    documents.add(document.id)
    return rows, review_plan(plan)


def _values(row: Record, fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in fields)
