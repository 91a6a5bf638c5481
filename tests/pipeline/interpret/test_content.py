"""Paragraphs and bullets of task cells."""

import pytest

from pipeline.interpret.content import Content, paragraphs, read_content
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Piece

FULL = 300.0  # the right edge of a line that is full


def piece(page, *texts, left=100.0):
    """Lines of a cell; one that ends in "|" stops well before the edge."""
    lines = []
    for i, text in enumerate(texts):
        right = FULL - 120 if text.endswith("|") else FULL
        box = Box(left, 100 + 14 * i, right, 112 + 14 * i)
        lines.append(TextLine(text.rstrip("|"), box, page))
    return Piece(page, Box(95, 95, 305, 400), tuple(lines))


def content(*pieces, with_title=False):
    limit = {p.page: FULL for p in pieces}
    return read_content(paragraphs(pieces, limit, numbered=not with_title), with_title=with_title)


def test_bullets_after_a_lead_in():
    found = content(
        piece(
            1,
            "Chính quyền tích cực, chủ",
            "động:|",
            "- Thực hiện tốt Luật Khiếu",
            "nại;|",
            "- Tiếp dân.|",
        )
    )
    assert found.lead_in == "Chính quyền tích cực, chủ động:"
    assert found.tasks == ("Thực hiện tốt Luật Khiếu nại;", "Tiếp dân.")


def test_a_hyphen_at_the_head_of_a_wrapped_line_is_no_bullet():
    found = content(
        piece(
            1,
            "- Vận động tham gia các tổ chức chính trị",
            "- xã hội và đoàn thể;|",
            "- Thông tin.|",
        )
    )
    assert found.tasks == (
        "Vận động tham gia các tổ chức chính trị - xã hội và đoàn thể;",
        "Thông tin.",
    )


def test_a_range_that_wraps_is_no_bullet():
    found = content(
        piece(1, "- Tháng hành động (15/4", "- 15/5) và Tết Trung thu;|", "- Kiểm tra bếp ăn.|")
    )
    assert found.tasks == ("Tháng hành động (15/4 - 15/5) và Tết Trung thu;", "Kiểm tra bếp ăn.")


def test_bullets_without_stops_after_short_lines():
    found = content(piece(1, "- Rà soát hộ nghèo|", "- Cấp thẻ bảo hiểm|"))
    assert found.tasks == ("Rà soát hộ nghèo", "Cấp thẻ bảo hiểm")


def test_a_bullet_goes_on_over_the_page():
    found = content(
        piece(1, "- Trang bị máy tính cho các nhà văn"), piece(2, "hóa thôn;|", "- Lắp mạng.|")
    )
    assert found.tasks == ("Trang bị máy tính cho các nhà văn hóa thôn;", "Lắp mạng.")


def test_numbered_bullets_count_on_without_stops():
    found = content(piece(1, "(1) Tiếp công dân định kỳ hằng", "tháng|", "(2) Tổ chức đối thoại|"))
    assert found.tasks == ("Tiếp công dân định kỳ hằng tháng", "Tổ chức đối thoại")


def test_dashes_that_ocr_misread():
    found = content(piece(1, "~ Rà soát;|", "— Cấp thẻ;|", "ˆ Tập huấn.|"))
    assert found.tasks == ("Rà soát;", "Cấp thẻ;", "Tập huấn.")


def test_plain_text_is_one_task():
    found = content(
        piece(1, "Bảo đảm cung cấp đầy đủ điều kiện: Điện,", "đường; nước sạch tới tận nhà.|")
    )
    assert found.lead_in is None
    assert found.tasks == (
        "Bảo đảm cung cấp đầy đủ điều kiện: Điện, đường; nước sạch tới tận nhà.",
    )


def test_title_before_the_colon_where_no_column_holds_it():
    found = content(
        piece(1, "Cải cách thủ tục:|", "- Niêm yết;|", "- Trả đúng hạn.|"), with_title=True
    )
    assert found.title == "Cải cách thủ tục"
    assert found.tasks == ("Niêm yết;", "Trả đúng hạn.")


@pytest.mark.parametrize(
    "text",
    ["Thực hiện chỉ tiêu: 100% hộ dùng nước sạch.|", "Rà soát hộ nghèo, không bỏ sót đối tượng.|"],
)
def test_a_clause_is_no_title(text):
    found = content(piece(1, text), with_title=True)
    assert found.title == ""
    assert found.tasks == (text.rstrip("|"),)


def test_a_number_alone_is_the_rows_own_where_it_has_no_other():
    line = TextLine("a) Họp giao ban", Box(0, 0, 80, 12), 1)
    pieces = [Piece(1, Box(0, 0, 200, 20), (line,))]
    own = paragraphs(pieces, {1: 200.0}, numbered=False)
    bullet = paragraphs(pieces, {1: 200.0}, numbered=True)
    assert [(p.text, p.bullet) for p in own] == [("a) Họp giao ban", False)]
    assert [(p.text, p.bullet) for p in bullet] == [("Họp giao ban", True)]


