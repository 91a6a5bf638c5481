"""A table as CSV: RFC 4180 (comma, CRLF, quotes doubled), UTF-8 with BOM so that Excel knows it.

Null is the empty cell; dates are ISO 8601; numbers have a point.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.arrow import text
from pipeline.dataset.columns import columns
from pipeline.dataset.sinks.cells import guarded_column, joined, number_column
from schemas.dataset import TableSpec

_BOM = "\ufeff"
_END = "\r\n"
_TO_QUOTE = '[",\r\n]'


class CsvTable:
    """One table on its way into a file."""

    def __init__(self, file: BinaryIO, spec: TableSpec) -> None:
        self._file = file
        header = ",".join(column.name for column in columns(spec))
        file.write(f"{_BOM}{header}{_END}".encode())

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows."""
        cells = [pc.coalesce(_shown(column), text("")) for column in batch.columns]
        lines = pc.binary_join_element_wise(*cells, text(","))
        self._file.write(joined(pc.binary_join_element_wise(lines, text(""), text(_END))))


@contextmanager
def csv_table(path: Path, spec: TableSpec) -> Iterator[CsvTable]:
    """Yield what writes the table into a new file of that path."""
    with path.open("xb") as file:
        yield CsvTable(file, spec)


def _shown(column: pa.Array) -> pa.StringArray:
    if not pa.types.is_string(column.type):
        return number_column(column)
    guarded = guarded_column(column)
    doubled = pc.replace_substring(guarded, pattern='"', replacement='""')
    quoted = pc.binary_join_element_wise(text('"'), doubled, text('"'), text(""))
    return pc.if_else(pc.match_substring_regex(guarded, pattern=_TO_QUOTE), quoted, guarded)
