"""Twists of pages: doubled, missing, in another order; and of the numbers of rows."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import Sheet, table


def _paged(
    path: Path, pages: Sequence[Sequence[int]], printed: Sequence[str] = (), *, header: bool = False
) -> None:
    """A page for each group of rows; `printed` are the page numbers at the foot."""
    sheet = Sheet(path)
    for i, numbers in enumerate(pages):
        first = 1 in numbers
        top = sheet.heading(plan.TITLE) if first else 60.0
        rows = plan.rows(numbers)
        headed = first or header
        table(sheet, top, [plan.HEADER, *rows] if headed else rows, header=headed)
        if printed:
            sheet.centred(810, printed[i], "body")
        sheet.page()
    sheet.save()


def _pages(
    pages: Sequence[Sequence[int]],
    printed: Sequence[str] = (),
    *,
    read: Sequence[int] = range(1, 7),
    header: bool = False,
) -> Callable[[Path], Gold]:
    def make(path: Path) -> Gold:
        _paged(path, pages, printed, header=header)
        return plan.gold(read)

    return make


def _numbers(labels: Sequence[str]) -> Callable[[Path], Gold]:
    """The rows under other numbers than theirs."""

    def make(path: Path) -> Gold:
        sheet = Sheet(path)
        rows = [(label, *row[1:]) for label, row in zip(labels, plan.rows(), strict=True)]
        table(sheet, sheet.heading(plan.TITLE), [plan.HEADER, *rows])
        sheet.save()
        gold = plan.gold()
        for label, item in zip(labels, gold["items"], strict=True):
            item["marker"] = label
        return gold

    return make


_THREE = ((1, 2), (3, 4), (5, 6))

TWISTS = (
    Twist("three_pages", _pages(_THREE, ("1", "2", "3"))),
    Twist("page_doubled", _pages(((1, 2), (3, 4), (3, 4), (5, 6))), "pages_doubled"),
    Twist("file_doubled", _pages((*_THREE, *_THREE)), "pages_doubled"),
    Twist("page_missing", _pages(((1, 2), (5, 6)), read=(1, 2, 5, 6)), "numbering_gap"),
    Twist(
        "page_missing_numbered",
        _pages(((1, 2), (5, 6)), ("1", "3"), read=(1, 2, 5, 6)),
        "page_missing",
    ),
    Twist(
        "last_page_missing",
        _pages(_THREE[:2], ("Trang 1/3", "Trang 2/3"), read=(1, 2, 3, 4)),
        "page_missing",
    ),
    Twist(
        "first_page_missing", _pages(_THREE[1:], read=(3, 4, 5, 6), header=True), "numbering_gap"
    ),
    Twist(
        "pages_swapped",
        _pages(((1, 2), (5, 6), (3, 4)), ("1", "3", "2"), read=(1, 2, 5, 6, 3, 4)),
        "pages_out_of_order",
    ),
    Twist(
        "pages_swapped_without_numbers",
        _pages(((1, 2), (5, 6), (3, 4)), read=(1, 2, 5, 6, 3, 4)),
        "pages_out_of_order",
    ),
    Twist("number_left_out", _numbers(("1", "2", "4", "5", "6", "7")), "numbering_gap"),
    Twist("number_repeated", _numbers(("1", "2", "2", "4", "5", "6")), "numbering_repeated"),
    Twist("number_steps_back", _numbers(("1", "2", "3", "4", "3", "6")), "numbering_out_of_order"),
    Twist(
        "numbers_of_sections", _numbers(("1", "2", "3", "1", "2", "3")), "numbering_out_of_order"
    ),
)
