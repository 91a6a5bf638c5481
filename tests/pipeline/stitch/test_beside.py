"""Further columns of a spreadsheet on further pages, and pages that only look so."""

from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.beside import columns_beside
from pipeline.stitch.rows import texts_of
from schemas.page import Page
from tests.pipeline.stitch.printed import page_table

LEFT, RIGHT = (40.0, 70.0, 500.0), (40.0, 200.0, 350.0)
HEADER, FURTHER = ("TT", "Nội dung"), ("Cơ quan chủ trì", "Thời gian")
FIRST = (("1", "Trồng rừng"), ("2", "Bảo vệ rừng"))
SECOND = (("3", "Giao rừng"), ("4", "Chữa cháy rừng"))
FIRST_FURTHER = (("Hạt Kiểm lâm", "Quý I"), ("Công an", "Quý II"))
SECOND_FURTHER = (("UBND xã", "Quý III"), ("Quân sự", "Quý IV"))
WHOLE = [[*a, *b] for a, b in zip(FIRST + SECOND, FIRST_FURTHER + SECOND_FURTHER, strict=True)]


def left(page, *rows, **about):
    return page_table(page, *rows, edges=LEFT, **about)


def right(page, *rows, **about):
    return page_table(page, *rows, edges=RIGHT, **about)


def by_page(*parts):
    return {part.page: [part] for part in parts}


def joined(*parts):
    tables, decisions = columns_beside(by_page(*parts))
    return [page for page, found in tables.items() if found], [d.page for d in decisions]


def rows_of(*parts):
    tables, _ = columns_beside(by_page(*parts))
    pages = [Page(part.page, 600, 800, (), (), "text_layer") for part in parts]
    in_order = [table for page in pages for table in tables[page.number]]
    (table,), _ = stitch(pages, in_order, {page.number: [] for page in pages}, Settings())
    return [texts_of(row, table.n_cols) for row in table.rows]


def test_columns_of_one_stretch_of_rows():
    parts = left(1, HEADER, *FIRST), right(2, FURTHER, *FIRST_FURTHER)
    assert joined(*parts) == ([1], [2])
    assert rows_of(*parts) == WHOLE[:2]


def test_printed_down_then_over():
    parts = (
        left(1, HEADER, *FIRST), left(2, *SECOND, ("5", "Việc khác")),
        right(3, FURTHER, *FIRST_FURTHER), right(4, *SECOND_FURTHER, ("UBND", "Quý I")),
    )  # fmt: skip
    assert rows_of(*parts)[:4] == WHOLE


def test_printed_over_then_down():
    parts = (
        left(1, HEADER, *FIRST), right(2, FURTHER, *FIRST_FURTHER),
        left(3, *SECOND, ("5", "Việc khác")), right(4, *SECOND_FURTHER, ("UBND", "Quý I")),
    )  # fmt: skip
    assert rows_of(*parts)[:4] == WHOLE


def test_pieces_keep_the_page_on_which_they_stand():
    tables, _ = columns_beside(by_page(left(1, HEADER, *FIRST), right(2, FURTHER, *FIRST_FURTHER)))
    (table,) = tables[1]
    assert {(cell.col, cell.piece.page) for cell in table.cells} == {(0, 1), (1, 1), (2, 2), (3, 2)}
    assert tables[2] == []


def stays(*parts):
    return joined(*parts) == ([part.page for part in parts], [])


def test_rows_at_other_heights_are_other_rows():
    first = left(1, HEADER, *FIRST)
    assert stays(first, right(2, FURTHER, *FIRST_FURTHER, top=105))
    assert stays(first, right(2, FURTHER, *FIRST_FURTHER, height=45))
    assert stays(first, right(2, FURTHER, *FIRST_FURTHER, ("UBND", "Quý I")))


def test_a_table_that_goes_on_downward_is_none():
    assert stays(left(1, HEADER, *FIRST), left(2, HEADER, *SECOND))
    assert stays(left(1, HEADER, *FIRST), left(2, *SECOND, ("5", "Việc khác")))


def test_further_columns_bring_roles_that_are_missing():
    first = left(1, HEADER, *FIRST)
    assert stays(first, right(2, ("Nhiệm vụ", "Thời gian"), *FIRST_FURTHER))
    assert stays(first, right(2, ("Xã A", "Xã B"), *FIRST_FURTHER))
    assert stays(right(1, FURTHER, *FIRST_FURTHER), right(2, ("Sản phẩm", "Ghi chú"), *FIRST))


def test_two_rows_tell_nothing():
    assert stays(left(1, HEADER, FIRST[0]), right(2, FURTHER, FIRST_FURTHER[0]))


def test_every_page_with_a_table_must_fit():
    third = right(3, ("Sản phẩm", "Ghi chú"), *FIRST_FURTHER, ("Báo cáo", ""))
    assert stays(left(1, HEADER, *FIRST), right(2, FURTHER, *FIRST_FURTHER), third)
