"""Rows as Arrow data: typed columns, and what Parquet keeps.

`pyarrow.array` and `pyarrow.scalar` import pandas, if it is installed, to see whether they were
given a Series. That costs a third of a second, which a run over a single file would notice; so
columns are made from buffers.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from pipeline.dataset.columns import ValueType, columns
from schemas.dataset import TableSpec

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

Row = tuple[Any, ...]

_EPOCH = date(1970, 1, 1).toordinal()
_TYPES: dict[ValueType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
}


@cache
def arrow_schema(spec: TableSpec) -> pa.Schema:
    """Return the Arrow (and so Parquet) schema of a table, descriptions included."""
    return pa.schema(
        pa.field(
            column.name,
            _TYPES[column.type],
            column.nullable,
            {"description": column.description, "title_vi": column.title_vi},
        )
        for column in columns(spec)
    )


def record_batch(spec: TableSpec, rows: Sequence[Row]) -> pa.RecordBatch:
    """Return rows of a table, in the order of its columns, as Arrow data.

    Dates may be given as ISO 8601.
    """
    values = zip(*rows, strict=True) if rows else [()] * len(columns(spec))
    arrays = [
        _array(of_column, column.type)
        for of_column, column in zip(values, columns(spec), strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(spec))


def strings(values: Sequence[str | None]) -> pa.StringArray:
    """Return texts as Arrow data."""
    encoded = [value.encode() if value else b"" for value in values]
    offsets = np.zeros(len(encoded) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, encoded), np.int32, len(encoded)), out=offsets[1:])
    data = [pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    return pa.StringArray.from_buffers(len(encoded), *data, _present(values))


@cache
def text(value: str) -> pa.StringScalar:
    """Return a text as Arrow's functions take it beside columns; the program has a few dozens."""
    return strings([value])[0]


@cache
def number(value: int) -> pa.Int32Scalar:
    """Return a number of 32 bits as Arrow's functions take it beside columns; likewise."""
    return _numbers([value], pa.int32(), np.int32)[0]


def days(values: Sequence[str | date | None]) -> pa.Date32Array:
    """Return days, which may be given as ISO 8601, as Arrow data."""
    return _numbers([_day(value) for value in values], pa.date32(), np.int32)


def integers(values: Sequence[int | None]) -> pa.Int64Array:
    """Return whole numbers as Arrow data."""
    return _numbers(values, pa.int64(), np.int64)


def _array(values: Sequence[Any], kind: ValueType) -> pa.Array:
    if kind == "string":
        return strings(values)
    if kind == "date":
        return days(values)
    if kind == "integer":
        return integers(values)
    return _numbers(values, pa.float64(), np.float64)


def _day(value: str | date | None) -> int | None:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return None if day is None else day.toordinal() - _EPOCH


def _numbers(values: Sequence[float | None], kind: pa.DataType, width: "DTypeLike") -> pa.Array:
    data = np.array([0 if value is None else value for value in values], dtype=width)
    return pa.Array.from_buffers(kind, len(values), [_present(values), pa.py_buffer(data)])


def _present(values: Sequence[object]) -> pa.Buffer | None:
    """A bit each that says whether a value is there; None where all are."""
    if None not in values:
        return None
    return pa.py_buffer(np.packbits([value is not None for value in values], bitorder="little"))
