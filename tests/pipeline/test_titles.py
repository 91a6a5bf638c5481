"""Title blocks: captions, and the head of the document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.titles import is_caption, parse_caption, parse_head
from schemas.geometry import Box
from schemas.stages import TextLine

COLUMN, LINE = 260.0, 16.0


def lines(text: str, page: int = 1) -> list[TextLine]:
    """One TextLine a line; " || " parts what stands left and right at the same height."""
    return [
        TextLine(part, Box(60 + COLUMN * n, top, 60 + COLUMN * n + 6 * len(part), top + 12), page)
        for top, line in ((50 + LINE * row, line) for row, line in enumerate(text.splitlines()))
        for n, part in enumerate(line.split(" || "))
    ]


def head(text: str):
    return parse_head(lines(text))


def issued(text: str) -> tuple[int | None, int | None, int | None]:
    on = head(text).issued_on
    return on.day, on.month, on.year


def attached(reference: str, title: str = "DANH MỤC NHIỆM VỤ") -> str:
    return f"PHỤ LỤC\n{title}\n({reference})"


LETTERHEAD = """\
ỦY BAN NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN CHI LĂNG || Độc lập - Tự do - Hạnh phúc
Số: 154/KH-UBND || Chi Lăng, ngày 12 tháng 5 năm 2024
KẾ HOẠCH
Nâng cao chỉ số PAPI trên địa bàn huyện
năm 2024
Căn cứ Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2022 của Thủ tướng Chính phủ
TM. ỦY BAN NHÂN DÂN
"""


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


class TestIssuers:
    @pytest.mark.parametrize(
        ("printed", "issuer", "unit", "code", "province"),
        [
            (
                "UBND huyện Chi Lăng",
                "Ủy ban nhân dân huyện Chi Lăng",
                "huyện Chi Lăng",
                "187",
                "Lạng Sơn",
            ),
            (
                "Uỷ ban nhân dân huyện Bình Gia",
                "Ủy ban nhân dân huyện Bình Gia",
                "huyện Bình Gia",
                "181",
                "Lạng Sơn",
            ),
            (
                "UBND H. Bình Gia",
                "Ủy ban nhân dân huyện Bình Gia",
                "huyện Bình Gia",
                "181",
                "Lạng Sơn",
            ),
            (
                "UBND tỉnh Bắc Giang",
                "Ủy ban nhân dân tỉnh Bắc Giang",
                "tỉnh Bắc Giang",
                "24",
                "Bắc Giang",
            ),
            (
                "UBND thành phố Lạng Sơn",
                "Ủy ban nhân dân thành phố Lạng Sơn",
                "thành phố Lạng Sơn",
                "178",
                "Lạng Sơn",
            ),
            (
                "UBND TX. Bỉm Sơn",
                "Ủy ban nhân dân thị xã Bỉm Sơn",
                "thị xã Bỉm Sơn",
                "381",
                "Thanh Hóa",
            ),
            (
                "UBND xã Vạn Linh, huyện Chi Lăng",
                "Ủy ban nhân dân xã Vạn Linh",
                "xã Vạn Linh",
                "06505",
                "Lạng Sơn",
            ),
            (
                "Chủ tịch UBND huyện Lộc Bình",
                "Chủ tịch Ủy ban nhân dân huyện Lộc Bình",
                "huyện Lộc Bình",
                "188",
                "Lạng Sơn",
            ),
            ("Huyện ủy Chi Lăng", "Huyện ủy Chi Lăng", "huyện Chi Lăng", "187", "Lạng Sơn"),
            (
                "Ban Chỉ đạo Chuyển đổi số huyện Văn Lãng",
                "Ban Chỉ đạo Chuyển đổi số huyện Văn Lãng",
                "huyện Văn Lãng",
                "182",
                "Lạng Sơn",
            ),
            (
                "Ban Thường vụ Tỉnh ủy Lạng Sơn",
                "Ban Thường vụ Tỉnh ủy Lạng Sơn",
                "tỉnh Lạng Sơn",
                "20",
                "Lạng Sơn",
            ),
            (
                "UBND xã Hội Hoan, huyện Văn Lãng",
                "Ủy ban nhân dân xã Hội Hoan",
                "xã Hội Hoan",
                "06151",
                "Lạng Sơn",
            ),
            (
                "Sở Nội vụ tỉnh Cao Bằng",
                "Sở Nội vụ tỉnh Cao Bằng",
                "tỉnh Cao Bằng",
                "04",
                "Cao Bằng",
            ),
            ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ", "", None, None),
            (
                "UBND huyện Châu Thành, tỉnh Tiền Giang",
                "Ủy ban nhân dân huyện Châu Thành",
                "huyện Châu Thành",
                "821",
                "Tiền Giang",
            ),
            (
                "UBND huyện Châu Thành",
                "Ủy ban nhân dân huyện Châu Thành",
                "huyện Châu Thành",
                None,
                None,
            ),
            ("UBND huyện Không Có", "Ủy ban nhân dân huyện Không Có", "huyện Không Có", None, None),
        ],
    )
    def test_from_a_reference(self, printed, issuer, unit, code, province):
        found = head(attached(f"Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/2024 của {printed}"))
        assert (found.issuer, found.unit, found.unit_code, found.province) == (
            issuer,
            unit,
            code,
            province,
        )
        assert ("unit_not_found" in found.flags) == (bool(unit) and code is None)

    @pytest.mark.parametrize(
        ("top", "issuer", "unit", "level"),
        [
            (
                "ỦY BAN NHÂN DÂN\nHUYỆN CHI LĂNG",
                "Ủy ban nhân dân huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "UỶ BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
                "Ủy ban nhân dân tỉnh Lạng Sơn",
                "tỉnh Lạng Sơn",
                "province",
            ),
            (
                "UBND TỈNH LẠNG SƠN\nSỞ NỘI VỤ",
                "Sở Nội vụ tỉnh Lạng Sơn",
                "tỉnh Lạng Sơn",
                "province",
            ),
            (
                "UBND HUYỆN CHI LĂNG\nPHÒNG TƯ PHÁP",
                "Phòng Tư pháp huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "UBND HUYỆN CHI LĂNG\nTRUNG TÂM VĂN HÓA, THỂ THAO\nVÀ TRUYỀN THÔNG",
                "Trung tâm Văn hóa, Thể thao và Truyền thông huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "UBND THÀNH PHỐ HÀ NỘI",
                "Ủy ban nhân dân thành phố Hà Nội",
                "thành phố Hà Nội",
                "province",
            ),
            ("HUYỆN ỦY CHI LĂNG", "Huyện ủy Chi Lăng", "huyện Chi Lăng", "district"),
            (
                "HỘI ĐỒNG NHÂN DÂN\nTỈNH LẠNG SƠN",
                "Hội đồng nhân dân tỉnh Lạng Sơn",
                "tỉnh Lạng Sơn",
                "province",
            ),
            (
                "UBND XÃ HỘI HOAN\nPHÒNG VĂN HÓA - XÃ HỘI",
                "Phòng Văn hóa - Xã hội xã Hội Hoan",
                "xã Hội Hoan",
                "commune",
            ),
            ("BỘ NỘI VỤ", "Bộ Nội vụ", "", "central"),
            (
                "UY BAN NHAN DÂN\nHUYEN CHI LĂNG",
                "Ủy ban nhân dân huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
        ],
    )
    def test_from_a_letterhead(self, top, issuer, unit, level):
        found = head(f"{top}\nSố: 1/KH-UBND\nKẾ HOẠCH\nNăm 2024")
        assert (found.issuer, found.unit, found.level) == (issuer, unit, level)

    def test_the_unit_stands_only_in_the_letterhead(self):
        reference = attached("Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024 của UBND huyện")
        found = head(LETTERHEAD + reference)
        assert (found.issuer, found.unit) == ("Ủy ban nhân dân huyện Chi Lăng", "huyện Chi Lăng")

    def test_the_unit_stands_only_in_the_title(self):
        reference = "Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024 của UBND huyện"
        found = head(attached(reference, "NHIỆM VỤ TRÊN ĐỊA BÀN HUYỆN CHI LĂNG"))
        assert found.unit == "huyện Chi Lăng"
        assert "unit_from_title" in found.flags
        assert "no_unit" in head(attached(reference)).flags

    def test_the_province_of_a_namesake_stands_in_the_title(self):
        found = head(
            attached(
                "Kèm theo Kế hoạch số 1/KH-UBND của UBND huyện Châu Thành",
                "CHỈ SỐ PAPI TỈNH BẾN TRE",
            )
        )
        assert found.province == "Bến Tre"
        assert found.unit_code is not None

    def test_a_commune_of_2025(self):
        found = head(
            attached(
                "Kèm theo Kế hoạch số 15/KH-UBND ngày 05/9/2025 của UBND xã Vạn Linh, tỉnh Lạng Sơn"
            )
        )
        assert (found.level, found.unit, found.province) == ("commune", "xã Vạn Linh", "Lạng Sơn")


class TestTitlesAndYears:
    def test_the_seed_s_title_block(self):
        found = head(
            attached(
                "Kèm theo Kế hoạch số /KH-UBND ngày /5/2024 của Ủy ban nhân dân huyện Chi Lăng",
                "NỘI DUNG CẢI THIỆN, NÂNG CAO\nCHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024",
            )
        )
        assert found.title == "NỘI DUNG CẢI THIỆN, NÂNG CAO CHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024"
        assert (found.plan_number, found.year, found.flags) == ("", 2024, ())

    def test_without_an_appendix_the_heading(self):
        found = head(LETTERHEAD)
        assert found.title == "KẾ HOẠCH Nâng cao chỉ số PAPI trên địa bàn huyện năm 2024"
        assert (found.plan_number, found.year) == ("154", 2024)

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
        assert set(found.flags) == {"no_title", "no_issuer", "no_date"}


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