def lines_to(right, *texts, page=1, limit=FULL):
    """Lines that end at `right`, and how far lines reach."""
    made = tuple(
        TextLine(text, Box(100, 100 + 14 * i, right if i == 0 else limit, 112 + 14 * i), page)
        for i, text in enumerate(texts)
    )
    return paragraphs([Piece(page, Box(95, 95, 305, 400), made)], {page: limit}, numbered=True)


@pytest.mark.parametrize(
    ("first", "second", "right", "count"),
    [
        ("Rà soát.", "Họp giao ban tuần", 200, 2),  # a stop, room, a capital
        ("Rà soát.", "họp giao ban tuần", 200, 1),
        ("Rà soát", "Họp giao ban tuần", 200, 1),
        ("Rà soát.", "Họp giao ban tuần", 290, 1),  # the next word had no room
        ("Rà soát,", "Họp giao ban tuần", 200, 1),
        ("Rà soát;", "- Họp", 290, 2),
        ("Rà soát,", "- Họp", 290, 2),
        ("Rà soát", "- Họp", 290, 2),  # ten points were left: the dash was not wrapped
        ("Rà soát", "- Họp", 292, 1),
        ("Rà soát", "- họp", 200, 1),  # a hyphen that was wrapped
        ("- Rà soát", "- họp", 275, 1),
        ("- Rà soát", "- họp", 200, 2),
        ("- rà soát", "- họp", 295, 2),  # where the first begins in lower case, others may
        ("- Rà soát", "- Họp", 299, 2),
        ("Rà soát.", "a) Họp", 299, 2),
        ("Rà soát", "a) Họp", 200, 1),
        ("a) Rà soát", "b) Họp", 299, 2),
        ("a) Rà soát", "c) Họp", 299, 1),
    ],
)
def test_where_paragraphs_begin(first, second, right, count):
    assert len(lines_to(right, first, second)) == count


def test_a_page_break_wraps_no_dash():
    found = paragraphs(
        [piece(1, "Rà soát hộ nghèo"), piece(2, "- Họp giao ban|")],
        {1: FULL, 2: FULL},
        numbered=True,
    )
    assert len(found) == 2


def test_paragraphs_know_their_bullets_and_lines():
    found = lines_to(200, "Gồm:", "- Rà soát;", "hộ nghèo;", "(2) Họp.")
    assert [(p.text, p.bullet, len(p.lines)) for p in found] == [
        ("Gồm:", False, 1), ("Rà soát; hộ nghèo;", True, 2), ("Họp.", True, 1),
    ]  # fmt: skip


def test_numbers_of_a_list_are_bullets_even_where_the_row_has_no_other():
    made = [
        TextLine(t, Box(0, 14 * i, 80, 14 * i + 12), 1) for i, t in enumerate(("a) x.", "b) y."))
    ]
    found = paragraphs([Piece(1, Box(0, 0, 90, 40), tuple(made))], {1: 80.0}, numbered=False)
    assert [(p.text, p.bullet) for p in found] == [("x.", True), ("y.", True)]


@pytest.mark.parametrize(
    ("head", "rest", "title"),
    [
        ("Cải cách:|", ("- Họp.|",), "Cải cách"),
        ("một hai ba bốn năm sáu bảy tám chín mười a b:|", ("- Họp.|",), True),
        ("một hai ba bốn năm sáu bảy tám chín mười a b c:|", ("- Họp.|",), ""),  # 13 words
        ("Cải cách:|", (), ""),
        ("- Cải cách:|", ("- Họp.|",), ""),
        ("Cải cách|", ("- Họp.|",), ""),
    ],
)
def test_what_is_a_title(head, rest, title):
    found = content(piece(1, head, *rest), with_title=True)
    assert found.title == (head.rstrip("|:") if title is True else title)


def test_a_title_and_one_task_that_runs_on():
    found = content(piece(1, "Cải cách:|", "niêm yết thủ tục.|"), with_title=True)
    assert (found.title, found.lead_in, found.tasks) == ("Cải cách", None, ("niêm yết thủ tục.",))


def test_several_lines_before_the_bullets_are_the_lead_in():
    found = content(piece(1, "Gồm có hai việc.|", "Cụ thể như sau:|", "- Họp;|", "Báo cáo.|"))
    assert found.lead_in == "Gồm có hai việc. Cụ thể như sau:"
    assert found.tasks == ("Họp;", "Báo cáo.")


def test_without_a_title_column_and_without_a_title():
    assert content(with_title=True) == Content("", None, ())
