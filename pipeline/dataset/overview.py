"""The sheet "Tổng hợp": one row an item as an office would hand it on, without ids or codes."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.dataset.arrow import days, integers, strings
from pipeline.dataset.sinks.xlsx import SheetColumn, SheetLayout

# Widths in characters: together they fill an A4 page across at a size that can be read.
_COLUMNS = {
    "STT": 6,
    "Đơn vị": 12,
    "Văn bản": 14,
    "Mục": 16,
    "Nội dung": 19,
    "Nhiệm vụ": 40,
    "Chủ trì": 18,
    "Phối hợp": 18,
    "Thời gian": 12,
    "Từ ngày": 12,
    "Đến ngày": 12,
    "Sản phẩm": 13,
    "Cần xem lại": 20,
    "Tệp": 13,
    "Trang": 8,
}
_SHARED = "Chung cho văn bản: {reason}"
_DAYS = {"Từ ngày", "Đến ngày"}
OVERVIEW = SheetLayout(
    "Tổng hợp",
    tuple(SheetColumn(title, width) for title, width in _COLUMNS.items()),
    to_print=True,
    marked=list(_COLUMNS).index("Cần xem lại"),
)

# The columns of `documents` and of `items` that the sheet is made of, in this order.
OF_DOCUMENT = (
    "unit", "province", "plan_number", "plan_symbol", "issued_day", "issued_month", "issued_year",
    "source_file",
)  # fmt: skip
OF_ITEM = (
    "section_marker", "section_title", "marker", "title", "lead_in", "tasks", "lead", "partners",
    "timeframe_raw", "timeframe_start", "timeframe_end", "deliverable", "first_page", "last_page",
)  # fmt: skip


def overview_batch(rows: Sequence[tuple[Any, ...]], first: int) -> pa.RecordBatch:
    """Return rows of the sheet, numbered from `first`.

    Each is made of the columns of `OF_DOCUMENT` and of `OF_ITEM`, and the reasons to look at it.
    """
    made = [_row(row) for row in rows]
    texts = list(zip(*made, strict=True))
    arrays = [integers(range(first, first + len(rows)))]
    for title, values in zip(list(_COLUMNS)[1:], texts, strict=True):
        arrays.append(days(values) if title in _DAYS else strings(values))
    return pa.RecordBatch.from_arrays(arrays, names=list(_COLUMNS))


def with_shared(shared: Iterable[tuple[str, int | None]], reasons: str | None) -> str:
    """Return why to look at the first row of a plan: what is shared by rows, then what is its own.

    `shared` are reasons with their pages, if they have one; each reason is told once.
    """
    pages: dict[str, dict[int, None]] = {}
    for reason, page in shared:
        of_reason = pages.setdefault(reason, {})
        if page is not None:
            of_reason[page] = None
    told = [_SHARED.format(reason=reason) + _on_pages(found) for reason, found in pages.items()]
    return "\n".join(filter(None, (*told, reasons)))


def _on_pages(pages: Iterable[int]) -> str:
    named = ", ".join(map(str, sorted(pages)))
    return f" (trang {named})" if named else ""


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    unit, province, number, symbol, day, month, year, file, *of_item, reasons = row
    (section, section_title, marker, title, lead_in, tasks, lead, partners) = of_item[:8]
    (timeframe, start, end, deliverable, first, last) = of_item[8:]
    return (
        _unit(unit, province),
        _paper(number, symbol, (day, month, year)),
        _headed(section, section_title),
        _headed(marker, title),
        _tasks(lead_in, tasks),
        lead.replace("; ", "\n"),
        partners.replace("; ", "\n"),
        timeframe,
        start,
        end,
        deliverable,
        reasons,
        file,
        _pages(first, last),
    )


def _unit(unit: str, province: str | None) -> str:
    if unit and province and province not in unit:
        return f"{unit}\n{province}"
    return unit or province or ""


def _paper(number: str, symbol: str, issued: tuple[int | None, int | None, int | None]) -> str:
    """ "154/KH-UBND" and below it the date, as far as they are filled in."""
    named = f"{number or '…'}/{symbol}" if symbol else number
    return "\n".join(filter(None, (named, _dated(*issued))))


def _dated(day: int | None, month: int | None, year: int | None) -> str:
    """A date as offices write it (Decree 30/2020): days below 10, January and February with a 0."""
    if year is None:
        return ""
    days = "" if day is None else f"{day:02}"
    months = "" if month is None else f"{month:02}" if month < 3 else str(month)
    return "/".join(filter(None, (days, months, str(year))))


def _headed(marker: str | None, title: str | None) -> str:
    return ". ".join(filter(None, (marker, title)))


def _tasks(lead_in: str | None, tasks: str) -> str:
    several = tasks.count("\n") > 0
    lines = [f"- {task}" if several else task for task in tasks.split("\n")]
    return "\n".join(filter(None, (lead_in, *lines)))


def _pages(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return str(first) if first == last else f"{first}–{last}"
