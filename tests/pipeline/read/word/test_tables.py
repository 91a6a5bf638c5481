"""Cells of Word tables: merged, shifted, nested; and tables that are none."""

from pipeline.read.exact import Abreast, ExactLine, ExactTable
from tests.pipeline.read.word.made import blocks, grid, p, r, sections, tbl, tc, tr

ALL = (1000, 2000, 3000)


def only_table(folder, body: str) -> ExactTable:
    (table,) = (block for block in blocks(folder, body) if isinstance(block, ExactTable))
    return table


def test_merged_cells_stand_once_with_their_spans(tmp_path):
    body = tbl(
        tr(tc("A", merge="restart"), tc("B", span=2)),
        tr(tc("", merge="continue"), "C", "D"),
        tr("E", "F", "G"),
        widths=ALL,
    )
    assert grid(only_table(tmp_path, body)) == [
        (0, 0, 2, 1, "A"), (0, 1, 1, 2, "B"), (1, 1, 1, 1, "C"), (1, 2, 1, 1, "D"),
        (2, 0, 1, 1, "E"), (2, 1, 1, 1, "F"), (2, 2, 1, 1, "G"),
    ]  # fmt: skip
    assert only_table(tmp_path, body).widths == (50.0, 100.0, 150.0)


def test_a_merge_without_a_beginning_is_a_cell(tmp_path):
    body = tbl(tr("A", "B"), tr(tc("C", merge="continue"), "D"))
    assert [text for *_, text in grid(only_table(tmp_path, body))] == ["A", "B", "C", "D"]


def test_merged_across_in_the_old_way(tmp_path):
    across = "<w:tc><w:tcPr><w:hMerge{}/></w:tcPr>{}</w:tc>"
    row = tr(across.format(' w:val="restart"', p("A")), across.format("", p("")), "B")
    assert grid(only_table(tmp_path, tbl(row, tr("1", "2", "3"))))[:2] == [
        (0, 0, 1, 2, "A"), (0, 2, 1, 1, "B"),
    ]  # fmt: skip


def test_a_row_that_begins_later_keeps_its_columns(tmp_path):
    body = tbl(tr("A", "B", "C"), tr("D", "E", properties='<w:gridBefore w:val="1"/>'), widths=ALL)
    assert grid(only_table(tmp_path, body))[3:] == [(1, 1, 1, 1, "D"), (1, 2, 1, 1, "E")]


def test_rows_and_cells_in_controls_and_insertions_are_read(tmp_path):
    wrapped = f"<w:sdt><w:sdtContent>{tr('C', 'D')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('B')}</w:sdtContent></w:sdt>"
    body = tbl(tr("A", cell), wrapped)
    assert [text for *_, text in grid(only_table(tmp_path, body))] == ["A", "B", "C", "D"]


def test_an_absurd_span_ends_the_row(tmp_path):
    body = tbl(tr("A", tc("B", span=2_000_000_000), "C"), tr("1", "2"))
    assert only_table(tmp_path, body).widths.__len__() < 64


def test_edges_that_no_cell_uses_are_no_columns(tmp_path):
    body = tbl(tr(tc("A", span=2), tc("B", span=2)), tr(tc("C", span=2), tc("D", span=2)),
               widths=(500, 500, 900, 900))  # fmt: skip
    table = only_table(tmp_path, body)
    assert table.widths == (50.0, 90.0)
    assert [cell[:4] for cell in grid(table)] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_an_edge_dragged_aside_in_some_rows_is_one_edge(tmp_path):
    body = tbl(
        tr("STT", tc("Nội dung", span=2), "Nhiệm vụ"),
        tr("1", "Công khai", tc("Niêm yết", span=2)),
        widths=(600, 2000, 300, 3000),
    )
    assert grid(only_table(tmp_path, body)) == [
        (0, 0, 1, 1, "STT"), (0, 1, 1, 1, "Nội dung"), (0, 2, 1, 1, "Nhiệm vụ"),
        (1, 0, 1, 1, "1"), (1, 1, 1, 1, "Công khai"), (1, 2, 1, 1, "Niêm yết"),
    ]  # fmt: skip


