"""Letterheads: what is the number, what is a citation, who issued it."""

import pytest

from tests.pipeline.titles.blocks import LETTERHEAD, attached, head


def test_a_misread_number_line_is_no_agency():
    found = head(
        "UBND TỈNH BÌNH DƯƠNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NỘI VỤ || Độc lập - Tự do - Hạnh phúc\n"
        "SỐ 46 OD-DBCDCCIH || Bình Dương, ngày 12 tháng 5 năm 2024\nKẾ HOẠCH\nTuyển dụng"
    )
    assert found.issuer == "Sở Nội vụ tỉnh Bình Dương"


@pytest.mark.parametrize("line", ["Số 46 od-dbcdccih", "Sở 46 od-dbcdccih", "Số: /KH-UBND", "Số …"])
def test_a_line_of_the_number_names_nobody(line):
    found = head(f"{line}\nKẾ HOẠCH\nTuyển dụng")
    assert found.issuer == ""


@pytest.mark.parametrize(
    ("line", "issuer", "number"),
    [
        ("PHÒNG NỘI VỤ Số: 12/KH-PNV", "Phòng Nội vụ", "12"),
        ("PHÒNG NỘI VỤ SỐ: 12/KH-PNV", "Phòng Nội vụ", "12"),
        ("PHÒNG NỘI VỤ Số:      /KH-PNV", "Phòng Nội vụ", ""),
        ("UBND HUYỆN CHI LĂNG Số 4214/KH-UBND", "Ủy ban nhân dân huyện Chi Lăng", "4214"),
        ("TRƯỜNG THPT SỐ 2", "Trường THPT Số 2", ""),
    ],
)
def test_the_issuer_ends_before_a_number_on_its_line(line, issuer, number):
    found = head(f"{line}\nKẾ HOẠCH\nTuyển dụng")
    assert (found.issuer, found.plan_number) == (issuer, number)
    assert ("number_blank" in found.flags) is line.endswith(" /KH-PNV")


def test_citations_give_neither_number_nor_date():
    found = head(
        LETTERHEAD.replace("Số: 154/KH-UBND", "Số:").replace(
            "Chi Lăng, ngày 12 tháng 5 năm 2024", "Chi Lăng, ngày tháng năm"
        )
    )
    assert (found.plan_number, found.plan_symbol) == ("", "")
    assert found.issued_on.year is None


def test_a_letter_without_a_heading_does_not_borrow_from_its_text():
    found = head(
        "ỦY BAN NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "HUYỆN CHI LĂNG || Độc lập - Tự do - Hạnh phúc\n"
        "V/v triển khai kế hoạch\n"
        "Kính gửi: Các phòng, ban\n"
        "Thực hiện Công văn số 12/QĐ-UBND ngày 05/3/2021 của UBND tỉnh Lạng Sơn\n"
        "kèm theo Quyết định số 99/QĐ-UBND ngày 06/4/2022"
    )
    assert (found.plan_number, found.plan_symbol) == ("", "")
    assert found.issued_on.year is None
    assert found.issuer == "Ủy ban nhân dân huyện Chi Lăng"


def test_a_line_that_cites_in_the_middle_is_no_number_line():
    found = head(
        "ỦY BAN NHÂN DÂN\nHUYỆN CHI LĂNG\nV/v triển khai Kế hoạch số 12/KH-UBND\n"
        "KẾ HOẠCH\nTuyển dụng"
    )
    assert found.plan_number == ""


@pytest.mark.parametrize(
    ("title", "issued_in", "year", "period"),
    [
        ("CHUYỂN ĐỔI SỐ ĐẾN NĂM 2030", 2026, 2026, (None, 2030)),
        ("CHUYỂN ĐỔI SỐ NĂM 2026, TẦM NHÌN ĐẾN HẾT NĂM 2045", 2026, 2026, (None, 2045)),
        ("GIẢM NGHÈO GIAI ĐOẠN 2026-2030", 2026, 2026, (2026, 2030)),
        ("GIẢM NGHÈO GIAI ĐOẠN 2026 - 2030, NĂM 2027", 2026, 2027, (2026, 2030)),
        ("GIẢM NGHÈO TỪ NĂM 2026 ĐẾN NĂM 2030", 2026, 2026, (2026, 2030)),
        ("GIẢM NGHÈO NĂM 2026", 2026, 2026, (None, None)),
    ],
)
def test_a_period_is_no_year_of_a_plan(title, issued_in, year, period):
    reference = f"Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/{issued_in} của UBND huyện Chi Lăng"
    found = head(attached(reference, title))
    assert (found.year, (found.period_from, found.period_to)) == (year, period)


def test_a_unit_ends_where_another_body_begins():
    found = head(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH BÌNH DƯƠNG ĐOÀN GIÁM SÁT\nSố: 12/KH-ĐGS\nKẾ HOẠCH\nGiám sát"
    )
    assert found.unit == "tỉnh Bình Dương"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("TRƯỜNG THPT ĐỐC BINH KIỀU", "Trường THPT Đốc Binh Kiều"),
        ("TRƯỜNG TIỂU HỌC LÊ LỢI", "Trường Tiểu học Lê Lợi"),
        ("Trường THPT Đốc Binh Kiều", "Trường THPT Đốc Binh Kiều"),
        ("PHÒNG NỘI VỤ", "Phòng Nội vụ"),
    ],
)
def test_names_keep_their_capitals(printed, name):
    found = head(f"SỞ GD&ĐT TỈNH TIỀN GIANG\n{printed}\nSố: 12/KH-THPT\nKẾ HOẠCH\nNăm học")
    assert found.issuer.startswith(name)


