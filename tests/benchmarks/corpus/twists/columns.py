"""Twists of columns: other widths, another order, one more or less on a later page."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import WIDTHS, Sheet, table

_ALL = range(1, 7)
_WIDE = (26.0, 230.0, 110.0, 90.0, 70.0)


def _two_pages(path: Path, second: Sequence[Sequence[str]], **options: Any) -> None:
    sheet = Sheet(path)
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows((1, 2, 3))])
    sheet.page()
    table(sheet, 50, second, **options)
    sheet.save()


def _widths_change(path: Path) -> Gold:
    _two_pages(path, [plan.HEADER, *plan.rows((4, 5, 6))], widths=_WIDE, left=30)
    return plan.gold()


def _widths_change_without_header(path: Path) -> Gold:
    _two_pages(path, plan.rows((4, 5, 6)), widths=_WIDE, left=30, header=False)
    return plan.gold()


def _two_tables(text: str) -> Callable[[Path], Gold]:
    """Two tables of one header and as many rows on a page, with other widths."""

    def make(path: Path) -> Gold:
        sheet = Sheet(path)
        bottom = table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows((1, 2, 3))])
        if text:
            sheet.text(60, bottom + 22, text, "bold")
        rows = [plan.HEADER, *plan.rows((4, 5, 6))]
        table(sheet, bottom + 34, rows, widths=_WIDE, left=30)
        sheet.save()
        return plan.gold()

    return make


def _widths_change_row_cut(*, header: bool) -> Callable[[Path], Gold]:
    """The third row is cut by the page, and the columns are wider behind it."""

    def make(path: Path) -> Gold:
        rows = plan.rows()
        task = rows[2][1]
        at = task.index(" cho ")
        cut = (*rows[2][:1], task[:at], *rows[2][2:])
        rest = ("", task[at + 1 :], "", "", "")
        sheet = Sheet(path)
        table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *rows[:2], cut])
        sheet.page()
        second = [plan.HEADER, rest, *rows[3:]] if header else [rest, *rows[3:]]
        table(sheet, 50, second, widths=_WIDE, left=30, header=header)
        sheet.save()
        return plan.gold()

    return make


def _picked(row: Sequence[str], order: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[i] for i in order)


def _columns_swapped(path: Path) -> Gold:
    rows = [plan.HEADER, *plan.rows((4, 5, 6))]
    _two_pages(path, [_picked(row, (0, 1, 3, 2, 4)) for row in rows])
    return plan.gold()


def _columns_swapped_on_the_pages_after(path: Path) -> Gold:
    """The third page has no header of its own: it goes on as the second."""
    rows = [_picked(row, (0, 1, 4, 3, 2)) for row in [plan.HEADER, *plan.rows(_ALL)]]
    sheet = Sheet(path)
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows((1, 2))])
    sheet.page()
    table(sheet, 50, [rows[0], *rows[3:5]])
    sheet.page()
    table(sheet, 50, rows[5:], header=False)
    sheet.save()
    return plan.gold()


def _column_more(path: Path) -> Gold:
    rows = [(*row, "") for row in plan.rows((4, 5, 6))]
    header = (*plan.HEADER, "Ghi chú")
    _two_pages(path, [header, *rows], widths=(30, 180, 90, 90, 75, 50))
    return plan.gold()


def _column_less(path: Path) -> Gold:
    rows = [plan.HEADER, *plan.rows((4, 5, 6))]
    _two_pages(path, [_picked(row, (0, 1, 2, 4)) for row in rows], widths=(30, 250, 120, 110))
    gold = plan.gold()
    for item in gold["items"][3:]:
        item["partner_names"] = []
    return gold


def _landscape(path: Path) -> Gold:
    """The second page lies across, its columns wider by a half."""
    sheet = Sheet(path)
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows((1, 2, 3))])
    sheet.page()
    sheet.width, sheet.height = sheet.height, sheet.width
    sheet.canvas.setPageSize((sheet.width, sheet.height))
    wide = [w * 1.45 for w in WIDTHS]
    table(sheet, 50, [plan.HEADER, *plan.rows((4, 5, 6))], widths=wide)
    sheet.save()
    return plan.gold()


def _header_unread(path: Path) -> Gold:
    """What stands in the header are no words, as under a seal."""
    sheet = Sheet(path)
    unread = ("~:", "/ỵNdg ,i", "v;w.", "qu~n h", ".:gi")
    table(sheet, sheet.heading(plan.TITLE), [unread, *plan.rows()], header=False)
    sheet.save()
    return plan.gold()


def _row_under_merged(path: Path) -> Gold:
    """Number and task of the third row are merged over another, which stands on the next page."""
    under = ("", "", *plan.rows((5,))[0][2:])
    _two_pages(path, [under, *plan.rows((4, 5, 6))], header=False)
    gold = plan.gold()
    items = gold["items"]
    own = {key: items[4][key] for key in ("lead_names", "partner_names", "timeframe")}
    items.insert(3, {**items[2], **own})
    return gold


def _header_again(path: Path) -> Gold:
    """The header is typed once more in the middle of the table."""
    sheet = Sheet(path)
    rows = [plan.HEADER, *plan.rows((1, 2, 3)), plan.HEADER, *plan.rows((4, 5, 6))]
    table(sheet, sheet.heading(plan.TITLE), rows)
    sheet.save()
    return plan.gold()


def _budget_below(path: Path) -> Gold:
    """A table of costs stands below that of the tasks, with as many columns of the same widths."""
    sheet = Sheet(path)
    bottom = table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows()])
    sheet.text(60, bottom + 22, "2. Kinh phí", "bold")
    costs = [
        ("STT", "Nội dung chi", "Số tiền (đồng)", "Nguồn", "Ghi chú"),
        ("1", "In tài liệu", "5.000.000", "Ngân sách huyện", ""),
        ("2", "Tổ chức hội nghị", "12.000.000", "Ngân sách huyện", ""),
    ]
    table(sheet, bottom + 34, costs)
    sheet.save()
    return plan.gold()


TWISTS = (
    Twist("widths_change_header", _widths_change),
    Twist("widths_change", _widths_change_without_header),
    Twist("two_tables_of_other_widths", _two_tables("")),
    Twist("two_tables_with_text_between", _two_tables("Các nhiệm vụ thực hiện trong quý cuối năm")),
    Twist("widths_change_row_cut_header", _widths_change_row_cut(header=True)),
    Twist("widths_change_row_cut", _widths_change_row_cut(header=False)),
    Twist("columns_swapped", _columns_swapped),
    Twist("columns_swapped_pages_after", _columns_swapped_on_the_pages_after),
    Twist("column_more", _column_more),
    Twist("column_less", _column_less),
    Twist("second_page_landscape", _landscape),
    Twist("header_unread", _header_unread, "header_drop_uncertain"),
    Twist("row_under_merged_cells", _row_under_merged),
    Twist("header_typed_again", _header_again),
    Twist("budget_below", _budget_below),
)
