"""Where a header ends, what its columns are called, where it is repeated."""

import pytest

from pipeline.stitch.header import (
    body_beneath,
    column_names,
    has_unread_header,
    header_depth,
    key_columns,
    match_column,
    repeated_depth,
)
from pipeline.stitch.rows import rows_of, texts_of
from tests.pipeline.stitch.printed import LEFT, UP, page_table, row

HEADER = ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian")
BODY = ("1", "Dân chủ ở cơ sở", "Phòng Tư pháp", "Quý I")
NUMBERS = ("(1)", "(2)", "(3)", "(4)")


def rows(*printed):
    edges = tuple(50.0 + 100 * i for i in range(len(printed[0]) + 1))
    return rows_of(page_table(1, *printed, edges=edges))


def depth(*printed):
    return header_depth(rows(*printed), len(printed[0]))


def test_no_rows_have_no_header():
    assert header_depth([], 4) == 0


def test_one_row():
    assert depth(HEADER, BODY) == 1


def test_a_body_row_is_none():
    assert depth(BODY, BODY) == 0


@pytest.mark.parametrize(
    ("texts", "header"),
    [
        (("TT", "Nội dung", "Tỉnh", "Xã"), 1),  # half of the cells are known
        (("TT", "Cây", "Tỉnh", "Xã"), 0),
        (("TT", "", "", ""), 0),  # one cell alone
        (("**Cây**", "**Con**", "**Tỉnh**", "**Xã**"), 1),  # bold and short
        (("**Cây**", "**Con**", "**Tỉnh**", ""), 1),  # all but one
        (("**Cây**", "**Con**", "", ""), 0),
        (("**Cây**", "**Con**", "**Tỉnh**", "Xã"), 0),  # not all bold
        (("**1**", "**Con**", "**Tỉnh**", "**Xã**"), 0),  # numbered
        (("**Cây**", "**Con**", "**Tỉnh**", "**a b c d e f g h**"), 1),
        (("**Cây**", "**Con**", "**Tỉnh**", "**a b c d e f g h i**"), 0),  # nine words
    ],
)
def test_what_opens_a_header(texts, header):
    assert depth(texts, BODY) == header


def test_a_row_into_which_cells_reach_down_belongs():
    upper = ("TT", "Nội dung", "Phân công", LEFT)
    lower = (UP, UP, "Huyện", "Xã")
    assert depth(upper, lower, BODY) == 2


def test_a_row_that_divides_what_is_merged_across_belongs_where_it_is_known():
    upper = ("TT", "Nội dung", "Cơ quan thực hiện", LEFT)
    assert depth(upper, ("", "", "Chủ trì", "Phối hợp"), BODY) == 2
    assert depth(upper, ("", "", "Huyện", "Xã"), BODY) == 1
    assert depth(upper, ("1", "", "Chủ trì", "Phối hợp"), BODY) == 1
    assert depth(upper, ("", "", "", ""), BODY) == 1


def test_a_row_merged_across_the_whole_table_divides_nothing():
    title = ("Nội dung", LEFT, LEFT, LEFT)
    assert depth(title, ("TT", "Nội dung", "Chủ trì", "Phối hợp"), BODY) == 0


def test_a_header_has_four_rows_at_most():
    deep = ("TT", "Nội dung", "Chủ trì", "Phối hợp")
    under = [(UP, f"Nội dung {i}", f"Chủ trì {i}", f"Phối hợp {i}") for i in range(5)]
    assert depth(deep, *under) == 4


def test_a_row_of_numbers_belongs():
    assert depth(HEADER, NUMBERS, BODY) == 2
    assert depth(HEADER, BODY, NUMBERS) == 1
    assert depth(HEADER) == 1


def names(*printed):
    return column_names(rows(*printed), len(printed[0]))


def test_names_from_top_to_bottom():
    upper = ("TT", "Nội dung", "Cơ quan thực hiện", LEFT)
    lower = (UP, UP, "Chủ trì", "Phối hợp")
    assert names(upper, lower, NUMBERS) == [
        ("TT",),
        ("Nội dung",),
        ("Cơ quan thực hiện", "Chủ trì"),
        ("Cơ quan thực hiện", "Phối hợp"),
    ]


def test_an_empty_header_cell_has_no_name():
    assert names(("TT", "", "Thời gian", "Ghi chú"))[1] == ()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        (("Cơ quan thực hiện", "Phối hợp"), "partners"),  # the lowest that says one
        (("Cơ quan thực hiện", "Tên"), "lead"),
        (("Đơn vị", "tính"), "none"),
        (("Cơ", "quan chủ trì"), "lead"),  # both together
        (("Cây",), None),
        (("Thực hiện", "Năm trước"), None),
        (("Thực hiện",), "lead"),
        ((), None),
    ],
)
def test_the_role_of_a_column(name, role):
    match = match_column(name)
    assert (match.role if match else None) == role