def test_a_narrow_column_with_text_stays(tmp_path):
    body = tbl(tr("A", "x", "B"), tr(tc("C", span=2), "D"), widths=(1000, 80, 1000))
    assert len(only_table(tmp_path, body).widths) == 3


def test_a_table_in_a_cell_is_a_line_a_row_of_it(tmp_path):
    inner = tbl(tr("2023", "40%"), tr("2024", "60%"))
    body = tbl(tr("A", tc("Tỷ lệ:", inner, "đạt")), tr("1", "2"))
    assert grid(only_table(tmp_path, body))[1][4] == "Tỷ lệ:|2023 40%|2024 60%|đạt"


def test_a_letterhead_is_two_texts_side_by_side(tmp_path):
    body = tbl(
        tr(tc("ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG"), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        tr("Số: 15/KH-UBND", "Chi Lăng, ngày 02 tháng 5 năm 2024"),
        ruled=False,
    )
    left, right = blocks(tmp_path, body)
    assert [[line.text for line in column] for column in left.columns] == [
        ["ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ]
    assert isinstance(right, Abreast)


def test_a_letterhead_may_be_ruled_and_a_plan_may_not(tmp_path):
    head = tbl(tr("UBND XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    plan = tbl(
        tr("STT", "Nội dung", "Cơ quan chủ trì"), tr("1", "Rà soát", "Phòng Nội vụ"), ruled=False
    )
    found = blocks(tmp_path, head + plan)
    assert [type(block) for block in found] == [Abreast, ExactTable]


def test_borders_may_come_from_the_style_of_the_table(tmp_path):
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders>'
        '<w:insideH w:val="single"/></w:tblBorders></w:tblPr></w:style>'
    )
    table = tbl(tr("Xã", "Hộ"), tr("Vân Thủy", "120"))
    table = table.replace('<w:insideH w:val="single"/><w:insideV w:val="single"/>', "")
    styled = table.replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="Grid"/>')
    assert isinstance(blocks(tmp_path, table, styles=styles)[0], Abreast)
    assert isinstance(blocks(tmp_path, styled, styles=styles)[0], ExactTable)


def test_a_frame_of_one_cell_is_its_text_and_its_tables(tmp_path):
    inner = tbl(tr("A", "B"), tr("C", "D"))
    found = blocks(tmp_path, tbl(tr(tc("trước", inner, "sau"))))
    assert [type(block) for block in found] == [ExactLine, ExactLine, ExactTable]


def test_sections_keep_their_widths(tmp_path):
    tag = "w:sectPr"
    wide = f'<{tag}><w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:left="1000" w:right="838"/></{tag}>'
    tall = f'<{tag}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1000" w:right="906"/></{tag}>'
    body = p("một") + p(r("hai"), properties=tall) + p("ba") + wide
    found = sections(tmp_path, body)
    assert [(s.width, [b.text for b in s.blocks]) for s in found] == [
        (500.0, ["một", "hai"]), (750.0, ["ba"]),
    ]  # fmt: skip


def test_addresses_count_tables_rows_and_columns_from_one(tmp_path):
    body = tbl(tr("UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ruled=False) + tbl(
        tr("A", "B"), tr("C", "D")
    )
    last = only_table(tmp_path, body).cells[-1].address
    assert (last.table, last.row, last.column) == (2, 2, 2)


def test_footnotes_stand_behind_the_text(tmp_path):
    rule = f'<w:footnote w:type="separator">{p("-")}</w:footnote>'
    note = f'<w:footnote w:id="2">{p("Nguồn: Sở Nội vụ")}</w:footnote>'
    found = blocks(tmp_path, p("văn bản"), footnotes=rule + note)
    assert [block.text for block in found] == ["văn bản", "Nguồn: Sở Nội vụ"]
