"""What an office's own list and a province's units tell of letters."""

from pathlib import Path

from pipeline.agencies import Office, OfficeFiles, shipped_office
from pipeline.letters.known import known_of
from pipeline.letters.short_forms import short_form_of
from pipeline.settings import Settings

HEAD = "id,name,level,kind,aliases,abbreviations,valid_from,valid_to,level_to,successor,note"
OWN = "bql-kcn,Ban Quản lý Khu kinh tế Đông Nam,province,agency,,BQL KKTĐN,,,,,"


def test_an_agency_of_the_office_gets_votes_and_its_short_form_is_known(tmp_path: Path) -> None:
    files = OfficeFiles(tmp_path / "agencies.csv", tmp_path / "decisions.sqlite3")
    files.agencies.write_text(f"{HEAD}\n{OWN}\n", "utf-8")
    own = known_of(Office.load(files, Settings()).registry(), None)
    shipped = known_of(shipped_office().registry(), None)
    bare = ["ban", "quan", "ly", "khu", "kinh", "te", "dong", "nam"]

    assert ("ban", "quản", "lý", "khu", "kinh", "tế", "đông", "nam") in own.phrases.said(bare, 0)
    assert not [name for name in shipped.phrases.said(bare, 0) if len(name) == len(bare)]

    mended = short_form_of("KKTDN", "BQL", "", own.forms)
    assert mended is not None
    assert mended.text == "KKTĐN"
    assert short_form_of("KKTDN", "BQL", "", shipped.forms) is None


def test_the_units_of_a_province_are_known_where_it_is() -> None:
    registry = shipped_office().registry()

    assert ("xã", "chi", "khê") in known_of(registry, "Nghệ An").units
    assert ("xã", "chi", "khê") not in known_of(registry, "Cà Mau").units
    assert known_of(registry, None).units == frozenset()
