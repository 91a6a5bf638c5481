"""The shipped list, and an office's own laid over it."""

from datetime import date

import pytest

from pipeline.agencies import IssuerContext, RegistryError, match_cell, shipped_office
from pipeline.agencies.registry.entries import read_entries
from pipeline.language.text import bare

HEADER = "id,name,level,kind,aliases,abbreviations,valid_from,valid_to,successor,legal_source\n"
DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))


def names(desk, cell):
    return [(a.name, a.status) for a in desk.match(cell, DISTRICT)]


def test_published_ids_and_names_stay():
    entries = shipped_office().registry().entries
    published = {
        "ubnd-cap-xa": ("UBND cấp xã", "commune", "collective"),
        "phong-ld-tb-xh-dan-toc": (
            "Phòng Lao động, Thương binh, Xã hội - Dân tộc",
            "district",
            "agency",
        ),
        "uy-ban-mttq": ("Ủy ban MTTQ Việt Nam", "district", "front"),
        "dai-bieu-hdnd-xa": ("Đại biểu HĐND xã", "commune", "person"),
        "trung-tam-y-te": ("Trung tâm Y tế", "district", "unit"),
    }
    for key, expected in published.items():
        entry = entries[key]
        assert (entry.name, entry.level, entry.kind) == expected


def test_every_entry_is_sound():
    entries = shipped_office().registry().entries
    for entry in entries.values():
        assert bare(entry.id) == entry.id.lower()
        assert entry.name.strip() == entry.name
        assert all(s in entries and s != entry.id for s in entry.successors)
        if entry.valid_from and entry.valid_to:
            assert entry.valid_from < entry.valid_to


def test_names_of_one_level_and_time_differ():
    entries = list(shipped_office().registry().entries.values())
    for day in (date(2024, 5, 1), date(2025, 4, 1), date(2026, 1, 1)):
        living = [(bare(e.name), e.level) for e in entries if e.existed(day)]
        assert len(living) == len(set(living))


def test_every_official_name_is_accepted_where_its_level_is_known():
    entries = shipped_office().registry().entries.values()
    of_a_level = {entry.name for entry in entries if entry.level}
    for entry in entries:
        if entry.level is None and entry.name in of_a_level:
            continue  # what exists at each level is meant where no level is said
        context = IssuerContext(entry.level, issued=entry.valid_to or date(2026, 1, 1))
        found = match_cell(entry.name, context, shipped_office().registry())
        assert [a.name for a in found] == [entry.name], entry
        assert found[0].status == "accepted", found


def test_version_covers_the_office_file(desk):
    before = desk.registry().version
    desk.write(HEADER + ",Phòng Kinh tế biển,district,agency,,,,,,\n")
    assert desk.registry().version != before


