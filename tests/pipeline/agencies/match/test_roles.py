"""Cells that hold both roles."""

from datetime import date

import pytest

from pipeline.agencies import IssuerContext, match_roles, shipped_office

DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))
NV, TP, XA = "Phòng Nội vụ", "Phòng Tư pháp", "UBND cấp xã"


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("Chủ trì: Phòng Nội vụ; Phối hợp: Phòng Tư pháp, UBND cấp xã", [NV], [TP, XA]),
        ("Chủ trì: Phòng Nội vụ\nPhối hợp: Phòng Tư pháp\nUBND cấp xã", [NV], [TP, XA]),
        ("Chu tri: Phòng Nội vụ; Phôi hợp: Phòng Tư pháp", [NV], [TP]),
        ("Cơ quan chủ trì: Phòng Nội vụ. Cơ quan phối hợp: Phòng Tư pháp", [NV], [TP]),
        ("Đơn vị chủ trì:\nPhòng Nội vụ\nĐơn vị phối hợp:\nPhòng Tư pháp", [NV], [TP]),
        ("Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp", [NV], [TP]),
        ("Phòng Nội vụ chủ trì phối hợp với Phòng Tư pháp và UBND cấp xã", [NV], [TP, XA]),
        ("Phòng Nội vụ chủ trì; Phòng Tư pháp, UBND cấp xã phối hợp", [NV], [TP, XA]),
        ("Phòng Nội vụ chủ trì, Phòng Tư pháp phối hợp", [NV], [TP]),
        ("Phòng Nội vụ (chủ trì), Phòng Tư pháp (phối hợp)", [NV], [TP]),
        ("Phòng Nội vụ hướng dẫn; Phòng Tư pháp bố trí ngân sách", [], [NV, TP]),
        (
            "Chủ trì: UBND xã Vân Thủy; Phòng Nội vụ hướng dẫn; Phòng Tư pháp bố trí ngân sách.",
            [XA],
            [NV, TP],
        ),
        ("UBND cấp xã chủ trì, phối hợp UBND cấp xã", [XA], [XA]),
        ("Phòng Nội vụ", [NV], []),
        ("UBND cấp xã (chủ trì); Phòng Nội vụ, Phòng Tư pháp (phối hợp)", [XA], [NV, TP]),
        ("", [], []),
    ],
)
def test_roles(cell, lead, partners):
    found = match_roles(cell, DISTRICT, shipped_office().registry())
    assert [a.name for a in found.lead] == lead
    assert [a.name for a in found.partners] == partners
    assert {a.status for a in (*found.lead, *found.partners)} <= {"accepted"}


def test_names_without_a_role_are_left_to_review():
    found = match_roles("Phòng Nội vụ, Phòng Tư pháp", DISTRICT, shipped_office().registry())
    assert [(a.name, a.status, a.flags) for a in found.lead] == [
        (NV, "review", ("role_unmarked",)),
        (TP, "review", ("role_unmarked",)),
    ]


def test_unknown_text_keeps_its_role():
    found = match_roles(
        "Chủ trì: Đội Xe; phối hợp: Phòng Nội vụ", DISTRICT, shipped_office().registry()
    )
    assert [a.raw for a in found.lead] == ["Đội Xe"]
    assert [a.name for a in found.partners] == [NV]
