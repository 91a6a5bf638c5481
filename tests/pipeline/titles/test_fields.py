"""Number, symbol and date of issue."""

import pytest

from pipeline.titles import parse_head
from pipeline.titles.fields import is_number_line
from schemas.geometry import Box
from schemas.page import TextLine
from tests.pipeline.titles.blocks import LETTERHEAD, attached, head, issued, lines


class TestNumbers:
    @pytest.mark.parametrize(
        ("printed", "number", "symbol"),
        [
            ("Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024", "154", "KH-UBND"),
            ("Kèm theo Kế hoạch số /KH-UBND ngày /5/2024", "", "KH-UBND"),
            ("Kèm theo Kế hoạch số      /KH-UBND ngày      /5/2024", "", "KH-UBND"),
            ("Kèm theo Kế hoạch số ….../KH-UBND ngày …/5/2024", "", "KH-UBND"),
            ("Kèm theo Kế hoạch số ____/KH-UBND", "", "KH-UBND"),
            ("Kèm theo Kế hoạch số: 154 /KH-UBND", "154", "KH-UBND"),
            ("Kèm theo Kế hoạch số 154/ KH – UBND", "154", "KH-UBND"),
            ("Kèm theo Kế hoạch số 12/2024/QĐ-UBND", "12", "QĐ-UBND"),
            ("Kèm theo Công văn số 1520/UBND-NV ngày 3/4/2023", "1520", "UBND-NV"),
            ("Ban hành kèm theo Quyết định số 2061/QĐ-TTg", "2061", "QĐ-TTg"),
            ("Kèm theo Kế hoạch số 20-KH/HU ngày 3/4/2023", "20", "KH/HU"),
        ],
    )
    def test_number_and_symbol(self, printed, number, symbol):
        found = head(attached(printed))
        assert (found.plan_number, found.plan_symbol) == (number, symbol)

    def test_slips_are_flagged(self):
        found = head(attached("Kèm theo Kế hoạch số l54/KH-UBNĐ ngày l2/5/2024"))
        assert (found.plan_number, found.plan_symbol) == ("154", "KH-UBND")
        assert "number_repaired" in found.flags
        assert "number_suffix" in head(attached("Kèm theo Kế hoạch số 12a/KH-UBND")).flags

    @pytest.mark.parametrize("symbol", ["KH-PTP", "KH-BTV", "KH-TTr", "KH-BNV"])
    def test_another_symbol_is_not_taken_for_a_misread_one(self, symbol):
        found = head(attached(f"Kèm theo Kế hoạch số 5/{symbol} ngày 2/3/2024"))
        assert found.plan_symbol == symbol
        assert "number_repaired" not in found.flags

    def test_what_was_written_by_hand_and_misread_is_left_empty(self):
        found = head(attached("Kèm theo Kế hoạch số A54 /KH-UBND ngày 4g/5/2024"))
        assert (found.plan_number, found.plan_symbol) == ("", "KH-UBND")
        assert "number_unread" in found.flags
        assert (found.issued_on.day, found.issued_on.month) == (None, 5)

    def test_a_party_number_with_a_slip(self):
        found = head(attached("Kèm theo Kế hoạch số 95l-KH/HU ngày 7/4/2024"))
        assert (found.plan_number, found.plan_symbol) == ("951", "KH/HU")
        assert "number_repaired" in found.flags

    def test_a_blank_is_filled_from_the_letterhead(self):
        found = head(LETTERHEAD + attached("Kèm theo Kế hoạch số /KH-UBND ngày /5/2024"))
        assert found.plan_number == "154"
        assert (found.issued_on.day, found.issued_on.month) == (12, 5)

    def test_not_from_another_kind_of_document(self):
        found = head(LETTERHEAD + attached("Kèm theo Quyết định số /QĐ-UBND ngày /6/2024"))
        assert found.plan_number == ""
        assert found.issued_on.day is None
        assert "date_conflict" in found.flags

    def test_a_number_written_over_the_blank(self):
        number = TextLine("87", Box(85, 72, 97, 84), 1)
        blank = lines("UBND HUYỆN CHI LĂNG\nSố:        /KH-UBND\nKẾ HOẠCH\nNăm 2024")
        assert parse_head([blank[0], number, *blank[1:]]).plan_number == "87"
        far = TextLine("2", Box(300, 20, 306, 32), 1)
        assert parse_head([far, *blank]).plan_number == ""


class TestDates:
    @pytest.mark.parametrize(
        ("printed", "on"),
        [
            ("ngày 12/5/2024", (12, 5, 2024)),
            ("ngày /5/2024", (None, 5, 2024)),
            ("ngày …/…/2024", (None, None, 2024)),
            ("ngày      tháng 5 năm 2024", (None, 5, 2024)),
            ("ngày     tháng     năm 2024", (None, None, 2024)),
            ("ngày 05 tháng 12 năm 2024", (5, 12, 2024)),
            ("ngày l2/5/2024", (12, 5, 2024)),
            ("ngày 12.5.2024", (12, 5, 2024)),
            ("ngày    5/2024", (None, 5, 2024)),
            ("ngàv 12 tháng 5 nărn 2024", (12, 5, 2024)),
            ("ngày 12 thảng 5 nãm 2O24", (12, 5, 2024)),
            ("ngày 12 tháng 5 năm 20 24", (12, 5, 2024)),
            ("ngày 1l/O5/202l", (11, 5, 2021)),
            ("", (None, None, None)),
        ],
    )
    def test_parts_are_null_where_blank(self, printed, on):
        assert issued(attached(f"Kèm theo Kế hoạch số 1/KH-UBND {printed} của UBND huyện X")) == on

    def test_a_day_that_is_none(self):
        found = head(attached("Kèm theo Kế hoạch số 1/KH-UBND ngày 31/02/2024"))
        assert (found.issued_on.day, found.issued_on.month) == (None, 2)
        assert "date_impossible" in found.flags

    def test_stamps_and_legal_grounds_are_no_date_of_issue(self):
        stamp = "Người ký: Nguyễn Văn A\nNgày ký: 03/08/2020 16:29:07 +07:00\n"
        assert issued(stamp + attached("Kèm theo Kế hoạch này")) == (None, None, None)
        assert issued(stamp + LETTERHEAD) == (12, 5, 2024)
        ground = "KẾ HOẠCH\nNăm 2024\nCăn cứ Luật, ngày 06 tháng 01 năm 2022"
        assert issued(ground) == (None, None, None)

    def test_both_halves_of_the_letterhead_on_one_line(self):
        text = "UBND TỈNH LẠNG SƠN\nSố: 99/KH-UBND Lạng Sơn, ngày 15 tháng 01 năm 2024\nKẾ HOẠCH\nX"
        assert issued(text) == (15, 1, 2024)


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("Sở Úq]s /CTr-UBND", True),
        ("Sở: 46 od-dbcdccih", True),
        ("Số    /KH-UBND", True),
        ("SỞ NỘI VỤ", False),
        ("Sở Y tế/Phòng Y tế", False),
        ("Sở Nông nghiệp và Môi trường tỉnh/KH-UBND", False),
    ],
)
def test_a_number_over_which_was_written_is_no_office(text, numbered):
    assert is_number_line(text) is numbered
