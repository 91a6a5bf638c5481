"""The overview as a Word document for an office's own plan: headings of plans and sections as rows.

The same rows as the sheet "Tổng hợp", in the same order and with the same numbers. What is still to
be reviewed is coloured at its number, and told below the table.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from pipeline.dataset.sinks.docx import DocxColumn, DocxHeading, DocxRow, docx_table

_TITLE = "BẢNG TỔNG HỢP NHIỆM VỤ"
_COLUMNS = (
    DocxColumn("STT", 5, centred=True),
    DocxColumn("Nội dung", 18),
    DocxColumn("Nhiệm vụ", 36),
    DocxColumn("Chủ trì", 14),
    DocxColumn("Phối hợp", 15),
    DocxColumn("Thời gian", 10, centred=True),
)
_DELIVERABLE = DocxColumn("Sản phẩm", 12)
_STILL = "Những chỗ cần xem lại (số thứ tự được tô màu):"


def handout(batches: Iterable[pa.RecordBatch], *, deliverables: bool) -> bytes:
    """Return the document of batches of the overview; with `deliverables` a column for them."""
    columns = (*_COLUMNS, _DELIVERABLE) if deliverables else _COLUMNS
    notes: list[str] = []
    rows = _rows((row for batch in batches for row in batch.to_pylist()), columns, notes)
    return docx_table(_TITLE, columns, rows, notes)


def _rows(
    rows: Iterable[Mapping[str, Any]], columns: Iterable[DocxColumn], notes: list[str]
) -> Iterator[DocxRow | DocxHeading]:
    """Yield the rows of the table, and add to the notes what is still to be reviewed in them."""
    plan = section = None
    for row in rows:
        if (now := (row["Đơn vị"], row["Văn bản"], row["Tệp"])) != plan:
            plan, section = now, None
            yield DocxHeading(_plan(row), centred=True)
        if row["Mục"] != section:
            section = row["Mục"]
            if section:
                yield DocxHeading(section)
        reasons = row["Cần xem lại"]
        if reasons:
            notes += () if notes else (_STILL,)
            notes.append(f"{row['STT']}. {' '.join(reasons.split())}")
        cells = tuple(_cell(row[column.title]) for column in columns)
        yield DocxRow(cells, marked=bool(reasons))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _plan(row: Mapping[str, Any]) -> str:
    """ "huyện Chi Lăng, Lạng Sơn – 154/KH-UBND, 20/5/2024", or the file where nothing is known."""
    parts = (row[name].replace("\n", ", ") for name in ("Đơn vị", "Văn bản") if row[name])
    return " – ".join(parts) or row["Tệp"]
