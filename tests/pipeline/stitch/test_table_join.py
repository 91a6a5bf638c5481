"""Does a table go on from the page before? Each signal alone, and the whole."""

import pytest

from pipeline.stitch.table_join import judge_table_join, lines_between
from tests.pipeline.stitch.printed import EDGES, line, page_table

HEADER = ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian")
FIRST = page_table(1, HEADER, ("1", "Dân chủ ở cơ sở", "Phòng Tư pháp", "Quý I"))
BODY = ("2", "Cải cách hành chính", "Phòng Nội vụ", "Quý II")
GOES_ON = {"columns_agree", "next_page", "no_text_between"}


def on(page, *texts, top=40.0):
    """Lines of a page, one below the other, outside of its table."""
    return {page: [line(text, page, top=top + 14 * i) for i, text in enumerate(texts)]}


def judged(below, outside=None, above=(FIRST,)):
    return judge_table_join(above, below, outside or {})


def reasons(below, outside=None, above=(FIRST,)):
    return set(judged(below, outside, above).reasons)


def test_the_same_columns_on_the_next_page_go_on():
    verdict = judged(page_table(2, BODY))
    assert set(verdict.reasons) == GOES_ON
    assert verdict.score == 0.978


@pytest.mark.parametrize(
    ("edges", "differ"),
    [
        (EDGES, False),
        ((50.0, 80.0, 300.0, 460.0, 520.0), False),  # 3 of 5: the share is 0.6
        ((50.0, 120.0, 300.0, 460.0, 520.0), True),  # 2 of 5
    ],
)
def test_columns_that_differ(edges, differ):
    below = page_table(2, ("5", *BODY[1:]), edges=edges)
    assert ("columns_differ" in reasons(below)) is differ
    assert "columns_agree" in reasons(below)
    assert (judged(below).score < 0.5) is differ


def test_other_columns_go_on_where_the_numbers_do():
    edges = (50.0, 120.0, 300.0, 460.0, 520.0)
    verdict = judged(page_table(2, BODY, edges=edges))
    assert {"columns_differ", "numbers_go_on"} <= set(verdict.reasons)
    assert verdict.score == 0.846
    assert "numbers_go_on" not in reasons(page_table(2, BODY))


def test_numbers_count_on_only_where_columns_are_as_many():
    below = page_table(2, BODY[:3], edges=(50.0, 150.0, 350.0, 520.0))
    assert "numbers_go_on" not in reasons(below)


def test_other_columns_under_the_same_header_do_not_differ():
    found = reasons(page_table(2, HEADER, BODY, edges=(50.0, 120.0, 300.0, 460.0, 520.0)))
    assert "header_repeated" in found
    assert "columns_differ" not in found


def test_the_columns_of_any_part_count():
    remainder = page_table(2, ("còn lại",), edges=(50.0, 520.0))
    below = page_table(3, BODY)
    assert "columns_differ" not in reasons(below, above=(FIRST, remainder))
    assert judged(below, above=(FIRST, remainder)).score == 0.978


@pytest.mark.parametrize(
    ("page", "pages"),
    [(1, set()), (2, {"next_page"}), (3, set()), (4, {"pages_between"}), (5, {"pages_between"})],
)
def test_pages_between(page, pages):
    top = 300.0 if page == 1 else 100.0
    found = reasons(page_table(page, BODY, top=top))
    assert found & {"next_page", "pages_between"} == pages


def test_a_table_three_pages_on_does_not_go_on_behind_text():
    assert judged(page_table(4, BODY), on(2, "Bốn từ ở đây")).score < 0.5


@pytest.mark.parametrize(
    ("texts", "text_between", "no_text_between"),
    [
        ((), False, True),
        (("Trang 2/6", "- 2 -"), False, True),
        (("Ba từ thôi",), False, False),
        (("Có bốn từ đây",), True, False),
        (("Hai từ", "thêm hai"), True, False),
    ],
)
def test_text_between(texts, text_between, no_text_between):
    found = reasons(page_table(2, BODY), on(2, *texts))
    assert ("text_between" in found) is text_between
    assert ("no_text_between" in found) is no_text_between


def test_text_between_weighs_against_going_on():
    text = on(2, "Căn cứ Kế hoạch số 12 của Ủy ban")
    assert judged(page_table(2, BODY), text).score == 0.574


@pytest.mark.parametrize(
    ("page", "top", "between"),
    [
        (1, 60.0, False),  # above the first table
        (1, 176.0, False),  # its foot is at 180
        (1, 178.0, True),
        (1, 300.0, True),
        (2, 40.0, True),  # its head is at 100
        (2, 90.0, True),
        (2, 91.0, False),
        (2, 300.0, False),
    ],
)
def test_only_what_stands_between_the_two_counts(page, top, between):
    text = on(page, "Đây là một dòng chữ dài", top=top)
    assert ("text_between" in reasons(page_table(2, BODY), text)) is between


