"""A table of separated values that calls itself a workbook: one sheet, one table."""

import csv
from itertools import islice
from pathlib import Path

from pipeline.read.sheet.workbook import Sheet, ShownCell, Workbook

_LARGEST = 50 << 20  # bytes
_MOST_ROWS = 200_000
_SEPARATORS = "\t;,"


def read_csv(path: Path) -> Workbook:
    """Return the one sheet of a file of separated values; what is no Unicode is Windows-1258."""
    with path.open("rb") as file:
        text = _decoded(file.read(_LARGEST))
    first = text[:4096]
    separator = max(_SEPARATORS, key=first.count)
    rows = islice(csv.reader(text.splitlines(keepends=True), delimiter=separator), _MOST_ROWS)
    cells = tuple(
        ShownCell(row, col, value)
        for row, values in enumerate(rows, 1)
        for col, value in enumerate(values, 1)
        if value.strip()
    )
    return Workbook((Sheet(path.stem, cells, {}),))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")
