"""Twists of lines and tables: borders, rules that are none, headers and widths of their own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from schemas.geometry import Box
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import (
    WIDTHS,
    Cell,
    Sheet,
    table,
    width_of,
)

_ALL = range(1, 7)
_WIDE = (26.0, 230.0, 110.0, 90.0, 70.0)


def _sheet(path: Path, draw: Callable[[Sheet], None], **options: Any) -> None:
    sheet = Sheet(path, **options)
    draw(sheet)
    sheet.save()


def _plain(path: Path, **options: Any) -> Gold:
    """One page, its table drawn with some options."""
    sheet = Sheet(path)
    top = sheet.heading(plan.TITLE)
    table(sheet, top, [plan.HEADER, *plan.rows()], **options)
    sheet.save()
    return plan.gold()


def _open_sides(path: Path) -> Gold:
    return _plain(path, sides="tb")


def _open_head_and_foot(path: Path) -> Gold:
    return _plain(path, sides="lr")


def _open_all_round(path: Path) -> Gold:
    return _plain(path, sides="")


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


def _underlined(columns: Sequence[int], padding: float) -> Callable[[Path], Gold]:
    def over(sheet: Sheet, cell: Cell) -> None:
        if cell.row and cell.col in columns:
            for line, x, y in cell.lines:
                sheet.line(x, y + 1.2, x + width_of(line, cell.font), y + 1.2, width=0.5)

    return lambda path: _plain(path, over=over, padding=padding)


def _white_rules(path: Path) -> Gold:
    """White lines through the cells, as programs leave them behind words."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        sheet.canvas.setStrokeColor("white")
        for i in range(1, len(cell.lines)):
            y = cell.box.top + 12.5 * i + 1
            sheet.line(cell.box.x0, y, cell.box.x1, y)
        sheet.canvas.setStrokeColor("black")

    return _plain(path, ground=ground)


def _white_boxes(path: Path) -> Gold:
    """A white box with a white outline behind each line of words."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        for line, x, y in cell.lines:
            box = Box(x, y - 9, x + width_of(line, cell.font), y + 3)
            sheet.box(box, fill="white", stroke="white")

    return _plain(path, ground=ground)


def _shaded_rows(path: Path) -> Gold:
    def ground(sheet: Sheet, cell: Cell) -> None:
        if cell.row % 2 == 0:
            sheet.box(cell.box, fill="#d9e2f3")

    return _plain(path, ground=ground)


def _shaded_lines(path: Path) -> Gold:
    """Shading in strips of 3 pt, as some programs paint it: no rules."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        y = cell.box.top
        while cell.row == 0 and y < cell.box.bottom:
            strip = Box(cell.box.x0, y, cell.box.x1, min(y + 3, cell.box.bottom))
            sheet.box(strip, fill="#e0e0e0")
            y += 3

    return _plain(path, ground=ground)


