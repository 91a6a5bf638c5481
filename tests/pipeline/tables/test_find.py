"""Words into cells, and the edges that rules do not show."""

import pytest

from pipeline import tables
from pipeline.tables.find import lines_outside
from schemas.geometry import Box
from schemas.page import Page, Rule, Word

XS, YS = (40.0, 80.0, 240.0, 400.0, 560.0), (100.0, 130.0, 190.0, 250.0)


def word(text, x, y, width=None):
    return Word(text, Box(x, y, x + (width or 6.0 * len(text)), y + 12))


def words(text, x, y):
    found = []
    for part in text.split():
        found.append(word(part, x, y))
        x += 6.0 * len(part) + 3
    return found


def ruled(level=YS, upright=XS):
    rules = [Rule(Box(XS[0], y, XS[-1], y + 1)) for y in level]
    return rules + [Rule(Box(x, YS[0], x + 1, YS[-1])) for x in upright]


def page(rules, text):
    return Page(1, 600, 800, tuple(text), tuple(rules), "text_layer")


def find_tables(read):
    return tables.find_tables([read])[read.number]


def texts(table):
    return {(c.row, c.col): c.piece.text for c in table.cells if c.piece.lines}


NAMES = ("TT", "Nội dung", "Chủ trì", "Phối hợp")
HEADER = [w for x, name in zip(XS, NAMES, strict=False) for w in words(name, x + 4, 108)]
BODY = [
    *words("1", 44, 136), *words("Trồng rừng", 84, 136), *words("Hạt Kiểm lâm", 244, 136),
    *words("UBND xã", 404, 136),
    *words("2", 44, 196), *words("Bảo vệ rừng", 84, 196), *words("Công an", 244, 196),
    *words("UBND xã", 404, 196),
]  # fmt: skip
EXPECTED = {
    (0, 0): "TT", (0, 1): "Nội dung", (0, 2): "Chủ trì", (0, 3): "Phối hợp",
    (1, 0): "1", (1, 1): "Trồng rừng", (1, 2): "Hạt Kiểm lâm", (1, 3): "UBND xã",
    (2, 0): "2", (2, 1): "Bảo vệ rừng", (2, 2): "Công an", (2, 3): "UBND xã",
}  # fmt: skip


def test_words_go_into_their_cells_and_the_rest_stays_outside():
    read = page(ruled(), [*HEADER, *BODY, *words("PHỤ LỤC", 250, 60)])
    (table,) = find_tables(read)
    assert texts(table) == EXPECTED
    assert [line.text for line in lines_outside(read, [table])] == ["PHỤ LỤC"]


def test_without_level_rules_rows_begin_at_their_numbers():
    (table,) = find_tables(page(ruled(level=(100.0, 130.0, 250.0)), [*HEADER, *BODY]))
    assert texts(table) == EXPECTED


def test_a_list_within_one_cell_is_not_parted():
    text = [*HEADER, *words("1", 44, 136), *words("2", 44, 150), *words("Trồng rừng", 84, 136)]
    (table,) = find_tables(page(ruled(level=(100.0, 130.0, 250.0)), text))
    assert texts(table)[1, 0] == "1\n2"


def test_without_upright_rules_columns_part_where_no_text_stands():
    level = [Rule(Box(XS[0], y, XS[-1], y + 1)) for y in YS]
    (table,) = find_tables(page(level, [*HEADER, *BODY]))
    assert texts(table) == EXPECTED


def test_a_rule_lost_in_one_row_is_put_back():
    rules = [r for r in ruled() if r.box.x0 != 400 or r.horizontal]
    rules += [Rule(Box(400, 100, 401, 130)), Rule(Box(400, 190, 401, 250))]
    (table,) = find_tables(page(rules, [*HEADER, *BODY]))
    assert texts(table) == EXPECTED


def test_a_heading_merged_across_stays_whole():
    rules = [r for r in ruled() if r.horizontal or r.box.x0 in (40, 80, 560)]
    rules += [
        Rule(Box(x, y0, x + 1, y1)) for x in (240, 400) for y0, y1 in ((100, 130), (190, 250))
    ]
    heading = words("Quản lý bảo vệ rừng và phòng cháy chữa cháy rừng", 84, 136)
    (table,) = find_tables(page(rules, [*HEADER, *words("I", 44, 136), *heading]))
    cell = next(c for c in table.cells if (c.row, c.col) == (1, 1))
    assert cell.col_span == 3
    assert cell.piece.text == "Quản lý bảo vệ rừng và phòng cháy chữa cháy rừng"


