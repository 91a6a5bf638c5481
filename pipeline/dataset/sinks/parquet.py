"""A table as Parquet: typed, text as it was read; streamed in row groups of some megabytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from pipeline.dataset.arrow import arrow_schema
from schemas.dataset import TableSpec

_GROUP = 16 * 2**20  # bytes in memory


class ParquetTable:
    """One table on its way into a file. The bytes depend on content and version of Arrow alone."""

    def __init__(self, writer: ParquetWriter) -> None:
        self._writer = writer
        self._waiting: list[pa.RecordBatch] = []

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows."""
        self._waiting.append(batch)
        if sum(each.nbytes for each in self._waiting) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits as a row group."""
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
            self._waiting = []


@contextmanager
def parquet_table(path: Path, spec: TableSpec) -> Iterator[ParquetTable]:
    """Yield what writes the table into a file of that path."""
    with ParquetWriter(path, arrow_schema(spec), compression="zstd") as writer:
        table = ParquetTable(writer)
        yield table
        table.flush()