def test_text_on_a_page_of_its_own_stands_between():
    for top in (20.0, 100.0, 700.0):
        assert "text_between" in reasons(
            page_table(3, BODY), on(2, "Một trang chỉ có chữ", top=top)
        )


def test_two_tables_of_one_page():
    below = page_table(1, BODY, top=300.0)
    assert "text_between" in reasons(below, on(1, "Chữ ở giữa hai bảng", top=200.0))
    assert "text_between" not in reasons(below, on(1, "Chữ ở trên hai bảng", top=40.0))
    assert "text_between" not in reasons(below, on(1, "Chữ ở dưới hai bảng", top=600.0))


def test_a_caption_between_begins_another_table():
    found = judged(page_table(2, BODY), on(2, "PHỤ LỤC II", "Dòng khác"))
    assert "caption_between" in found.reasons
    assert found.score < 0.01
    assert "caption_between" not in reasons(page_table(2, BODY), on(2, "Dòng khác"))


def test_the_header_repeated():
    assert reasons(page_table(2, HEADER, BODY)) == GOES_ON | {"header_repeated"}


def test_the_header_repeated_with_slips_of_ocr_and_a_column_too_many():
    read = ("", "TT", "Nội đung", "Cơ quan thực hịên", "Thời gian")
    below = page_table(2, read, ("", *BODY), edges=(40.0, *EDGES))
    found = reasons(below)
    assert "header_repeated" in found
    assert "new_header" not in found


OTHER = ("STT", "Đơn vị phối hợp", "Kinh phí", "Ghi chú")


def test_another_header_begins_another_table():
    verdict = judged(page_table(2, OTHER, BODY))
    assert set(verdict.reasons) == GOES_ON | {"new_header"}
    assert verdict.score < 0.5


def test_a_header_of_unknown_words_says_nothing():
    bold = ("**Mã**", "**Cây trồng**", "**Vật nuôi**", "**Mùa vụ**")
    assert reasons(page_table(2, bold, BODY)) == GOES_ON


def test_a_header_somewhat_like_the_tables_is_neither():
    half = ("STT", "Nhiệm vụ", "Cơ quan phối hợp", "Ghi chú")
    found = reasons(page_table(2, half, BODY))
    assert "new_header" not in found
    assert "header_repeated" not in found


def test_a_known_header_over_a_table_without_one_is_new():
    unheaded = page_table(1, ("1", "Dân chủ ở cơ sở", "Phòng Tư pháp", "Quý I"))
    found = reasons(page_table(2, HEADER, BODY), above=(unheaded,))
    assert "new_header" in found
    assert "header_repeated" not in found


def test_the_second_row_of_a_header_may_be_repeated_alone():
    upper = ("TT", "Nội dung", "Phân công", "<")
    lower = ("^", "^", "Cơ quan chủ trì", "Cơ quan phối hợp")
    above = page_table(1, upper, lower, BODY)
    below = page_table(2, ("TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp"), BODY)
    assert "new_header" not in reasons(below, above=(above,))


def test_the_lines_before_the_first_table_are_those_from_the_first_page_on():
    lines = on(1, "Phụ lục I", "- 1 -") | on(2, "Danh mục", top=40.0)
    second = page_table(2, BODY, top=100.0)
    assert [each.text for each in lines_between(None, second, lines)] == ["Phụ lục I", "Danh mục"]
    assert [each.text for each in lines_between(FIRST, second, lines)] == ["Danh mục"]


def test_a_header_of_which_but_the_number_is_known_is_new_where_it_counts_from_one():
    above = (page_table(1, ("STT", "Hoạt động", "Thời gian thực hiện", "Đơn vị thực hiện"), BODY),)
    money = ("STT", "Nội dung chi", "Số tiền (đồng)", "Nguồn")
    anew = page_table(2, money, ("1", "In tài liệu", "5.000.000", "Ngân sách"))
    assert "new_header" in reasons(anew, above=above)
    assert judged(anew, above=above).score < 0.5
    assert "new_header" not in reasons(page_table(2, money, BODY), above=above)
    assert "new_header" not in reasons(page_table(2, ("1", *BODY[1:])), above=above)


def test_on_one_page_any_text_between_counts():
    below = page_table(1, BODY, BODY, top=300.0)
    assert "text_between" in reasons(below, on(1, "3. Kinh phí", top=250.0))
    assert "text_between" not in reasons(below)
    assert "text_between" not in reasons(page_table(2, BODY), on(2, "3. Kinh phí"))
    assert "text_between" not in reasons(below, on(1, "— ..", "|'", top=250.0))  # specks
    hardly = {1: [line("WWMW nk", top=250.0, confidence=0.4)]}
    assert "text_between" not in reasons(below, hardly)


def test_what_says_that_a_table_goes_on_stands_between_nothing():
    outside = on(2, "PHỤ LỤC (tiếp theo)")
    verdict = judged(page_table(2, HEADER, BODY), outside)
    assert set(verdict.reasons) == {*GOES_ON, "header_repeated"}
