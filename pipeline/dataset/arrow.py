"""Checked rows as Arrow data: typed columns, and what Parquet keeps.

`pyarrow.array` imports pandas, if it is installed, to see whether it was given a Series. That costs
a third of a second, which a run over a single file would notice; so columns are built without it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.dataset.columns import ValueType, columns
from schemas.dataset import TableSpec
from schemas.plan import Record

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()


@cache
def arrow_schema(spec: TableSpec) -> "pa.Schema":
    """Return the Arrow (and so Parquet) schema of a table, descriptions included."""
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    return pa.schema(
        pa.field(
            column.name,
            types[column.type],
            column.nullable,
            {"description": column.description, "title_vi": column.title_vi},
        )
        for column in columns(spec)
    )


def record_batch(spec: TableSpec, rows: Sequence[Record]) -> "pa.RecordBatch":
    """Return the rows of one table as Arrow data."""
    import pyarrow as pa  # noqa: PLC0415

    arrays = [
        _array([getattr(row, column.name) for row in rows], column.type) for column in columns(spec)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(spec))


def _array(values: Sequence[Any], kind: ValueType) -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415

    if kind == "string":
        builder = pa.lib.StringBuilder()
        builder.append_values(values)
        return builder.finish()
    if kind == "date":
        days = [None if value is None else value.toordinal() - _EPOCH for value in values]
        return _numbers(days, pa.date32(), "int32")
    if kind == "integer":
        return _numbers(values, pa.int64(), "int64")
    return _numbers(values, pa.float64(), "float64")


def _numbers(values: Sequence[float | None], arrow_type: "pa.DataType", width: str) -> "pa.Array":
    """Return numbers of one width; a bit of the first buffer says whether a value is there."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    present = np.array([value is not None for value in values], dtype=bool)
    there = np.packbits(present, bitorder="little")
    data = np.array([0 if value is None else value for value in values], dtype=width)
    buffers = [pa.py_buffer(there), pa.py_buffer(data)]
    return pa.Array.from_buffers(arrow_type, len(values), buffers)
