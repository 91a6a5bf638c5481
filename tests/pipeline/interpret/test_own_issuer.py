"""Issuers that only the office's own list knows."""

import pytest

from pipeline.agencies import Office, OfficeFiles
from pipeline.interpret.own_issuer import with_own_issuer
from pipeline.settings import Settings
from pipeline.titles import parse_head
from schemas.geometry import Box
from schemas.page import TextLine


@pytest.fixture
def own(tmp_path):
    files = OfficeFiles(tmp_path / "agencies.csv", tmp_path / "decisions.sqlite3")
    files.agencies.write_text(
        "name,level,kind,aliases\nQuỹ Bảo trợ trẻ em Kỳ Lừa,district,unit,\n", encoding="utf-8"
    )
    return Office.load(files, Settings()).own


def head_of(own, *texts):
    lines = [
        TextLine(text, Box(40, 40 + 20 * n, 300, 55 + 20 * n), 1, 1.0)
        for n, text in enumerate(texts)
    ]
    return with_own_issuer(parse_head(lines), lines, own)


def test_the_office_s_own_agency_is_known(own):
    head = head_of(
        own, "UBND HUYỆN CHI LĂNG", "QUỸ BẢO TRỢ TRẺ EM", "KỲ LỪA", "Số: 12/KH-QBT", "KẾ HOẠCH"
    )
    assert (head.issuer, head.level) == ("Quỹ Bảo trợ trẻ em Kỳ Lừa", "district")
    assert "no_issuer" not in head.flags


def test_a_line_that_only_holds_the_name_is_none(own):
    head = head_of(own, "UBND HUYỆN CHI LĂNG", "Số: 12/KH-UBND", "Quỹ Bảo trợ trẻ em Kỳ Lừa gửi")
    assert head.issuer == "Ủy ban nhân dân huyện Chi Lăng"
