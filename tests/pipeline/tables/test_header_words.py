"""Roles of headers: synonyms, traps, slips of OCR."""

import pytest

from pipeline.tables.header_words import header_likeness, is_number_row, match_header

ROLES = {
    "index": ["STT", "TT", "Số TT"],
    "content": ["Nội dung", "NHIỆM VỤ, GIẢI PHÁP", "Tên nhiệm vụ/Dự án", "Nội dung, tiêu chí"],
    "lead": ["Cơ quan thực hiện", "Đơn vị chủ trì", "Cơ quan, đơn vị chủ trì", "Chủ trì", "Đơn vị"],
    "partners": ["Cơ quan phối hợp", "Đơn vị phối hợp thực hiện", "Cơ quan phối hợp thực hiện"],
    "lead_and_partners": ["Đơn vị chủ trì và phối hợp thực hiện", "Phân công nhiệm vụ"],
    "timeframe": ["Thời gian thực hiện", "Tiến độ", "Thời hạn (*)", "Thời gian hoàn thành (5)"],
    "deliverable": ["Sản phẩm", "Kết quả/ Sản phẩm", "Sản phẩm/kết quả"],
    "none": ["Đơn vị tính", "Thời hạn giấy phép", "Tên sản phẩm", "Ghi chú (6)", "Kinh phí"],
}


@pytest.mark.parametrize(("role", "text"), [(r, t) for r, many in ROLES.items() for t in many])
def test_role(role, text):
    match = match_header(text)
    assert match is not None
    assert match.role == role


@pytest.mark.parametrize(
    ("text", "role"), [("Nhiệm vụ, giài pháp", "content"), ("Cơ quan thưc hiên", "lead")]
)
def test_slips_are_forgiven(text, role):
    match = match_header(text)
    assert match is not None
    assert match.role == role
    assert match.score < 1


@pytest.mark.parametrize("text", ["", "Phòng Tư pháp", "Khoa CNTT", "Thường xuyên", "ttt"])
def test_body_text_is_no_header(text):
    assert match_header(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["(1)", "(2)", "(3)", "(4)"], True),
        (["A", "B", "1", "2", "3=1+2"], True),
        (["1", "2", "", "Phòng", "5"], False),
        (["1", "", "", "", ""], False),
        (["3", "2", "1"], False),
    ],
)
def test_number_row(texts, expected):
    assert is_number_row(texts) is expected


def test_likeness_counts_filled_cells():
    assert header_likeness(["STT", "Nội dung", "", "Phòng Tư pháp"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("read", ["SIT", "S1T", "TI", "STI", "S TT"])
def test_the_number_column_is_known_however_it_is_read(read):
    match = match_header(read)
    assert match is not None
    assert match.role == "index"


@pytest.mark.parametrize("read", ["TC", "SL", "Tỉ lệ"])
def test_other_short_headers_are_not_the_number_column(read):
    match = match_header(read)
    assert match is None or match.role != "index"


def test_one_misread_number_does_not_hide_a_row_of_numbers():
    assert is_number_row(["A", "B", "1", "2", "3", "4", "2"])
    assert not is_number_row(["5", "1", "9", "2"])


@pytest.mark.parametrize(
    "texts",
    [
        ["(1)", "(2)", "(3)", "(4)", ">—@)", "(6)", "(7)", "(8)"],
        ["(1)", "(2)", "@)", "(4)", "®)", "(6).", "(7)", "(8)"],
        ["(1)", "(2)", "(3)", "4", "®)", "(6)", "(Œ)", "(8)"],
    ],
)
def test_a_row_that_counts_on_is_known_by_what_could_be_read(texts):
    assert is_number_row(texts)


def test_a_word_among_numbers_is_no_misread_number():
    assert not is_number_row(["1", "2", "3", "4", "Quý IV", "6"])
    assert not is_number_row(["1", "2", "®)", "@®$)"])


@pytest.mark.parametrize(
    ("read", "role"),
    [(": Nộidung", "content"), ("Nhiệmvụ", "content"), ("Cơquan chủtrì", "lead")],
)
def test_a_header_is_known_without_its_spaces(read, role):
    match = match_header(read)
    assert match is not None
    assert match.role == role


def test_a_header_that_lost_its_last_line_is_known_where_it_can_be_but_one():
    match = match_header("Đơn vị phối")
    assert match is not None
    assert match.role == "partners"
    assert match.score < 1


def test_a_beginning_that_several_roles_share_tells_nothing():
    assert match_header("Cơ quan, đơn vị") is None


def test_a_comma_at_the_end_begins_nothing():
    match = match_header("Đơn vị chủ trì,")
    assert match is not None
    assert match.role == "lead"