def keys(header, *body):
    made = rows(header, *body)
    columns = key_columns(made[:1], made[1:], len(header))
    return columns.index, columns.title, columns.content, columns.timeframe


def test_number_and_title_name_a_row_where_two_columns_hold_content():
    header = ("TT", "Nội dung", "Nhiệm vụ", "Thời gian")
    assert keys(header, BODY) == (0, 1, 1, 3)


def test_the_number_alone_names_it_where_there_is_but_one():
    assert keys(HEADER, BODY) == (0, None, 1, 3)


def test_without_a_number_the_content_names_it():
    assert keys(("Nội dung", "Chủ trì"), ("Dân chủ", "Phòng Tư pháp")) == (None, 0, 0, None)


def test_a_first_column_of_numbers_needs_no_header():
    numbered = [(str(i), "Dân chủ", "Phòng Tư pháp") for i in range(1, 8)]
    plain = [("lúa", "Dân chủ", "Phòng Tư pháp")] * 3
    unknown = ("Cây", "Nội dung", "Chủ trì")
    assert keys(unknown, *numbered, *plain)[0] == 0  # seven of ten
    assert keys(unknown, *numbered[:6], *plain, *plain)[0] is None
    assert keys(unknown, ("", "Dân chủ", "Phòng Tư pháp"))[0] is None


def test_a_known_first_column_is_not_taken_for_the_numbers():
    assert keys(("Nội dung", "Chủ trì"), ("1", "Phòng Tư pháp"))[0] is None


def test_without_a_known_content_the_column_behind_the_number_holds_it():
    assert keys(("TT", "Cây", "Con"), ("1", "lúa", "bò"))[:3] == (0, None, 1)
    assert keys(("Cây", "Con"), ("lúa", "bò"))[:3] == (None, 0, 0)
    assert key_columns([], [row("1")], 1).content == 0


def repeated(header, *part):
    n_cols = len(header[0])
    return repeated_depth(rows(*part), rows(*header), n_cols)


def test_a_repeated_header_is_found_with_its_likeness():
    assert repeated([HEADER], HEADER, BODY) == (1, 1.0)
    assert repeated([HEADER], BODY, HEADER) == (0, 0.0)
    assert repeated([HEADER], HEADER, HEADER) == (1, 1.0)


def test_a_misread_header_is_found_still():
    slips = ("TT", "Nội đung", "Cơ quaa thực hịên", "Thời giam")
    depth, likeness = repeated([HEADER], slips, BODY)
    assert depth == 1
    assert 0.85 < likeness < 1.0
    assert repeated([HEADER], ("XX", "Nông dân", "Cơ sở hạ tầng", "Thu phí"), BODY)[0] == 0


def test_both_rows_of_a_header_are_found_and_the_less_like_counts():
    upper = ("TT", "Nội dung", "Phân công", LEFT)
    lower = (UP, UP, "Chủ trì", "Phối hợp")
    assert repeated([upper, lower], upper, lower, BODY) == (2, 1.0)
    depth, likeness = repeated([upper, lower], upper, ("TT", "Nội dunq", "Chủ trl", "Phối hop"))
    assert depth == 2
    assert likeness < 1.0


def test_a_row_of_numbers_is_repeated_however_it_was_read():
    depth, likeness = repeated([HEADER, NUMBERS], HEADER, ("(1)", "(2)", "®", "(4)"), BODY)
    assert (depth, likeness) == (2, 1.0)
    assert repeated([HEADER], ("(1)", "(2)", "(3)", "(4)"), BODY)[0] == 0


def test_a_table_without_a_header_repeats_none():
    assert repeated_depth(rows(BODY), [], 4) == (0, 0.0)


UNREAD = ("~:", "/ỵNdg", "v;w.", "qu~n")


def numbered(*labels):
    return [row(label, "Trồng rừng", "UBND xã", "Quý I") for label in labels]


def test_a_header_that_cannot_be_read_stands_over_rows_that_count_from_one():
    assert has_unread_header([row(*UNREAD), *numbered("1", "2", "3")], 4)
    assert has_unread_header([row(*UNREAD), *numbered("01.", "02.", "03.")], 4)


@pytest.mark.parametrize("labels", [("1", "2"), ("2", "3", "4"), ("1", "3", "4"), ("I", "1", "2")])
def test_other_rows_do_not_tell_of_one(labels):
    assert not has_unread_header([row(*UNREAD), *numbered(*labels)], 4)


def test_a_numbered_row_a_heading_and_a_sentence_are_no_header():
    rows = numbered("1", "2", "3")
    assert not has_unread_header([row("4", "a", "b", "c"), *rows], 4)
    assert not has_unread_header([row("Phần một", LEFT, LEFT, LEFT), *rows], 4)
    assert not has_unread_header([row("", "chữ " * 9, "b", "c"), *rows], 4)
    assert not has_unread_header([row("", "a", "", ""), *rows], 4)


