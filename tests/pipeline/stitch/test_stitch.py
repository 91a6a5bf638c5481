"""Page tables into logical ones: what is decided, what is kept, what can be switched off."""

import pytest
from msgspec.structs import replace

from pipeline.settings import Settings
from pipeline.stitch import stitch
from pipeline.stitch.rows import texts_of
from schemas.page import Page
from tests.pipeline.stitch.printed import LEFT, UP, line, page_table

HEADER = ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian")
LONG = "Tuyên truyền, phổ biến pháp luật cho người dân trong toàn"


def stitched(*tables, outside=None, **settings):
    numbers = {table.page for table in tables}
    pages = [Page(n, 600, 800, (), (), "text_layer") for n in sorted(numbers)]
    return stitch(pages, tables, outside or {}, Settings(**settings))


def texts(table):
    return [texts_of(row, table.n_cols) for row in table.rows]


def test_nothing_is_nothing():
    assert stitched() == ([], [])


FIRST = page_table(1, HEADER, ("1", LONG, "Phòng Tư pháp", "Quý I"))
REST = page_table(2, ("", "xã.", "", ""), ("2", "Rà soát.", "Phòng Nội vụ", "Quý II"))


def test_a_row_over_two_pages():
    (table,), decisions = stitched(FIRST, REST)
    assert texts(table) == [
        ["1", f"{LONG} xã.", "Phòng Tư pháp", "Quý I"],
        ["2", "Rà soát.", "Phòng Nội vụ", "Quý II"],
    ]
    assert [texts_of(row, 4) for row in table.header] == [list(HEADER)]
    assert table.pages == (1, 2)
    assert table.headings == (False, False)
    assert [(d.what, d.page, d.taken) for d in decisions] == [("table_join", 2, True)]
    (decision,) = table.decisions
    assert (decision.what, decision.page, decision.taken) == ("row_join", 2, True)
    (join,) = table.rows[0].joins
    assert (join.page, join.score, join.reasons) == (2, decision.score, decision.reasons)


def test_rows_stay_apart_where_joining_is_switched_off():
    (table,), _ = stitched(FIRST, REST, join_rows=False)
    assert [row[1] for row in texts(table)] == [LONG, "xã.", "Rà soát."]
    (decision,) = table.decisions
    assert not decision.taken
    assert decision.score > 0.5
    assert decision.reasons[0] == "switched_off"


def test_a_join_that_is_refused_anyway_was_not_switched_off():
    other = page_table(2, ("2", "Rà soát.", "Phòng Nội vụ", "Quý II"))
    (table,), _ = stitched(FIRST, other, join_rows=False)
    (decision,) = table.decisions
    assert not decision.taken
    assert "switched_off" not in decision.reasons


def test_the_threshold_decides_both_joins():
    tables, (decision,) = stitched(FIRST, REST, join_threshold=0.99)
    assert len(tables) == 2
    assert not decision.taken
    (table,), _ = stitched(FIRST, REST, join_threshold=0.95)
    assert len(table.rows) == 2


def test_a_table_that_does_not_go_on_begins_another():
    caption = {2: [line("PHỤ LỤC II", 2)]}
    first, second = stitched(FIRST, REST, outside=caption)[0]
    assert texts(first) == [["1", LONG, "Phòng Tư pháp", "Quý I"]]
    assert len(second.rows) == 2
    assert second.header == ()


def test_a_third_part_is_judged_by_all_before():
    third = page_table(3, ("3", "Cấp thẻ.", "Phòng Nội vụ", "Quý III"))
    (table,), decisions = stitched(FIRST, REST, third)
    assert [row[0] for row in texts(table)] == ["1", "2", "3"]
    assert [d.page for d in decisions] == [2, 3]
    assert table.pages == (1, 3)


def test_a_repeated_header_is_dropped_and_told():
    below = page_table(2, HEADER, ("2", "Rà soát.", "Phòng Nội vụ", "Quý II"))
    (table,), _ = stitched(FIRST, below)
    assert [row[0] for row in texts(table)] == ["1", "2"]
    drop = table.decisions[0]
    assert (drop.what, drop.page, drop.taken) == ("header_drop", 2, True)
    assert (drop.score, drop.reasons) == (1.0, ("header_repeated",))


def test_empty_rows_are_left_out_and_do_not_part_a_row():
    first = page_table(1, HEADER, ("1", LONG, "Phòng", "Quý I"), ("", "", "", ""))
    rest = page_table(2, ("", "", "", ""), ("", "xã.", "", ""))
    (table,), _ = stitched(first, rest)
    assert [row[1] for row in texts(table)] == [f"{LONG} xã."]


def test_a_page_of_only_a_header_changes_nothing():
    (table,), _ = stitched(FIRST, page_table(2, HEADER), page_table(3, *[("", "xã.", "", "")]))
    assert [row[1] for row in texts(table)] == [f"{LONG} xã."]
    assert [d.what for d in table.decisions] == ["header_drop", "row_join"]


