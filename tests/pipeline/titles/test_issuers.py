"""Who issued it, and for which unit."""

import pytest

from tests.pipeline.titles.blocks import LETTERHEAD, attached, head


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
                "UBND THI XÃ HỒNG LĨNH",
                "Ủy ban nhân dân thị xã Hồng Lĩnh",
                "thị xã Hồng Lĩnh",
                "district",
            ),
            (
                "UBND TỈNH BẮC GIANG\nTHANH TRA TỈNH",
                "Thanh tra tỉnh Bắc Giang",
                "tỉnh Bắc Giang",
                "province",
            ),
            (
                "UBND HUYỆN CHI LĂNG\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ",
                "Ban Chỉ đạo Chuyển đổi số huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "MẶT TRẬN TỔ QUỐC VIỆT NAM\nHUYỆN CHI LĂNG\nBAN THƯỜNG TRỰC",
                "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "HỘI LHPN VIỆT NAM\nHUYỆN CHI LĂNG",
                "Hội Liên hiệp Phụ nữ huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "UY BAN NHAN DÂN\nHUYEN CHI LĂNG",
                "Ủy ban nhân dân huyện Chi Lăng",
                "huyện Chi Lăng",
                "district",
            ),
            (
                "UY BAN NHAN DÂN\nDAC KHU PHÚ QUỐC",
                "Ủy ban nhân dân đặc khu Phú Quốc",
                "đặc khu Phú Quốc",
                "commune",
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

    def test_the_unit_of_a_title_where_nobody_is_named(self):
        found = head(attached("Kèm theo Kế hoạch này", "NHIỆM VỤ NĂM 2024 CỦA HUYỆN LỘC BÌNH"))
        assert (found.issuer, found.unit, found.province) == ("", "huyện Lộc Bình", "Lạng Sơn")
        assert {"unit_from_title", "no_issuer"} <= set(found.flags)

    def test_not_the_province_that_the_title_is_about(self):
        found = head(attached("Kèm theo Kế hoạch này", "CẢI THIỆN CHỈ SỐ PAPI TỈNH LẠNG SƠN"))
        assert (found.unit, found.province) == ("", "Lạng Sơn")

    @pytest.mark.parametrize("slip", ["của UBND phuờng", "của, UBND phường", "của | UBND phường"])
    def test_slips_before_the_unit(self, slip):
        found = head(
            attached(f"Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/2026 {slip} Kỳ Lừa, tỉnh Lạng Sơn")
        )
        assert (found.level, found.unit) == ("commune", "phường Kỳ Lừa")

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
