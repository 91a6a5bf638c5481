"""Words into cells, and the edges that rules do not show."""

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
