"""Twists of borders: sides that are open, frames around the page or the table."""

from pathlib import Path

from schemas.geometry import Box
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import WIDTHS, Sheet, table


def _open_sides(path: Path) -> Gold:
    return plan.on_a_page(path, sides="tb")


def _open_head_and_foot(path: Path) -> Gold:
    return plan.on_a_page(path, sides="lr")


def _open_all_round(path: Path) -> Gold:
    return plan.on_a_page(path, sides="")


def _page_border(path: Path) -> Gold:
    sheet = Sheet(path)
    sheet.box(Box(22, 22, 573, 820), stroke="black")
    sheet.box(Box(25, 25, 570, 817), stroke="black")
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows()])
    sheet.save()
    return plan.gold()


def _page_border_meets_table(path: Path) -> Gold:
    """The border passes along the sides of the table."""
    sheet = Sheet(path)
    sheet.box(Box(40, 30, 40 + sum(WIDTHS), 800), stroke="black")
    table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *plan.rows()])
    sheet.save()
    return plan.gold()


def _page_border_on_two_pages(path: Path) -> Gold:
    """The border passes along the sides of the table on both pages, page numbers within."""
    sheet = Sheet(path)
    top = sheet.heading(plan.TITLE)
    for number, rows in ((1, [plan.HEADER, *plan.rows((1, 2, 3))]), (2, plan.rows((4, 5, 6)))):
        sheet.box(Box(40, 30, 40 + sum(WIDTHS), 800), stroke="black")
        bottom = table(sheet, top if number == 1 else 60, rows, header=number == 1)
        sheet.centred(bottom + 40, "Nơi nhận: như trên." if number == 2 else "", "body")
        sheet.centred(45 if number == 2 else 790, str(number), "body")
        sheet.page()
    sheet.save()
    return plan.gold()


def _title_in_table(path: Path) -> Gold:
    """The title is a row of the table, as in spreadsheets."""
    sheet = Sheet(path)
    width = sum(WIDTHS)
    sheet.box(Box(40, 35, 40 + width, 100), stroke="black")
    sheet.heading(plan.TITLE)
    table(sheet, 100, [plan.HEADER, *plan.rows()])
    sheet.save()
    return plan.gold()


def _table_in_frame(path: Path) -> Gold:
    sheet = Sheet(path)
    top = sheet.heading(plan.TITLE)
    bottom = table(sheet, top + 6, [plan.HEADER, *plan.rows()])
    for gap in (5, 7):
        frame = Box(40 - gap, top + 6 - gap, 40 + sum(WIDTHS) + gap, bottom + gap)
        sheet.box(frame, stroke="black")
    sheet.save()
    return plan.gold()


TWISTS = (
    Twist("open_sides", _open_sides),
    Twist("open_head_and_foot", _open_head_and_foot),
    Twist("open_all_round", _open_all_round),
    Twist("page_border", _page_border),
    Twist("page_border_meets_table", _page_border_meets_table),
    Twist("page_border_on_two_pages", _page_border_on_two_pages),
    Twist("title_in_table", _title_in_table),
    Twist("table_in_frame", _table_in_frame),
)
