"""What a person decided wins over every rule, can be undone, and is never lost."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agencies import (
    IssuerContext,
    Registry,
    RegistryError,
    load_registry,
    match_cell,
    match_roles,
)
from pipeline.agencies.match.cell import read_cell
from pipeline.agencies.registry.decide import (
    Person,
    decide,
    decide_new,
    export_decisions,
    import_decisions,
    undo_decision,
)
from pipeline.agencies.registry.decisions import AgencyDecision, history, run_of, verdicts
from pipeline.agencies.registry.office import decisions_path, overlay_path

DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))
ME = Person("Lan", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


def found(cell, context=DISTRICT):
    return [(a.agency_id, a.status, a.method) for a in match_cell(cell, context, load_registry())]


def ids(cell):
    return [agency_id for agency_id, _, _ in found(cell)]


def test_a_decided_text_is_that_agency():
    assert ids("Cơ quan chuyên trách X12") == [None]
    decide("Cơ quan chuyên trách X12", "is", "phong-noi-vu", ME)
    (agency,) = match_cell("Cơ quan chuyên trách X12", DISTRICT, load_registry())
    assert (agency.name, agency.method, agency.status) == ("Phòng Nội vụ", "decision", "accepted")
    assert (agency.score, agency.unit, agency.flags) == (1.0, "huyện Chi Lăng", ())


@pytest.mark.parametrize(
    "spelling",
    [
        "TỔ VĂN HOÁ - THÔNG TIN",
        "tổ văn hóa–thông tin",
        "Tổ Văn hóa\nThông tin",
        "Tổ Văn hóa và Thông tin",
        "(1) Tổ Văn hóa & Thông tin",
    ],
)
def test_it_holds_for_all_folded_spellings(spelling):
    decide("Tổ Văn hóa - Thông tin", "is", "phong-noi-vu", ME)
    assert found(spelling) == [("phong-noi-vu", "accepted", "decision")]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Tổ X12", "Phòng Tư pháp; Tổ X12, Thanh tra huyện"),
        ("Tổ X12", "Phòng Tư pháp Tổ X12\nThanh tra huyện"),
        ("Tổ Y tế, Kho bạc và Phòng Tư pháp", "Tổ Y tế, Kho bạc và Phòng Tư pháp"),
        ("Tổ công tác; Ban X12", "Phòng Tư pháp, Tổ công tác; Ban X12"),
    ],
)
def test_it_is_one_of_the_spellings_of_a_cell(text, cell):
    decide(text, "is", "phong-noi-vu", ME)
    assert ("phong-noi-vu", "accepted", "decision") in found(cell)
    assert all(status == "accepted" for _, status, _ in found(cell))
    if cell.startswith("Phòng Tư pháp"):
        assert ids(cell)[:2] == ["phong-tu-phap", "phong-noi-vu"]


def test_it_wins_over_exact_names_but_not_inside_longer_ones():
    decide("Phòng Kinh tế", "is", "phong-noi-vu", ME)
    assert found("Phòng Kinh tế; Phòng Y tế")[0] == ("phong-noi-vu", "accepted", "decision")
    assert ids("Phòng Kinh tế và Hạ tầng") == ["phong-kinh-te-ha-tang"]


def test_it_says_nothing_of_other_texts_that_hold_it():
    decide("Công an", "is", "cong-an", ME)
    assert ids("Công an xã") == ["cong-an-cap-xa"]
    decide("Thanh tra", "is", "thanh-tra-tinh", ME)
    assert found("Thanh tra")[0] == ("thanh-tra-tinh", "accepted", "decision")
    assert all(status != "accepted" for _, status, _ in found("Thanh tra Sở Xây dựng"))


def test_unknown_words_beside_it_stay_in_doubt():
    decide("Tổ X12", "is", "phong-noi-vu", ME)
    assert [status for _, status, _ in found("Đội Tổ X12 lưu động")] != ["accepted"]


def test_roles_know_it_too():
    decide("Tổ X12", "is", "phong-noi-vu", ME)
    roles = match_roles("Chủ trì: Tổ X12; phối hợp: Phòng Tư pháp", DISTRICT, load_registry())
    assert [a.method for a in roles.lead] == ["decision"]
    assert [a.agency_id for a in roles.partners] == ["phong-tu-phap"]


@pytest.mark.parametrize(
    "text", ["Phòng TN&MT", "Phòng Tài nguyên Môi trường huyện", "Phòng Tai nguyen va Moi truong"]
)
def test_never_that_one(text):
    before = ids(text)[0]
    assert before is not None
    decide(text, "is_not", before, ME)
    assert before not in ids(text)
    assert before in ids("Phòng Tài nguyên và Môi trường")
    assert before not in ids(f"Phòng Tư pháp; {text}")


def test_never_that_one_with_words_that_nothing_explains():
    text = "Phòng Nội vụ Zx"
    (agency,) = match_cell(text, DISTRICT, load_registry())
    assert (agency.agency_id, agency.status) == ("phong-noi-vu", "review")
    decide(agency.raw, "is_not", "phong-noi-vu", ME)
    assert found(text) == [(None, "unresolved", "none")]


def test_a_new_agency():
    made = decide_new("BQL chợ X12", "Ban Quản lý chợ X12", "district", "unit", ME)
    assert made.agency_id == "ban-quan-ly-cho-x12"
    (by_text,) = match_cell("BQL chợ X12", DISTRICT, load_registry())
    assert (by_text.name, by_text.kind, by_text.level) == (
        "Ban Quản lý chợ X12",
        "unit",
        "district",
    )
    assert found("Ban Quản lý chợ X12")[0][:2] == ("ban-quan-ly-cho-x12", "accepted")


def test_the_last_decision_holds_and_undoing_brings_the_one_before_back():
    first = decide("Tổ X12", "is", "phong-noi-vu", ME)
    second = decide("tổ x12", "is", "phong-tu-phap", ME)
    third = decide("Tổ X12", "is_not", "phong-tu-phap", ME)
    assert ids("Tổ X12") == [None]
    undo_decision(third.number, ME)
    assert ids("Tổ X12") == ["phong-tu-phap"]
    undo_decision(second.number, ME)
    assert ids("Tổ X12") == ["phong-noi-vu"]
    undo_decision(first.number, ME)
    assert ids("Tổ X12") == [None]
    with pytest.raises(RegistryError, match="no decision"):
        undo_decision(first.number, ME)
    kept = history(decisions_path())
    assert [d.number for d in kept] == [1, 2, 3]
    assert {d.undone_by for d in kept} == {"Lan"}
    assert {d.undone_at for d in kept} == {kept[0].decided_at}


def test_the_version_changes_with_what_is_decided_and_not_with_who_and_when():
    plain = load_registry().version
    first = decide("Tổ X12", "is", "phong-noi-vu", ME)
    decided = load_registry().version
    assert decided != plain
    undo_decision(first.number, ME)
    assert load_registry().version == plain
    decide("TỔ X12", "is", "phong-noi-vu", Person("Minh", datetime(2027, 1, 1, tzinfo=UTC)))
    assert load_registry().version == decided


def test_what_cannot_be_decided_is_told():
    with pytest.raises(RegistryError, match="khong-co"):
        decide("Tổ X12", "is", "khong-co", ME)
    with pytest.raises(RegistryError, match="no word"):
        decide(" ;-", "is", "phong-noi-vu", ME)
    with pytest.raises(RegistryError, match="name"):
        decide_new("Tổ X12", " ", None, "unit", ME)
    assert history(decisions_path()) == ()


def test_the_agency_of_a_new_one_stays_while_it_is_needed():
    made = decide_new("BQL chợ X12", "Ban Quản lý chợ X12", "district", "unit", ME)
    later = decide("Chợ X12", "is", made.agency_id, ME)
    with pytest.raises(RegistryError, match="Chợ X12"):
        undo_decision(made.number, ME)
    undo_decision(later.number, ME)
    undo_decision(made.number, ME)
    assert made.agency_id not in load_registry().every


def test_an_agency_that_left_the_office_file_is_told():
    overlay_path().write_text("name,level,kind\nTrạm Bơm,district,unit\n", encoding="utf-8")
    decide("T. Bơm", "is", "tram-bom", ME)
    overlay_path().unlink()
    with pytest.raises(RegistryError, match="tram-bom"):
        load_registry()


def test_csv_there_and_back(monkeypatch, tmp_path):
    decide("=Tổ; “X12”", "is", "phong-noi-vu", ME)
    wrong = decide("Phòng Y", "is", "phong-y-te", ME)
    undo_decision(wrong.number, ME)
    decide("Phòng Y", "is_not", "phong-y-te", ME)
    decide_new("BQL chợ X12", "Ban Quản lý chợ X12", None, "unit", ME)
    content, here = export_decisions(), history(decisions_path())
    version = load_registry().version
    assert not [line for line in content.splitlines() if line.startswith(("=", "+", "-", "@"))]
    monkeypatch.setenv("PHULUC_DECISIONS", str(tmp_path / "other" / "store.sqlite3"))
    assert len(import_decisions(content.encode("utf-8-sig"), "a.csv")) == 4
    assert history(decisions_path()) == here
    assert load_registry().version == version
    assert import_decisions(content.encode(), "a.csv") == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Tổ X12,perhaps,phong-noi-vu,Lan,2026-01-01,,,,,", "row 2.*perhaps"),
        ("Tổ X12,is,khong-co,Lan,2026-01-01,,,,,", "khong-co"),
        ("Tổ X12,is,phong-noi-vu,,2026-01-01,,,,,", "decided_by"),
        ("Tổ X12,new,to-x12,Lan,2026-01-01,Tổ X12,village,unit,,", "village"),
    ],
)
def test_a_csv_that_cannot_be_used_adds_nothing(row, told):
    header = "text,verdict,agency_id,decided_by,decided_at,name,level,kind,undone_by,undone_at"
    good = "Tổ X13,is,phong-noi-vu,Lan,2026-01-01,,,,,"
    with pytest.raises(RegistryError, match=told):
        import_decisions(f"{header}\n{row}\n{good}\n".encode(), "a.csv")
    with pytest.raises(RegistryError, match="columns"):
        import_decisions(b"a,b\n1,2\n", "a.csv")
    assert history(decisions_path()) == ()


def test_a_file_that_is_no_store_is_told():
    decisions_path().write_bytes(b"no database at all, whatever its name says")
    with pytest.raises(RegistryError, match=r"decisions\.sqlite3"):
        load_registry()


def test_a_dangling_decision_can_be_undone():
    overlay_path().write_text("name,level,kind\nTrạm Bơm,district,unit\n", encoding="utf-8")
    number = decide("T. Bơm", "is", "tram-bom", ME).number
    overlay_path().unlink()
    undo_decision(number, ME)
    assert ids("T. Bơm") == [None]


NAMES = sorted(
    e.name
    for e in load_registry().entries.values()
    if e.level == "district" and e.id != "hat-kiem-lam"
)
WORDS = st.lists(
    st.sampled_from(["Tổ", "Đội", "Kim", "Hoá", "và", "-", "Zx", "X12", "phòng", "xã", "KT", "&"]),
    min_size=1,
    max_size=4,
).map(" ".join)
SEPARATORS = st.sampled_from(["; ", ";\n", ". "])


def with_decisions(*decided):
    plain = load_registry()
    made = [AgencyDecision(t, verdict, identifier, "Lan", "") for t, verdict, identifier in decided]
    held = verdicts(made)
    return Registry(plain.entries, repr(decided), held, plain.every)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.lists(st.sampled_from(NAMES), max_size=3, unique=True), st.data())
def test_among_other_names_it_is_that_agency_or_in_doubt(text, names, data):
    run = run_of(read_cell(text))
    if not run:
        return
    registry = with_decisions((text, "is", "hat-kiem-lam"))
    parts = data.draw(st.permutations([*names, text.upper()]))
    cell = parts[0] + "".join(data.draw(SEPARATORS) + part for part in parts[1:])
    found = match_cell(cell, DISTRICT, registry)
    of_text = [a for a in found if run_of(read_cell(a.raw)) == run]
    accepted = [a for a in of_text if a.status == "accepted"]
    assert all((a.agency_id, a.method) == ("hat-kiem-lam", "decision") for a in accepted)
    if not names:
        assert len(accepted) == 1


@settings(max_examples=25, deadline=None)
@given(WORDS, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_what_was_refused_never_comes_back(words, name, other):
    found = match_cell(f"{name} {words}", DISTRICT, load_registry())
    refused = [(a.raw, "is_not", a.agency_id) for a in found if a.agency_id]
    registry = with_decisions(*refused)
    pairs = {(run_of(read_cell(raw)), identifier) for raw, _, identifier in refused}
    for raw, _, _ in refused:
        for cell in (raw, f"{raw.upper()}; {other}"):
            after = match_cell(cell, DISTRICT, registry)
            assert not pairs & {(run_of(read_cell(a.raw)), a.agency_id) for a in after}
