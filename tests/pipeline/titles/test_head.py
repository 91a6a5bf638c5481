"""The head as a whole: title, year, and that nothing raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.titles import parse_caption, parse_head
from schemas.geometry import Box
from schemas.page import TextLine
from tests.pipeline.titles.blocks import LETTERHEAD, attached, head, lines


class TestTitlesAndYears:
    def test_the_seed_s_title_block(self):
        found = head(
            attached(
                "Kèm theo Kế hoạch số /KH-UBND ngày /5/2024 của Ủy ban nhân dân huyện Chi Lăng",
                "NỘI DUNG CẢI THIỆN, NÂNG CAO\nCHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024",
            )
        )
        assert found.title == "NỘI DUNG CẢI THIỆN, NÂNG CAO CHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024"
        assert (found.plan_number, found.year, found.flags) == ("", 2024, ("number_blank",))

    @pytest.mark.parametrize("blank", ["", "      ", "......", "…… ", "_____"])
    def test_a_number_left_blank_is_said_with_its_place(self, blank):
        found = head(LETTERHEAD.replace("154", blank))
        assert (found.plan_number, found.plan_symbol) == ("", "KH-UBND")
        assert "number_blank" in found.flags
        ((flag, line),) = found.places
        assert flag == "number_blank"
        assert line.text.startswith("Số:")

    def test_a_document_without_a_place_for_its_number_says_so(self):
        found = head(LETTERHEAD.replace("Số: 154/KH-UBND", ""))
        assert "no_number" in found.flags
        assert found.places == ()

    def test_without_an_appendix_the_heading(self):
        found = head(LETTERHEAD)
        assert found.title == "KẾ HOẠCH Nâng cao chỉ số PAPI trên địa bàn huyện năm 2024"
        assert (found.plan_number, found.year) == ("154", 2024)

    def test_a_centred_heading_may_go_on_with_a_capital(self):
        def centred(text: str, top: float) -> TextLine:
            half = 3 * len(text)
            return TextLine(text, Box(300 - half, top, 300 + half, top + 12), 1)

        heading = [centred("KẾ HOẠCH", 50), centred("Nâng cao Chỉ số", 66)]
        body = TextLine("Ngày 5 tháng 1, Ủy ban nhân dân huyện họp", Box(96, 98, 540, 110), 1)
        found = parse_head([*heading, centred("Hiệu quả quản trị (PAPI)", 82), body])
        assert found.title == "KẾ HOẠCH Nâng cao Chỉ số Hiệu quả quản trị (PAPI)"

    def test_body_before_the_appendix(self):
        appendix = attached(
            "Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024 của UBND huyện Chi Lăng"
        )
        body = lines(LETTERHEAD + "Phụ lục I, II kèm theo\nNơi nhận:\nCHỦ TỊCH")
        found = parse_head([*body, *lines(appendix, page=3)])
        assert found.title == "DANH MỤC NHIỆM VỤ"
        assert found.year == 2024
        assert found.flags == ()

    def test_the_first_of_several_appendices(self):
        reference = "(Kèm theo Kế hoạch số 1/KH-UBND)"
        listed = "PHỤ LỤC I: DANH MỤC A\nPHỤ LỤC II: DANH MỤC B\n"
        found = head(
            f"{listed}PHỤ LỤC I\nDANH MỤC A\n{reference}\nPHỤ LỤC II\nDANH MỤC B\n{reference}"
        )
        assert found.title == "DANH MỤC A"

    @pytest.mark.parametrize(
        ("title", "issued_in", "year", "flag"),
        [
            ("NHIỆM VỤ NĂM 2025", 2024, 2025, None),
            ("NHIỆM VỤ", 2024, 2024, None),
            ("NHIỆM VỤ NĂM 2O25", 2024, 2025, None),
            ("NHIỆM VỤ GIAI ĐOẠN 2021 - 2025", 2023, 2023, "year_from_range"),
            ("NHIỆM VỤ GIAI ĐOẠN 2026-2030", 2025, 2026, "year_from_range"),
            ("NHIỆM VỤ NĂM 2025 VÀ NHỮNG NĂM TIẾP THEO", 2025, 2025, None),
            ("NHIỆM VỤ NĂM 2024, GIAI ĐOẠN 2021 - 2025", 2023, 2024, None),
            ("KẾT QUẢ NĂM 2023, NHIỆM VỤ NĂM 2024", 2024, 2024, "year_ambiguous"),
            ("NHIỆM VỤ THỰC HIỆN NGHỊ QUYẾT NGÀY 5 THÁNG 3 NĂM 2021", 2024, 2024, None),
        ],
    )
    def test_the_year_that_the_plan_is_for(self, title, issued_in, year, flag):
        reference = f"Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/{issued_in} của UBND huyện Chi Lăng"
        found = head(attached(reference, title))
        assert found.year == year
        assert [f for f in found.flags if f.startswith("year")] == ([flag] if flag else [])

    @pytest.mark.parametrize("text", ["", "STT Nội dung", "1\n2\n3", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"])
    def test_nothing_there(self, text):
        found = head(text)
        assert (found.title, found.plan_number, found.issuer, found.unit) == ("", "", "", "")
        assert found.year is None
        assert set(found.flags) == {"no_title", "no_issuer", "no_date", "no_number"}


PIECES = [
    *("PHỤ LỤC", "I", "(Kèm theo", "Kế hoạch số", "/KH-UBND", "154", "ngày", "tháng 5", "năm 2024"),
    *("của", "UBND", "ỦY BAN NHÂN DÂN", "HUYỆN", "huyện", "Chi Lăng", ")", "\n", " || ", "…", "/"),
    *("31/02/2024", "tỉnh", "SỞ NỘI VỤ", "KẾ HOẠCH", "Số:", "Lạng Sơn,", "GIAI ĐOẠN 2021 - 2025"),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_title_block_raises(pieces):
    block = lines(" ".join(pieces))
    found = parse_head(block)
    caption = parse_caption(block)
    assert found.plan_number.isdecimal() or found.plan_number == ""
    assert "\n" not in found.title + caption.title + caption.reference


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises(text):
    parse_head(lines(text))
    parse_caption(lines(text))