def test_office_file_adds_and_extends(desk):
    desk.write(
        HEADER
        + ",Phòng Kinh tế biển,district,agency,Phòng KTB,,,,,\n"
        + "phong-noi-vu,,,,Phòng Tổ chức cán bộ,,,,,\n"
    )
    assert desk.registry().entries["phong-kinh-te-bien"].name == "Phòng Kinh tế biển"
    assert names(desk, "Phòng KTB; Phòng Tổ chức cán bộ; Phòng Nội vụ") == [
        ("Phòng Kinh tế biển", "accepted"),
        ("Phòng Nội vụ", "accepted"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_office_file_as_excel_saves_it(desk, encoding, delimiter):
    row = ["", "Phòng Kinh tế biển", "district", "agency", "", "", "1/3/2024", "30/06/2025", "", ""]
    desk.write((HEADER + ",".join(row) + "\r\n").replace(",", delimiter), encoding)
    entry = desk.registry().entries["phong-kinh-te-bien"]
    assert (entry.valid_from, entry.valid_to) == (date(2024, 3, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,kind\nX,agency\n", "level"),
        (HEADER + ",X,village,agency,,,,,,\n", "village"),
        (HEADER + ",X,district,office,,,,,,\n", "office"),
        (HEADER + ",X,district,,,,,,,\n", "'row': 2"),
        (HEADER + "x,,district,agency,,,,,,\n", "'row': 2"),
        (HEADER + ",X,district,agency,,,31/2/2024,,,\n", "31/2/2024"),
        (HEADER + ",X,district,agency,,,soon,,,\n", "soon"),
        (HEADER + ",X,district,agency,,,,,nobody,\n", "nobody"),
    ],
)
def test_what_is_wrong_is_told(desk, text, told):
    desk.write(text)
    with pytest.raises(RegistryError, match=told):
        desk.registry()


def test_another_encoding_is_told(desk):
    desk.write(HEADER + ",Phong Kê,district,agency,,,,,,\n", "cp1252")
    with pytest.raises(RegistryError, match="csv_not_utf8"):
        desk.registry()


def test_add_keeps_what_is_there_and_reads_back(desk):
    desk.write(HEADER.replace(",", ";") + ";Phòng Kinh tế biển;district;agency;;;;;;Quyết định 5\n")
    added = desk.add("Đội Quản lý rừng", "district", "unit", ["Đội QLR"])
    assert added.id == "doi-quan-ly-rung"
    assert names(desk, "Phòng Kinh tế biển, Đội QLR") == [
        ("Phòng Kinh tế biển", "accepted"),
        ("Đội Quản lý rừng", "accepted"),
    ]
    stored = {e.id: e for e in read_entries(desk.files.agencies.read_bytes(), "")}
    assert stored["phong-kinh-te-bien"].source == "Quyết định 5"
    assert [p.name for p in desk.files.agencies.parent.iterdir()] == [desk.files.agencies.name]


def test_add_gives_one_id_a_level_and_refuses_what_is_there(desk):
    assert desk.add("Hội Sinh vật cảnh", "district", "front").id == "hoi-sinh-vat-canh"
    assert desk.add("Hội Sinh vật cảnh", "province", "front").id == "hoi-sinh-vat-canh-province"
    with pytest.raises(RegistryError, match="Hội Sinh vật cảnh"):
        desk.add("hội sinh vật cảnh", "district", "front")
    content = desk.files.agencies.read_bytes()
    with pytest.raises(RegistryError):
        desk.add("Phòng | Hai", "district", "agency")
    assert desk.files.agencies.read_bytes() == content


def test_add_an_alias_to_a_shipped_entry(desk):
    assert desk.add("Phòng Nội vụ", "district", "agency", ["Phòng NgVụ"]).id == "phong-noi-vu"
    assert names(desk, "Phòng NgVụ") == [("Phòng Nội vụ", "accepted")]


def test_a_row_of_one_unit_holds_only_there(desk):
    desk.write(
        "name,level,kind,aliases,unit\n"
        "Đội X12,district,unit,,huyện Chi Lăng\n"
        "Phòng Tư pháp,district,agency,Tổ luật,Huyện Chi Lăng\n"
        'Tổ Y9,commune,unit,,"xã Tân Lập, tỉnh Thái Nguyên"\n'
    )

    def here(cell, unit, province="Lạng Sơn"):
        context = IssuerContext("district", unit, province, date(2024, 5, 1))
        registry = desk.registry(unit, province)
        return [a.name for a in match_cell(cell, context, registry)]

    assert here("Đội X12; Tổ luật", "huyện Chi Lăng") == ["Đội X12", "Phòng Tư pháp"]
    assert here("Đội X12; Tổ luật", "huyện Văn Lãng") == [None, None]
    assert here("Tổ Y9", "xã Tân Lập", "Thái Nguyên") == ["Tổ Y9"]
    assert here("Tổ Y9", "xã Tân Lập", "Hưng Yên") == [None]
    assert {desk.registry(unit).version for unit in (None, "huyện Chi Lăng")} == {
        desk.registry().version
    }
    assert desk.registry("huyện Văn Lãng") is desk.registry()


def test_a_unit_that_no_plan_can_have_is_told(desk):
    desk.write("name,level,kind,unit\nĐội X12,district,unit,H. Chi Lăng\n")
    with pytest.raises(RegistryError, match=r"'row': 2.*H\. Chi Lăng"):
        desk.registry()


def test_adding_for_one_unit(desk):
    first = desk.add("Đội X12", "district", "unit", ["ĐX"], "huyện Chi Lăng")
    second = desk.add("Đội X12", "district", "unit", [], "huyện Văn Lãng")
    assert first.id == second.id
    assert first.id not in desk.registry().entries
    assert desk.registry("huyện Chi Lăng").entries[first.id].aliases == ("ĐX",)
    assert desk.registry("huyện Văn Lãng").entries[first.id].aliases == ()
    with pytest.raises(RegistryError):
        desk.add("Đội X12", "district", "unit", [], "huyện Văn Lãng")