def test_a_word_belongs_to_the_cell_that_holds_its_middle():
    edge = [*HEADER, *words("1", 44, 136), Word("giữa", Box(230, 136, 260, 148))]
    (table,) = find_tables(page(ruled(), edge))
    assert texts(table)[1, 2] == "giữa"
    assert (1, 1) not in texts(table)
    above = [*HEADER, Word("cao", Box(90, 120, 120, 139))]
    assert texts(find_tables(page(ruled(), above))[0])[0, 1] == "Nội dung\ncao"


def test_the_table_of_a_page_tells_its_place():
    (table,) = find_tables(page(ruled(), HEADER))
    assert table.page == 1
    assert table.box == Box(40.5, 100.5, 560.5, 250.5)
    assert table.col_edges == tuple(x + 0.5 for x in XS)
    assert table.row_edges == tuple(y + 0.5 for y in YS)
    cell = next(c for c in table.cells if (c.row, c.col) == (1, 2))
    assert cell.piece.box == Box(240.5, 130.5, 400.5, 190.5)
    assert cell.piece.page == 1
    assert cell.piece.closed_top
    assert cell.piece.closed_bottom


def test_lines_outside_are_parted_where_letterheads_stand_abreast():
    read = page(ruled(), [*words("ỦY BAN", 40, 40), *words("CỘNG HÒA", 300, 40)])
    assert [line.text for line in lines_outside(read, [])] == ["ỦY BAN", "CỘNG HÒA"]


def test_level_rules_around_running_text_are_no_table():
    level = [Rule(Box(XS[0], y, XS[-1], y + 1)) for y in YS]
    text = [w for y in (136, 196) for w in words("Một dòng chữ chạy suốt cả trang " * 2, 44, y)]
    assert find_tables(page(level, text)) == []


def level_pages(*extents):
    """Pages of level rules only, each with its own left edge and width."""
    pages = []
    for number, (left, width) in enumerate(extents, 1):
        rules = [Rule(Box(left, y, left + width, y + 1)) for y in YS]
        moved = [
            Word(w.text, Box(w.box.x0 + left - 40, *w.box[1:2], w.box.x1 + left - 40, w.box[3]))
            for w in ([*HEADER, *BODY] if number == 1 else BODY[:1])
        ]
        pages.append(Page(number, 600, 800, tuple(moved), tuple(rules), "text_layer"))
    return pages


def test_pages_of_one_width_share_the_columns_that_their_rows_show_together():
    found = tables.find_tables(level_pages((40.0, 520.0), (60.0, 527.0)))
    first, second = found[1][0], found[2][0]
    assert first.n_cols == second.n_cols == 4
    inner = [x - 20 for x in second.col_edges[1:-1]]
    assert inner == list(first.col_edges[1:-1])
    assert second.col_edges[0] == 60.0
    assert second.col_edges[-1] == 587.0


def test_pages_of_other_widths_do_not():
    found = tables.find_tables(level_pages((40.0, 520.0), (40.0, 530.0)))
    assert len(found[1]) == 1
    assert found[2] == []


def merged_row(*text, upright=(240.0,)):
    """The body row of a table whose edges at `upright` are drawn in the header row alone."""
    rules = [r for r in ruled() if r.horizontal or r.box.x0 not in upright]
    rules += [Rule(Box(x, y0, x + 1, y1)) for x in upright for y0, y1 in ((100, 130), (190, 250))]
    (table,) = find_tables(page(rules, [*HEADER, *text]))
    return {c.col: c.col_span for c in table.cells if c.row == 1}


def placed(text, x0, x1, top=136.0):
    return Word(text, Box(x0, top, x1, top + 12))


PARTED = {0: 1, 1: 1, 2: 1, 3: 1}
WHOLE = {0: 1, 1: 2, 3: 1}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ([placed("trái", 100, 200), placed("phải", 250, 300)], PARTED),
        ([placed("trái", 100, 237), placed("phải", 243.5, 300)], PARTED),
        ([placed("trái", 100, 238), placed("phải", 243, 300)], WHOLE),  # 5 points: a space
        ([placed("trái", 100, 241.3), placed("phải", 248, 300)], PARTED),  # touches the edge
        ([placed("suốt", 100, 300)], WHOLE),
        ([placed("trái", 100, 200)], WHOLE),
        ([placed("trái", 100, 200), placed("phải", 250, 300, 160)], WHOLE),  # not abreast
        ([placed("trái", 100, 200), placed("phải", 250, 300, 141)], PARTED),
        ([placed("trái", 100, 200), placed("phải", 250, 300, 143)], WHOLE),
    ],
)
def test_texts_that_stand_beside_each_other_are_two_cells(text, cells):
    assert merged_row(*text) == cells


def test_of_several_lines_the_least_gap_tells():
    wide = [placed("a", 100, 200), placed("b", 250, 300)]
    near = [placed("c", 100, 238, 160), placed("d", 243, 300, 160)]
    assert merged_row(*wide, *near) == WHOLE


