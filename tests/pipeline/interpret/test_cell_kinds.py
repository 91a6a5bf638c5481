"""What a cell holds."""

import pytest

from pipeline.interpret.cell_kinds import (
    is_code,
    is_duty,
    is_mark,
    is_number,
    is_person,
    is_prose,
    is_time_of_day,
    says_no_task,
)


@pytest.mark.parametrize(
    "text",
    ["12", "1.234,5", "12 %", "45,6%", "(1.234)", "12-15", "-3", "≥ 90%", "1.500 đồng", "30 ha"],
)
def test_numbers(text):
    assert is_number(text)
    assert says_no_task(text)


@pytest.mark.parametrize("text", ["Quý 2", "12 lớp học mới", "Rà soát 12 hộ", "", "Có"])
def test_no_numbers(text):
    assert not is_number(text)


@pytest.mark.parametrize("text", ["x", "Có", "không", "Đạt", "Khá.", "Nam", "…", "-", "+/-"])
def test_marks(text):
    assert is_mark(text)


@pytest.mark.parametrize("text", ["Rà soát", "Công an", "2024"])
def test_no_marks(text):
    assert not is_mark(text)


@pytest.mark.parametrize("text", ["VL-07", "A1.2", "1234/QĐ", "BHXH"])
def test_codes(text):
    assert is_code(text)
    assert not is_code(f"{text} và")


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn An",
        "Ông Hoàng Văn Thụ",
        "Đ/c Lò Thị Mai",
        "Đồng chí Vũ Hà",
        "Bà Y Nhung",
        "Lê\nThị Hoa",
    ],
)
def test_persons(text):
    assert is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Nội vụ",
        "Hà",
        "Cao tốc Bắc Nam",
        "Lê Thị Hoa và ba người",
        "Y Nhung",
        "Hà Nội năm 2024",
    ],
)
def test_no_persons(text):
    assert not is_person(text)


def test_prose_has_five_words():
    assert is_prose("một hai ba bốn năm")
    assert not is_prose("một hai ba bốn 5 6 7")


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát hộ nghèo",
        "- Tổ chức đối thoại",
        "a) Ban hành kế hoạch",
        "Cải cách: thực hiện một cửa",
        "Dân chủ\n+ Niêm yết công khai",
    ],
)
def test_duties(text):
    assert is_duty(text)


@pytest.mark.parametrize(
    "text", ["Hộ nghèo", "Rà", "Hộ rà soát", "Kết quả rà soát", "Số vụ việc", ""]
)
def test_no_duties(text):
    assert not is_duty(text)


@pytest.mark.parametrize("text", ["8h00", "14 giờ 30 phút", "7g30", "Sáng", "13:30", "8 giờ"])
def test_times_of_day(text):
    assert is_time_of_day(text)


@pytest.mark.parametrize("text", ["2024", "Quý I", "31/10/2024", "12 hộ"])
def test_no_times_of_day(text):
    assert not is_time_of_day(text)
