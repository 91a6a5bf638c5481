"""The published tables as data frames, for analysts."""

from pathlib import Path

import pandas as pd


def read_frame(out: Path, table: str) -> pd.DataFrame:
    """Return a published table of `out` for analysis, with its types (nullable integers, dates)."""
    return pd.read_parquet(out / "dataset" / f"{table}.parquet", dtype_backend="pyarrow")
