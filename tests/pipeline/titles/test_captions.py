"""Captions of appendices: markers, titles, references."""

import pytest

from pipeline.titles import is_caption, is_continuation, parse_caption
from schemas.geometry import Box
from schemas.page import TextLine
from tests.pipeline.titles.blocks import lines


class TestCaptions:
    @pytest.mark.parametrize(
        ("text", "marker"),
        [
            ("PHỤ LỤC", ""),
            ("Phụ lục I", "I"),
            ("PHỤ LỤC 01", "01"),
            ("PHỤ LỤC II.", "II"),
            ("PHỤ LỤC SỐ 3", "3"),
            ("Phụ lục 02: Danh mục nhiệm vụ trọng tâm", "02"),
            ("PHỤ LỤC I - DANH MỤC NHIỆM VỤ", "I"),
            ("PHỤ LỤC DANH MỤC NHIỆM VỤ", ""),
            ("Phụ lục 3 (Kèm theo Kế hoạch số 5/KH-UBND)", "3"),
            ("PHỤ BIỂU 2", "2"),
            ("BIỂU SỐ 01", "01"),
            ("PHỤ LUC", ""),
            ("PHU LỤC", ""),
            ("PHỤ LỰC II", "II"),
            ("PHỤC LỤC I", "I"),
            ("PHỤ LỤC lI", "II"),
            ("Phụ lục l", "I"),
            ("Phụ lục O1", "01"),
            ("Phụ lục 0l", "01"),
            ("PHỤ LỤC SỐ 01,", "01"),
            ("_ PHỤ LỤC 2 '", "2"),
            ("| Phụ lục II |", "II"),
        ],
    )
    def test_a_line_that_begins_an_appendix(self, text, marker):
        assert is_caption(lines(text)[0])
        assert parse_caption(lines(text)).marker == marker

    @pytest.mark.parametrize(
        "text",
        [
            "Phụ lục I, II kèm theo Kế hoạch này",
            "Phụ lục I ban hành kèm theo Kế hoạch này.",
            "- Phụ lục 01: Danh mục nhiệm vụ",
            "phụ lục kèm theo",
            "(Có Phụ lục kèm theo)",
            "Phụ nữ huyện",
            "Phúc lợi xã hội",
            "Biểu mẫu báo cáo",
            "Nội dung",
            "",
        ],
    )
    def test_a_line_that_does_not(self, text):
        assert not is_caption(TextLine(text, Box(60, 50, 300, 62), 1))

    def test_title_and_reference_over_several_lines(self):
        caption = parse_caption(
            lines(
                "2\nPHỤ LỤC II\nPHÂN CÔNG NHIỆM VỤ\nNĂM 2024\n"
                "(Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024\n"
                "của Ủy ban nhân dân huyện Chi Lăng)\nĐơn vị tính: triệu đồng"
            )
        )
        assert caption.marker == "II"
        assert caption.title == "PHÂN CÔNG NHIỆM VỤ NĂM 2024"
        assert caption.reference == (
            "(Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024 của Ủy ban nhân dân huyện Chi Lăng)"
        )

    def test_the_reference_may_stand_before_the_title(self):
        caption = parse_caption(
            lines("PHỤ LỤC\n(Kèm theo Kế hoạch số 5/KH-UBND)\nDANH MỤC NHIỆM VỤ\nNĂM 2024")
        )
        assert caption.title == "DANH MỤC NHIỆM VỤ NĂM 2024"

    def test_capitals_over_a_reference_without_a_caption(self):
        caption = parse_caption(
            lines("Ghi chú của bảng trên.\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 5/KH-UBND)")
        )
        assert (caption.marker, caption.title) == ("", "DANH MỤC NHIỆM VỤ")

    def test_the_last_caption_counts(self):
        above = lines("PHỤ LỤC I\nDANH MỤC A\nPHỤ LỤC II\nDANH MỤC B")
        assert parse_caption(above).title == "DANH MỤC B"

    def test_specks_are_no_part_of_it(self):
        caption = parse_caption(
            lines("PHỤ LỤC I .\nDANH MỤC NHIỆM VỤ |\n_ (Kèm theo Kế hoạch số 5/KH-UBND)")
        )
        assert caption.title == "DANH MỤC NHIỆM VỤ"
        assert caption.reference == "(Kèm theo Kế hoạch số 5/KH-UBND)"


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("PHỤ LỤC (tiếp theo)", True),
        ("PHỤ LỤC I (tiếp theo)", True),
        ("PHỤ LỰG I (tiếp theo)", True),  # one letter misread
        ("Biểu số 02 (tiếp)", True),
        ("(Tiếp theo trang trước)", True),
        ("PHỤ LỤC I", False),
        ("PHỤ LỤC I. TIẾP NHẬN HỒ SƠ", False),
        ("tiếp theo kế hoạch này", False),
    ],
)
def test_what_says_that_an_appendix_goes_on_begins_none(text, goes_on):
    (printed,) = lines(text)
    assert is_continuation(text) is goes_on
    assert not (goes_on and is_caption(printed))
