"""Paragraphs and bullets of task cells."""

import pytest

from pipeline.interpret.content import paragraphs, read_content
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
