"""Pages of one table with other widths, another order or number of columns."""

import pytest

from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.layouts import own_order
from pipeline.stitch.rows import texts_of
from schemas.geometry import Box
from schemas.page import Page, TextLine
from schemas.table import PageCell, PageTable, Piece

EDGES = (40.0, 70.0, 250.0, 340.0, 430.0, 510.0)
WIDER = (30.0, 56.0, 290.0, 370.0, 440.0, 500.0)
HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
ROWS = tuple((str(n), f"Việc {n}", f"Phòng {n}", f"Ban {n}", f"Quý {n}") for n in range(1, 7))
SWAPPED = (0, 1, 3, 2, 4)


def part(page, *rows, edges=EDGES, confidence=1.0):
    ys = tuple(100.0 + 30 * i for i in range(len(rows) + 1))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = Box(edges[c], ys[r], edges[c + 1], ys[r + 1])
            place = Box(box.x0 + 3, box.top + 3, box.x1 - 3, box.top + 15)
            lines = (TextLine(text, place, page, confidence),) if text else ()
            cells.append(PageCell(r, c, 1, 1, Piece(page, box, lines)))
    return PageTable(page, Box(edges[0], ys[0], edges[-1], ys[-1]), edges, ys, tuple(cells))


def picked(row, order=SWAPPED):
    return tuple(row[i] for i in order)


def stitched(*parts):
    pages = [Page(p.page, 600, 850, (), (), "text_layer") for p in parts]
    tables, _ = stitch(pages, parts, {p.page: [] for p in parts}, Settings())
    return tables


def rows_read(*parts):
    (table,) = stitched(*parts)
    return [tuple(texts_of(row, table.n_cols)) for row in table.rows]


FIRST = part(1, HEADER, *ROWS[:3])


def test_a_later_page_has_other_widths_under_the_same_header():
    assert rows_read(FIRST, part(2, HEADER, *ROWS[3:], edges=WIDER)) == list(ROWS)


def test_pages_of_other_widths_and_equally_many_rows_share_no_grid():
    (table,) = stitched(FIRST, part(2, HEADER, *ROWS[3:], edges=WIDER))
    assert [p.col_edges for p in table.parts] == [EDGES, WIDER]


def test_a_later_page_has_other_widths_and_counts_on():
    assert rows_read(FIRST, part(2, *ROWS[3:], edges=WIDER)) == list(ROWS)


def test_columns_in_another_order_are_told_by_their_header():
    second = part(2, picked(HEADER), *map(picked, ROWS[3:]))
    assert rows_read(FIRST, second) == list(ROWS)


def test_pages_without_a_header_go_on_as_the_one_before():
    second = part(2, picked(HEADER), *map(picked, ROWS[3:5]))
    assert rows_read(FIRST, second, part(3, picked(ROWS[5]))) == list(ROWS)


def test_a_page_that_goes_back_to_the_first_order():
    second = part(2, picked(HEADER), *map(picked, ROWS[3:5]))
    assert rows_read(FIRST, second, part(3, HEADER, ROWS[5])) == list(ROWS)


def test_a_column_more_is_put_behind_the_others():
    edges = (*EDGES, 560.0)
    second = part(2, (*HEADER, "Ghi chú"), *((*row, "mới") for row in ROWS[3:]), edges=edges)
    (table,) = stitched(FIRST, second)
    assert table.n_cols == len(table.col_edges) - 1 == 6
    assert texts_of(table.header[0], 6) == [*HEADER, "Ghi chú"]
    assert [texts_of(row, 6)[5] for row in table.rows] == ["", "", "", "mới", "mới", "mới"]


def test_a_column_less_leaves_its_cells_empty():
    order, edges = (0, 1, 2, 4), (40.0, 70.0, 290.0, 410.0, 510.0)
    less = [picked(row, order) for row in (HEADER, *ROWS[3:])]
    read = rows_read(FIRST, part(2, *less, edges=edges))
    assert read[3:] == [(*row[:3], "", row[4]) for row in ROWS[3:]]


def test_a_heading_across_stays_across_whatever_the_order():
    second = part(2, picked(HEADER), picked(ROWS[3]))
    heading = Piece(
        2, Box(40, 160, 510, 190), (TextLine("II. Phần hai", Box(43, 163, 99, 175), 2),)
    )
    cells = (*second.cells, PageCell(2, 0, 1, 5, heading))
    second = PageTable(2, second.box, EDGES, (*second.row_edges, 190.0), cells)
    (table,) = stitched(FIRST, second)
    assert [(c.col, c.col_span) for c in table.rows[-1].cells] == [(0, 5)]


def test_a_scan_that_lost_one_rule_and_shows_a_streak_keeps_the_tables_columns():
    edges = (40.0, 70.0, 160.0, 340.0, 430.0, 510.0)  # 250 is lost, a streak at 160
    page = part(2, *ROWS[3:], edges=edges, confidence=0.9)
    (table,) = stitched(part(1, HEADER, *ROWS[:3], confidence=0.9), page)
    assert table.parts[1].col_edges == pytest.approx(EDGES)


NAMES = tuple((text,) for text in HEADER)


def test_slips_of_ocr_are_forgiven():
    read = (("TT",), ("Nội đung",), ("Cơ quan chủ tri",), ("Cơ quan phôi hợp",), ("Thời gian",))
    assert own_order(read, NAMES) == (0, 1, 2, 3, 4)


def test_one_header_may_be_unread_where_its_place_tells():
    read = (("TT",), ("@#",), ("Cơ quan chủ trì",), ("Cơ quan phối hợp",), ("Thời gian",))
    assert own_order(read, NAMES) == (0, 1, 2, 3, 4)


def test_two_headers_in_one_cell_tell_nothing():
    merged = (("TT",), ("Nội dung",), ("Cơ quan chủ trì Cơ quan phối hợp",), ("Thời gian",))
    assert own_order(merged, NAMES) is None


def test_a_header_over_two_columns_tells_nothing():
    streak = (("TT",), ("Nội dung",), ("Nội dung",), *NAMES[2:])
    assert own_order(streak, NAMES) is None


def test_a_new_column_must_be_a_known_one():
    assert own_order((*NAMES, ("Ghi chú",)), NAMES) == (0, 1, 2, 3, 4, 5)
    assert own_order((*NAMES, ("vết bẩn",)), NAMES) is None


def test_another_tables_header_tells_nothing():
    other = (("STT",), ("Chỉ tiêu",), ("Đơn vị tính",), ("Năm 2023",), ("Năm 2024",))
    assert own_order(other, NAMES) is None
