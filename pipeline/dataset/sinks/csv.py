"""A table as CSV: RFC 4180 (comma, CRLF, quotes doubled), UTF-8 with BOM so that Excel knows it."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.files.spreadsheet_text import Value, guarded

if TYPE_CHECKING:
    import pyarrow as pa


def rows_as_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the CSV file of rows, the first of which is the header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_bytes(frame: "pa.Table") -> bytes:
    """Return the CSV file. Null is the empty cell; dates are ISO 8601; numbers have a point."""
    rows = (
        values
        for batch in frame.to_batches(max_chunksize=4096)
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    return rows_as_csv(chain([frame.column_names], rows))


def _cell(value: Value) -> Value:
    return guarded(value) if isinstance(value, str) else value