def test_where_letterhead_and_appendix_disagree_the_letterhead_wins_and_both_are_shown():
    found = head(
        LETTERHEAD
        + attached("Kèm theo Kế hoạch số 154/KH-UBND ngày 12/5/2024 của UBND huyện Cao Lộc")
    )
    assert found.unit == "huyện Chi Lăng"
    assert "issuer_conflict" in found.flags
    shown = " ".join(line.text for flag, line in found.places if flag == "issuer_conflict")
    assert "ỦY BAN NHÂN DÂN" in shown
    assert "Cao Lộc" in shown


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("UBND TỈNH LẠNG SƠN SỞ NỘI VỤ", "Sở Nội vụ tỉnh Lạng Sơn"),
        ("UBND HUYỆN CHI LĂNG PHÒNG NỘI VỤ", "Phòng Nội vụ huyện Chi Lăng"),
        ("UBND THÀNH PHỐ HẢI PHÒNG SỞ NỘI VỤ", "Sở Nội vụ thành phố Hải Phòng"),
        ("SỞ Y TẾ LẠNG SƠN TRUNG TÂM Y TẾ HUYỆN CHI LĂNG", "Trung tâm Y tế huyện Chi Lăng"),
        ("SỞ Y TẾ TRUNG TÂM KIỂM SOÁT BỆNH TẬT", "Trung tâm Kiểm soát bệnh tật"),
        ("UBND tỉnh Lạng Sơn Sở Nội vụ", "Sở Nội vụ tỉnh Lạng Sơn"),
        # Names that hold words of bodies, and bodies that are a part of another.
        ("UBND THÀNH PHỐ HẢI PHÒNG", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("UBND XÃ HỘI HOAN", "Ủy ban nhân dân xã Hội Hoan"),
        ("UBND PHƯỜNG SỞ DẦU", "Ủy ban nhân dân phường Sở Dầu"),
        ("VĂN PHÒNG UBND TỈNH LẠNG SƠN", "Văn phòng UBND tỉnh Lạng Sơn"),
        ("THANH TRA SỞ Y TẾ", "Thanh tra Sở y tế"),
    ],
)
@pytest.mark.parametrize("number", [" Số: 12/KH-SNV", "\nSố: 12/KH-SNV"])
def test_of_bodies_on_one_line_the_lower_issues(line, issuer, number):
    found = head(f"{line}{number}\nKẾ HOẠCH\nTuyển dụng")
    assert (found.issuer, found.plan_number) == (issuer, "12")


@pytest.mark.parametrize(
    ("top", "issuer"),
    [
        ("Ủy ban nhân dân tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Ủy ban nhân dân\ntỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        (
            "UBND tỉnh Lạng Sơn || Cộng hòa xã hội chủ nghĩa Việt Nam\n"
            "Sở Nội vụ || Độc lập - Tự do - Hạnh phúc",
            "Sở Nội vụ tỉnh Lạng Sơn",
        ),
        ("UBND tỉnh Lạng Sơn\nSỞ NỘI VỤ", "Sở Nội vụ tỉnh Lạng Sơn"),
        ("Kính gửi: Sở Nội vụ", ""),
        ("Mật thư gửi đi\nSở Nội vụ", ""),
        ("Ủy ban nhân dân tỉnh Lạng Sơn nhận được ý kiến của", ""),
    ],
)
def test_a_letterhead_in_small_letters_names_the_issuer(top, issuer):
    found = head(f"{top}\nSố: 12/KH-SNV\nKẾ HOẠCH\nTuyển dụng")
    assert found.issuer == issuer


def test_a_letter_whose_line_goes_on_with_a_number_has_no_letterhead():
    found = head("Sở Nội vụ đã có văn bản\nsố 12/SNV-TCCB về việc\nKẾ HOẠCH\nTuyển dụng")
    assert found.issuer == ""


@pytest.mark.parametrize(
    ("title", "year", "period", "doubtful"),
    [
        ("ĐẾN NĂM 2025, ĐỊNH HƯỚNG ĐẾN NĂM 2030", 2024, (None, 2025), True),
        ("GIAI ĐOẠN 2021-2025, TẦM NHÌN ĐẾN NĂM 2030", 2024, (2021, 2025), True),
        ("GIAI ĐOẠN 2021-2025 VÀ ĐỊNH HƯỚNG 2026-2030", 2024, (2021, 2025), True),
        ("ĐẾN NĂM 2025 VÀ NĂM 2030", 2024, (None, 2025), True),
        ("NĂM 2024, TẦM NHÌN NĂM 2045", 2024, (None, 2045), True),
        ("TỪ NĂM 2021 ĐẾN NĂM 2025", 2024, (2021, 2025), False),
        ("GIAI ĐOẠN 2021-2025, ĐẾN HẾT NĂM 2025", 2024, (2021, 2025), False),
        ("ĐẾN NĂM 2025", 2024, (None, 2025), False),
    ],
)
def test_a_period_with_two_ends_is_doubted(title, year, period, doubtful):
    reference = "Kèm theo Kế hoạch số 1/KH-UBND ngày 2/3/2024 của UBND huyện Chi Lăng"
    found = head(attached(reference, f"CHUYỂN ĐỔI SỐ {title}"))
    assert (found.year, (found.period_from, found.period_to)) == (year, period)
    assert ("period_ambiguous" in found.flags) is doubtful