def test_unknown_headers_may_be_the_most_where_one_is_of_the_numbers():
    known = ("STT", "Nội dung", "Cây trồng vật nuôi chủ lực", "Con giống", "Mùa vụ", "Đất đai")
    assert depth(known, ("1", "a", "b", "c", "d", "e")) == 1
    assert depth(("STT", *known[2:], "Gió"), ("1", "a", "b", "c", "d", "e")) == 0
    assert depth(("Số", *known[1:]), ("xã", "a", "b", "c", "d", "e")) == 0


def test_what_stands_above_a_row_of_numbers_is_the_header():
    upper = ("Cây", "Năm 2023", LEFT, "Gió")
    lower = ("", "Quý I", "Quý II", "")
    assert depth(upper, lower, ("A", "1", "2", "3=1+2"), ("Lúa", "5", "6", "7")) == 3
    assert depth(("1", "Lúa", "6", "7"), ("(1)", "(2)", "(3)", "(4)")) == 0


FIGURES = [("Lan", f"0{i}/5", f"{i},5", "x") for i in range(1, 5)]


@pytest.mark.parametrize(
    ("first", "header"),
    [
        (("Trường", "Toán", "Văn", "Gió"), 1),
        (("Trường", "Toán 2", "Văn", "Gió"), 0),
        (("Trường", "", "Văn", "Gió"), 0),
        (("Trường", "một hai ba bốn năm sáu bảy tám chín", "Văn", "Gió"), 0),
    ],
)
def test_words_over_figures_in_two_columns_are_a_header(first, header):
    assert depth(first, *FIGURES) == header


def test_figures_in_one_column_or_in_few_rows_tell_nothing():
    first = ("Trường", "Toán", "Văn", "Gió")
    assert depth(first, *[(a, b, "x", c) for a, b, _, c in FIGURES]) == 0
    assert depth(first, *FIGURES[:2]) == 0
    assert depth(first, *FIGURES[:3], ("Lan", "x", "5", "y")) == 0


def rows_beneath(*header):
    width = len(header)
    body = [(str(n), "05/01/2026", "Lê Thị Hoa", "0912")[:width] for n in (1, 2, 3)]
    edges = tuple(100.0 * i for i in range(width + 1))
    return rows_of(page_table(1, header, *body, edges=edges))


def test_a_header_of_unknown_words_stands_over_rows_that_count_from_one():
    assert header_depth(rows_beneath("TT", "Ngày trực", "Lãnh đạo trực", "Điện thoại"), 4) == 1
    assert header_depth(rows_beneath("A1", "Ngày trực", "Lãnh đạo trực", "Điện thoại"), 4) == 0
    assert header_depth(rows_beneath("TT", "Ngày 5", "Lãnh đạo trực", "Điện thoại"), 4) == 0


def test_a_header_is_repeated_though_a_column_too_many_shifts_its_cells():
    edges = (0.0, 50.0, 100.0, 150.0, 200.0, 250.0)
    first = rows_of(page_table(1, ("TT", "Ngày trực", "Lãnh đạo", "", "Cán bộ"), edges=edges))
    again = rows_of(page_table(2, ("TT", "Ngày trực", "", "Lãnh đạo", "Cán bộ"), edges=edges))
    assert repeated_depth(again, first, 5)[0] == 1


@pytest.mark.parametrize(
    "first",
    [
        (UP, "I. Kinh tế", LEFT, LEFT),
        (UP, "KINH TẾ", LEFT, LEFT),
        (UP, "I. Kinh tế", "", ""),
        (UP, "KINH TẾ", "", ""),
        (UP, "Kinh tế", LEFT, UP),
        (UP, "Rà soát, công bố các thủ tục hành chính nội bộ", "Phòng Tư pháp", "Quý I"),
    ],
)
def test_a_row_of_the_body_is_none_of_the_header_that_reaches_into_it(first):
    assert depth(HEADER, first, BODY) == 1
    *_, row_beneath, _ = body_beneath(rows_of(page_table(1, HEADER, first, BODY)), 1)
    assert texts_of(row_beneath, 4) == ["", *("" if t in (LEFT, UP) else t for t in first[1:])]
    assert not any(cell.merged for cell in row_beneath.cells)


@pytest.mark.parametrize(
    "second",
    [
        (UP, "(triệu đồng)", LEFT, LEFT),  # a remark on the headers above
        (UP, UP, "Huyện", UP),  # one column's header in two cells
        (UP, "Huyện", "Xã", "Ấp"),  # unknown, and short
        (UP, "Tên", "", "Cơ quan chủ trì"),
        (UP, UP, UP, ""),
    ],
)
def test_a_second_row_of_a_header_stays_one(second):
    assert depth(HEADER, second, BODY) == 2


def test_a_section_beneath_a_header_of_two_rows_is_none_of_it():
    upper = ("TT", "Nội dung", "Cơ quan", LEFT)
    lower = (UP, UP, "Huyện", "Xã")
    assert depth(upper, lower, (UP, "KINH TẾ", LEFT, LEFT), BODY) == 2