def _white_letters(path: Path) -> Gold:
    """A dark header with white letters."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        if cell.row == 0:
            sheet.box(cell.box, fill="#1f3864")

    return _plain(path, ground=ground, ink=lambda cell: "white" if cell.row == 0 else "black")


def _white_rules_on_colour(path: Path) -> Gold:
    """Coloured cells that white rules part: there the white ones are what a reader sees."""

    def ground(sheet: Sheet, cell: Cell) -> None:
        sheet.box(cell.box, fill="#b4c6e7" if cell.row == 0 else "#dae3f3")

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        sheet.canvas.setStrokeColor("white")
        sheet.line(x0, y0, x1, y1, width=1.5)
        sheet.canvas.setStrokeColor("black")

    return _plain(path, ground=ground, rule=rule)


def _dots(size: float, step: float, *, round_ones: bool = False) -> Callable[[Path], Gold]:
    """Rules of dots or dashes, each drawn by itself."""

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        along = max(x1 - x0, y1 - y0)
        for i in range(int(along / step) + 1):
            at = min(i * step, along - size)
            x, y = (x0 + at, y0) if y0 == y1 else (x0, y0 + at)
            if round_ones:
                sheet.canvas.circle(x, sheet.height - y, 0.4, stroke=0, fill=1)
            elif y0 == y1:
                sheet.box(Box(x, y - 0.3, x + size, y + 0.3), fill="black")
            else:
                sheet.box(Box(x - 0.3, y, x + 0.3, y + size), fill="black")

    return lambda path: _plain(path, rule=rule)


def _boxes_apart(gap: float) -> Callable[[Path], Gold]:
    """Each cell in a box of its own, as browsers print tables."""

    def over(sheet: Sheet, cell: Cell) -> None:
        x0, top, x1, bottom = cell.box
        half = gap / 2
        sheet.box(Box(x0 + half, top + half, x1 - half, bottom - half), stroke="black")

    return lambda path: _plain(path, rule=_no_rule, over=over, padding=gap / 2 + 2)


def _double_rules(gap: float) -> Callable[[Path], Gold]:
    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        for off in (-gap / 2, gap / 2):
            if y0 == y1:
                sheet.line(x0 + gap / 2, y0 + off, x1 - gap / 2, y1 + off, width=0.5)
            else:
                sheet.line(x0 + off, y0 + gap / 2, x1 + off, y1 - gap / 2, width=0.5)

    return lambda path: _plain(path, rule=rule)


def _no_rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    pass


def _white_cells_on_black(path: Path) -> Gold:
    """The rules are what shows of the black ground between white cells."""
    sheet = Sheet(path)
    top = sheet.heading(plan.TITLE)

    def ground(sheet: Sheet, cell: Cell) -> None:
        x0, y0, x1, y1 = cell.box
        if cell.row == cell.col == 0:
            sheet.box(Box(39, top - 1, 41 + sum(WIDTHS), top + 211), fill="black")
        sheet.box(Box(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5), fill="white")

    table(sheet, top, [plan.HEADER, *plan.rows()], ground=ground, rule=_no_rule)
    sheet.save()
    return plan.gold()


def _rules_as_pictures(path: Path) -> Gold:
    """Each rule is a black picture of one pixel, drawn out."""
    dot = ImageReader(Image.new("L", (1, 1), 0))

    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        across, down = max(x1 - x0, 0.7), max(y1 - y0, 0.7)
        sheet.canvas.drawImage(dot, x0, sheet.height - y1, across, down)

    return _plain(path, rule=rule)


def _only_level_rules(path: Path) -> Gold:
    def rule(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
        if y0 == y1:
            sheet.line(x0, y0, x1, y1)

    return _plain(path, rule=rule)


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


TWISTS = (
    Twist("base", _plain),
    Twist("open_sides", _open_sides),
    Twist("open_head_and_foot", _open_head_and_foot),
    Twist("open_all_round", _open_all_round),
    Twist("page_border", _page_border),
    Twist("page_border_meets_table", _page_border_meets_table),
    Twist("page_border_on_two_pages", _page_border_on_two_pages),
    Twist("title_in_table", _title_in_table),
    Twist("table_in_frame", _table_in_frame),
    Twist("underlined_narrow_margins", _underlined((4,), 2.0)),
    Twist("underlined_no_margins", _underlined((1, 4), 0.3)),
    Twist("underlined_everywhere", _underlined((1, 2, 3, 4), 3.0)),
    Twist("white_rules", _white_rules),
    Twist("white_boxes", _white_boxes),
    Twist("shaded_rows", _shaded_rows),
    Twist("shaded_strips", _shaded_lines),
    Twist("white_letters", _white_letters),
    Twist("white_rules_on_colour", _white_rules_on_colour),
    Twist("dots", _dots(0.6, 1.8)),
    Twist("dots_round", _dots(0.8, 2.2, round_ones=True)),
    Twist("dashes", _dots(3.0, 5.0)),
    Twist("double_rules", _double_rules(1.5)),
    Twist("double_rules_apart", _double_rules(3.0)),
    Twist("boxes_apart", _boxes_apart(3)),
    Twist("boxes_well_apart", _boxes_apart(6)),
    Twist("white_cells_on_black", _white_cells_on_black),
    Twist("rules_as_pictures", _rules_as_pictures),
    Twist("only_level_rules", _only_level_rules),
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
)
