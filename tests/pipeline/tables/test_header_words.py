"""Roles of headers: synonyms, traps, slips of OCR."""

import pytest

from pipeline.tables.header_words import (
    header_likeness,
    heads_numbers,
    is_number_row,
    match_header,
    row_likeness,
)

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
        (["(1)", "(2)", "@)", "4", "&)", "(6).", "(2", "(8)"], True),  # one misread, two unread
        (["(1)", "(3)", "@)", "4", "&)", "(2).", "(2", "(8)"], False),
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


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Nội dung", 1.0),
        ("ST T", 1.0),  # cut by its column
        ("Thời gian thực hiện (5)", 1.0),
        ("— Ghi chú (*):", 1.0),
        ("Kết quả / Sản phẩm", 1.0),
        ("Đơn vị phối", 0.8),
        ("Nội dung chính cần làm", 0.9),
        ("SIT", 0.7),
    ],
)
def test_how_surely_a_header_is_known(text, score):
    assert match_header(text).score == score


def test_likeness_lowers_the_score():
    assert match_header("Cơ quan thực hlện").score == pytest.approx(0.846, abs=0.01)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Nội dung và các việc khác phải làm trong năm nay ở", True),  # twelve words
        ("Nội dung và các việc khác phải làm trong năm nay ở xã", False),
        ("Nội dungg", True),
        ("Nội dungx và việc", False),
        ("Nội dunlll", False),
        ("Mãa", False),  # too short for a slip
    ],
)
def test_what_is_known(text, known):
    assert (match_header(text) is not None) is known


def test_the_longest_phrase_wins():
    assert match_header("Cơ quan phối hợp thực hiện").phrase == "cơ quan phối hợp thực hiện"
    assert match_header("Đơn vị tính (đồng)").role == "none"


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1", "2", "3"], True),
        (["1", "2"], False),  # three at least
        (["1", "2", "3", "", "", ""], False),  # and six in ten
        (["1", "2", "3", "", ""], True),
        (["(1)", "(2).", "3", "4=2+3"], True),
        (["A", "B", "C"], True),
        (["A", "A", "1"], False),
        (["1", "1", "2"], False),
        (["1", "2", "abc"], True),
        (["1", "2", "abcd"], False),
        (["1", "x)", "y)"], False),  # half must be read
        (["2", "3", "4", "5", "9"], True),
        (["1", "2", "3", "9", "4x)9)", "6"], False),
    ],
)
def test_rows_of_numbers(texts, numbers):
    assert is_number_row(texts) is numbers


def test_likeness_of_rows_is_weighed_by_length():
    assert row_likeness(["TT", "Nội dung"], ["TT", "Nội dung"]) == 1.0
    assert row_likeness(["TT", "Nội dung"], ["tt", "NOI DUNG"]) == 1.0
    assert row_likeness(["TT", "Nội dung"], ["XX", "Nội dung"]) == pytest.approx(0.8)
    assert row_likeness(["", ""], ["", ""]) == 0.0
    assert row_likeness(["TT", ""], ["TT", "Nội dung"]) == pytest.approx(0.2)
    assert row_likeness(["TT", "Nội dung"], ["TT", ""]) == pytest.approx(0.2)


def test_an_empty_row_is_like_no_header():
    assert header_likeness(["", " "]) == 0.0


@pytest.mark.parametrize(
    "text", ["Đơn vị", "Kết quả", "Chỉ tiêu", "Chỉ số", "Thực hiện", "Hoàn thành"]
)
def test_some_headers_must_stand_alone(text):
    assert match_header(text).role != "none"
    assert match_header(f"{text} năm trước") is None


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị công tác",
        "Đơn vị góp ý",
        "Đơn vị tính",
        "Điểm",
        "Kết quả thống kê",
        "Nội dung góp ý",
    ],
)
def test_some_headers_have_no_role_in_spite_of_their_first_word(text):
    assert match_header(text).role == "none"


@pytest.mark.parametrize(
    ("text", "whole"),
    [("STT", True), ("T T", True), ("SIT", False), ("STT xã", False), ("Nội dung", False)],
)
def test_only_a_whole_name_heads_the_numbers(text, whole):
    assert heads_numbers(text) is whole