def test_three_texts_are_three_cells():
    text = [placed("a", 100, 200), placed("b", 250, 300), placed("c", 420, 500)]
    found = merged_row(*text, upright=(240.0, 400.0))
    assert found == PARTED


def test_the_box_of_a_cell_put_back_ends_at_the_lost_rule():
    rules = [r for r in ruled() if r.horizontal or r.box.x0 != 240]
    rules += [Rule(Box(240, y0, 241, y1)) for y0, y1 in ((100, 130), (190, 250))]
    (table,) = find_tables(page(rules, [*HEADER, placed("a", 100, 200), placed("b", 250, 300)]))
    boxes = {c.col: c.piece.box for c in table.cells if c.row == 1}
    assert boxes[1] == Box(80.5, 130.5, 240.5, 190.5)
    assert boxes[2] == Box(240.5, 130.5, 400.5, 190.5)


def test_every_stretch_without_level_rules_is_divided():
    ys = (100.0, 130.0, 190.0, 210.0, 270.0)
    rules = [Rule(Box(XS[0], y, XS[-1], y + 1)) for y in ys]
    rules += [Rule(Box(x, ys[0], x + 1, ys[-1])) for x in XS]
    text = list(HEADER)
    for n, y in ((1, 136), (2, 164), (3, 216), (4, 244)):
        text += [*words(str(n), 44, y), *words(f"Việc {n}", 84, y), *words("Phòng", 244, y)]
    text += words("Mục hai", 84, 194)
    (table,) = find_tables(page(rules, text))
    numbers = [texts(table).get((row, 0)) for row in range(table.n_rows)]
    assert numbers == ["TT", "1", "2", None, "3", "4"]


def test_one_number_is_not_divided():
    text = [*HEADER, *words("1", 44, 136), *words("Rà soát", 84, 136), *words("hộ", 84, 164)]
    (table,) = find_tables(page(ruled(level=(100.0, 130.0, 250.0)), text))
    assert table.n_rows == 2


@pytest.mark.parametrize(("width", "rows"), [(40.0, 4), (20.0, 3)])
def test_digits_that_a_narrow_column_broke_are_one_row(width, rows):
    upright = (XS[1] - width, *XS[1:])
    text = [
        *words("1", upright[0] + 7, 104), *words("Rà soát", 84, 104), *words("Sở Y tế", 244, 104),
        *words("1", upright[0] + 7, 134), *words("Công khai", 84, 134), *words("Sở Nội", 244, 134),
        *words("2", upright[0] + 7, 150), *words("Báo cáo", 84, 150), *words("Sở Y", 244, 150),
        *words("3", upright[0] + 7, 200), *words("Đôn đốc", 84, 200), *words("Sở Tư", 244, 200),
    ]  # fmt: skip
    rules = [Rule(Box(upright[0], y, XS[-1], y + 1)) for y in YS]
    rules += [Rule(Box(x, YS[0], x + 1, YS[-1])) for x in upright]
    (table,) = find_tables(page(rules, text))
    assert table.n_rows == rows


def unruled_page(number, *lines, right=XS[-1]):
    """A page whose table has no level rules but its borders; lines of four columns, 14 pt high."""
    rules = [Rule(Box(XS[0], y, right, y + 1)) for y in (100.0, 250.0)]
    rules += [Rule(Box(x, 100.0, x + 1, 250.0)) for x in (*XS[:-1], right)]
    columns = (44, 84, 244, 404)
    text = [
        w
        for at, line in enumerate(lines)
        for x, part in zip(columns, line, strict=True)
        for w in words(part, x, 106 + 14 * at)
    ]
    return Page(number, 600, 800, tuple(text), tuple(rules), "text_layer")


TWO_ROWS = (("1", "Rà soát.", "Phòng", "Quý I"), ("2", "Cấp thẻ", "Công an", "Quý II"))
REST_AND_ROW = (("", "bảo hiểm.", "", ""), ("3", "Niêm yết", "Phòng", "Quý III"))


def test_the_rest_of_a_row_is_parted_from_the_only_number_of_a_page():
    found = tables.find_tables([unruled_page(1, *TWO_ROWS), unruled_page(2, *REST_AND_ROW)])
    assert [table[0].n_rows for table in found.values()] == [2, 2]
    alone = tables.find_tables([unruled_page(2, *REST_AND_ROW)])
    assert alone[2][0].n_rows == 1


def test_another_table_than_the_unruled_one_is_not_divided_like_it():
    wider = unruled_page(2, *REST_AND_ROW, right=XS[-1] + 20)
    found = tables.find_tables([unruled_page(1, *TWO_ROWS), wider])
    assert [table[0].n_rows for table in found.values()] == [2, 1]
