"""A table as Parquet: typed, text as it was read."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def parquet_bytes(frame: "pa.Table") -> bytes:
    """Return the Parquet file. The bytes depend on the content and the version of Arrow alone."""
    from pyarrow import parquet  # noqa: PLC0415

    file = io.BytesIO()
    parquet.write_table(frame, file, compression="zstd")
    return file.getvalue()