def test_a_merged_cell_is_given_to_the_rows_behind_the_break():
    first = page_table(
        1, HEADER, ("1", "Rà soát.", "Phòng Tư pháp", "Quý I"), ("2", "Cấp thẻ.", UP, "Quý II")
    )
    rest = page_table(2, ("3", "Niêm yết.", "", "Quý III"), ("4", "Đối thoại.", UP, "Quý IV"))
    (table,), _ = stitched(first, rest)
    assert [row[2] for row in texts(table)] == ["Phòng Tư pháp"] * 4


def test_headings_are_told():
    first = page_table(1, HEADER, ("I", "KINH TẾ", "", ""), ("1", "Rà soát.", "Phòng", "Quý I"))
    (table,), _ = stitched(first)
    assert table.headings == (True, False)


def test_edges_that_a_page_lost_are_laid_over_it():
    lost = page_table(2, ("", "", "còn lại"), edges=(50.0, 80.0, 230.0, 520.0))
    (table,), _ = stitched(FIRST, page_table(2, *[("2", "x", "y", "z")] * 3), lost)
    assert table.n_cols == 4
    assert {part.n_cols for part in table.parts} == {4}


SECTION = ("I", "CẢI CÁCH HÀNH CHÍNH", LEFT, LEFT)
SECOND_SECTION = ("II", "CHUYỂN ĐỔI SỐ", LEFT, LEFT)
BODY = [(str(n), f"Rà soát lần {n}.", "Phòng Nội vụ", f"{n}/5/2024") for n in range(1, 6)]


@pytest.mark.parametrize("section", [SECTION, ("I. CẢI CÁCH", LEFT, LEFT, LEFT), BODY[0]])
def test_what_a_file_repeats_with_its_header_is_no_header(section):
    part = replace(page_table(1, HEADER, section, *BODY[1:3]), header_rows=2)
    (table,), _ = stitched(part)
    assert [texts_of(row, 4) for row in table.header] == [list(HEADER)]
    assert table.headings == (section is not BODY[0], False, False)


def test_a_header_that_only_the_file_tells_stays_one():
    unknown = (("Cây", "Con", "Gió", "Mây"), ("Lúa", "Bò", "Bão", "Mưa"))
    part = replace(page_table(1, *unknown, ("a", "b", "c", "d")), header_rows=2)
    (table,), _ = stitched(part)
    assert len(table.header) == 2


@pytest.mark.parametrize("last", [(), (SECOND_SECTION, BODY[2])])
def test_a_section_that_is_repeated_with_the_header_is_one(last):
    above = page_table(1, HEADER, SECTION, *BODY[:2], *last)
    (table,), _ = stitched(above, page_table(2, HEADER, SECTION, *BODY[3:]))
    assert sum(table.headings) == 1 + bool(last)
    assert [row[0] for row in texts(table) if row[0].isdigit()][-2:] == ["4", "5"]


@pytest.mark.parametrize(
    "below",
    [
        (SECTION, *BODY[:2]),  # begins anew: another list
        (("II", *SECTION[1:]), *BODY[3:]),
        (("I", "CHUYỂN ĐỔI SỐ", LEFT, LEFT), *BODY[3:]),
        (SECTION,),
    ],
)
def test_another_section_stays(below):
    above = page_table(1, HEADER, SECTION, *BODY[:2])
    (table,), _ = stitched(above, page_table(2, HEADER, *below))
    assert table.headings[3]


def test_a_section_into_which_the_header_is_merged_down_is_one():
    merged = (UP, "I. CẢI CÁCH HÀNH CHÍNH", LEFT, LEFT)
    (table,), _ = stitched(page_table(1, HEADER, merged, *BODY[:2]))
    assert [texts_of(row, 4) for row in table.header] == [list(HEADER)]
    assert table.headings == (True, False, False)
    assert texts(table)[0] == ["", merged[1], "", ""]


def test_a_header_merged_down_on_a_later_page_leaves_the_section_there():
    merged = (UP, "II. CHUYỂN ĐỔI SỐ", LEFT, LEFT)
    above = page_table(1, HEADER, SECTION, *BODY[:2])
    (table,), _ = stitched(above, page_table(2, HEADER, merged, *BODY[2:]))
    assert texts(table)[3] == ["", merged[1], "", ""]
    assert table.headings[3]


def test_a_header_that_is_typed_again_within_the_table_is_no_row():
    again = ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian thực hiện")
    first = page_table(1, HEADER, SECTION, BODY[0], again, SECOND_SECTION, BODY[1])
    (table,), _ = stitched(first)
    assert [row[0] for row in texts(table)] == ["I", "1", "II", "2"]
    assert [d.reasons for d in table.decisions] == [("header_repeated",)]
    other = page_table(1, HEADER, BODY[0], ("TT", "Ghi chép", "x", "y"), BODY[1])
    (table,), _ = stitched(other)
    assert len(table.rows) == 3
