"""PAPI's dimensions: named where a heading is clear, left out where it is not."""

import json
from pathlib import Path

import pytest

from pipeline import papi
from pipeline.papi import (
    dimension_name,
    dimension_of_item,
    dimension_of_section,
    dimensions,
    is_papi,
    item_in_papi,
    parts_of_item,
    section_in_papi,
)
from schemas.plan import Item, Section, Timeframe

SAMPLES = Path(__file__).parents[2] / "samples"
DIMENSIONS = papi._knowledge().dimensions


def test_the_eight():
    assert [d.code for d in DIMENSIONS] == list("12345678")
    assert all(d.name_vi and d.name_en for d in DIMENSIONS)
    wordings = [w for d in DIMENSIONS for w in d.wordings]
    assert len(set(wordings)) == len(wordings)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda d: d.code)
def test_every_wording_tells_its_dimension(dimension):
    for wording in dimension.wordings:
        assert dimension_of_section(wording) == dimension.code, wording
        assert dimension_of_item(wording) == dimension.code, wording
    assert dimension_name(dimension.code) == dimension.name_vi


def test_the_sections_of_the_sample():
    gold = json.loads((SAMPLES / "chi-lang-papi-2024.gold.json").read_text("utf-8"))
    found = [dimension_of_section(section["title"]) for section in gold["sections"]]
    assert found == list("12345678")


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("SỰ THAM GIA CỦA NGƯỜI DÂN Ở CẤP CƠ SỞ", "1"),
        ("Trục nội dung 1: Nâng cao sự tham gia của người dân ở cấp cơ sở", "1"),
        ("Về công khai, minh bạch trong việc ra quyết định tại địa phương", "2"),
        ("Công khai minh bạch", "2"),
        ("Cống khai, mính bạch", "2"),
        ("Chỉ số nội dung số 3 - Trách nhiệm giải trình", "3"),
        ("Nâng cao trách nhiệm giải trình với người dân của các cấp chính quyền", "3"),
        ("Kiểm soát tham những trong khu vưc công", "4"),
        ("Kiểm soát tham nhũng trong cung ứng dịch vụ công", "4"),
        ("Công khai, minh bạch trong tuyển dụng", "4"),
        ("Cải cách thủ tục hành chính công", "5"),
        ("Cải thiện chỉ số Cung ứng dịch vụ công", "6"),
        ("Cung ứng dịch vụ công trực tuyến", "8"),
        ("7. Quản trị môi truờng", "7"),
        ("Quản trị điện tử", "8"),
        ("Công khai, minh bạch và trách nhiệm giải trình", None),
        ("Thủ tục hành chính công; cung ứng dịch vụ công", None),
        ("Chính quyền điện tử trong giải quyết thủ tục hành chính", None),
        ("Công khai", None),
        ("Quản trị", None),
        ("Nhiệm vụ chung", None),
        ("Tổ chức thực hiện", None),
        ("", None),
        ("1", None),
    ],
)
def test_sections(title, code):
    assert dimension_of_section(title) == code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Đóng góp tự nguyện của người dân", "1"),
        ("Danh sách hộ nghèo, hộ cận nghèo", "2"),
        ("Y tế công lập", "6"),
        ("Công khai, minh bạch trong quản lý tài sản và xe công của cơ quan", None),
        ("Thủ tục hành chính của lĩnh vực y tế và giáo dục ở các cấp", None),
        ("Bảo vệ rừng", None),
    ],
)
def test_items_need_more(title, code):
    assert dimension_of_item(title) == code


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("NỘI DUNG CẢI THIỆN, NÂNG CAO CHỈ SỐ PAPI TỈNH LẠNG SƠN NĂM 2024", True),
        ("Nhiệm vụ cải thiện Chỉ số hiệu quả quản trị và hành chính công năm 2025", True),
        ("CHỈ SỐ HIỆU QUẢ QUÁN TRỊ VÀ HÀNH CHÍNH CỒNG CẤP TÍNH", True),
        ("Kế hoạch cải cách hành chính năm 2024", False),
        ("Chỉ số PAR INDEX", False),
        ("Papipha", False),
        ("", False),
    ],
)
def test_titles(title, said):
    assert is_papi(title) == said


def _section(number, title, parent=None):
    return Section(
        id=f"s{number}", appendix_id="a1", marker="", title=title, parent=parent, fragments=()
    )


def _item(title, section_id):
    return Item(
        id="i1",
        appendix_id="a1",
        section_id=section_id,
        marker="",
        title=title,
        lead_in=None,
        tasks=(),
        lead=(),
        partners=(),
        timeframe=Timeframe(raw="", kind="unknown"),
        deliverable=None,
        extra={},
        fragments=(),
        joins=(),
        confidence=1.0,
    )


def test_sections_take_it_from_above_and_items_from_their_section():
    sections = []
    for section in (
        _section(1, "Kiểm soát tham nhũng trong khu vực công"),
        _section(2, "Tuyên truyền, phổ biến pháp luật", "s1"),
        _section(3, "Tổ chức thực hiện"),
        _section(4, "Quản trị điện tử", "s1"),
    ):
        sections.append(section_in_papi(section, sections))
    assert [s.papi_dimension for s in sections] == ["4", "4", None, "8"]
    found = [
        item_in_papi(_item(title, section_id), sections).papi_dimension
        for title, section_id in [
            ("Thủ tục hành chính", "s2"),
            ("Thủ tục hành chính", "s3"),
            ("Thủ tục hành chính", None),
            ("Họp giao ban", "s3"),
        ]
    ]
    assert found == ["4", "5", "5", None]


def test_every_part_is_named_by_its_wordings_and_the_sample_names_all():
    parts = [part for dimension in dimensions() for part in dimension.parts]
    assert len(parts) == 28
    for part in parts:
        for wording in part.wordings:
            assert part.code in parts_of_item(wording, part.code[0]), wording
    plan = json.loads((SAMPLES / "expected/plans/chi-lang-papi-2024.json").read_text("utf-8"))
    named = [parts_of_item(item["title"], item["papi_dimension"]) for item in plan["items"]]
    assert {code for codes in named for code in codes} == {part.code for part in parts}
    assert sorted(map(len, named)) == [1] * 23 + [2, 3]
    assert parts_of_item("Công tác khác", "1") == ()
