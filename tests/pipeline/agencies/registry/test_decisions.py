"""What a person decided wins over every rule, can be undone, and is never lost."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agencies import (
    IssuerContext,
    Registry,
    RegistryError,
    match_cell,
    match_roles,
    shipped_office,
)
from pipeline.agencies.registry.decide import Person
from pipeline.agencies.registry.decisions import AgencyDecision, run_of, verdicts
from pipeline.agencies.tokens import tokenize
from tests.pipeline.agencies.desk import Desk

DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))
ME = Person("Lan", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


def found(desk, cell, context=DISTRICT):
    return [(a.agency_id, a.status, a.method) for a in desk.match(cell, context)]


def ids(desk, cell):
    return [agency_id for agency_id, _, _ in found(desk, cell)]


def test_a_decided_text_is_that_agency(desk):
    assert ids(desk, "Cơ quan chuyên trách X12") == [None]
    desk.decide("Cơ quan chuyên trách X12", "is", "phong-noi-vu", ME)
    (agency,) = desk.match("Cơ quan chuyên trách X12", DISTRICT)
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
def test_it_holds_for_all_folded_spellings(desk, spelling):
    desk.decide("Tổ Văn hóa - Thông tin", "is", "phong-noi-vu", ME)
    assert found(desk, spelling) == [("phong-noi-vu", "accepted", "decision")]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Tổ X12", "Phòng Tư pháp; Tổ X12, Thanh tra huyện"),
        ("Tổ X12", "Phòng Tư pháp Tổ X12\nThanh tra huyện"),
        ("Tổ Y tế, Kho bạc và Phòng Tư pháp", "Tổ Y tế, Kho bạc và Phòng Tư pháp"),
        ("Tổ công tác; Ban X12", "Phòng Tư pháp, Tổ công tác; Ban X12"),
    ],
)
def test_it_is_one_of_the_spellings_of_a_cell(desk, text, cell):
    desk.decide(text, "is", "phong-noi-vu", ME)
    assert ("phong-noi-vu", "accepted", "decision") in found(desk, cell)
    assert all(status == "accepted" for _, status, _ in found(desk, cell))
    if cell.startswith("Phòng Tư pháp"):
        assert ids(desk, cell)[:2] == ["phong-tu-phap", "phong-noi-vu"]


def test_it_wins_over_exact_names_but_not_inside_longer_ones(desk):
    desk.decide("Phòng Kinh tế", "is", "phong-noi-vu", ME)
    assert found(desk, "Phòng Kinh tế; Phòng Y tế")[0] == ("phong-noi-vu", "accepted", "decision")
    assert ids(desk, "Phòng Kinh tế và Hạ tầng") == ["phong-kinh-te-ha-tang"]


def test_it_says_nothing_of_other_texts_that_hold_it(desk):
    desk.decide("Công an", "is", "cong-an", ME)
    assert ids(desk, "Công an xã") == ["cong-an-cap-xa"]
    desk.decide("Thanh tra", "is", "thanh-tra-tinh", ME)
    assert found(desk, "Thanh tra")[0] == ("thanh-tra-tinh", "accepted", "decision")
    assert found(desk, "Thanh tra Sở Xây dựng") == [("thanh-tra-so", "accepted", "alias")]


def test_unknown_words_beside_it_stay_in_doubt(desk):
    desk.decide("Tổ X12", "is", "phong-noi-vu", ME)
    assert [status for _, status, _ in found(desk, "Đội Tổ X12 lưu động")] != ["accepted"]


def test_roles_know_it_too(desk):
    desk.decide("Tổ X12", "is", "phong-noi-vu", ME)
    roles = match_roles("Chủ trì: Tổ X12; phối hợp: Phòng Tư pháp", DISTRICT, desk.registry())
    assert [a.method for a in roles.lead] == ["decision"]
    assert [a.agency_id for a in roles.partners] == ["phong-tu-phap"]


@pytest.mark.parametrize(
    "text", ["Phòng TN&MT", "Phòng Tài nguyên Môi trường huyện", "Phòng Tai nguyen va Moi truong"]
)
def test_never_that_one(desk, text):
    before = ids(desk, text)[0]
    assert before is not None
    desk.decide(text, "is_not", before, ME)
    assert before not in ids(desk, text)
    assert before in ids(desk, "Phòng Tài nguyên và Môi trường")
    assert before not in ids(desk, f"Phòng Tư pháp; {text}")


def test_never_that_one_with_words_that_nothing_explains(desk):
    text = "Phòng Nội vụ Zx"
    (agency,) = desk.match(text, DISTRICT)
    assert (agency.agency_id, agency.status) == ("phong-noi-vu", "review")
    desk.decide(agency.raw, "is_not", "phong-noi-vu", ME)
    assert found(desk, text) == [(None, "unresolved", "none")]


def test_a_new_agency(desk):
    made = desk.decide_new("BQL chợ X12", "Ban Quản lý chợ X12", "district", "unit", ME)
    assert made.agency_id == "ban-quan-ly-cho-x12"
    (by_text,) = desk.match("BQL chợ X12", DISTRICT)
    assert (by_text.name, by_text.kind, by_text.level) == (
        "Ban Quản lý chợ X12",
        "unit",
        "district",
    )
    assert found(desk, "Ban Quản lý chợ X12")[0][:2] == ("ban-quan-ly-cho-x12", "accepted")


def test_the_last_decision_holds_and_undoing_brings_the_one_before_back(desk):
    first = desk.decide("Tổ X12", "is", "phong-noi-vu", ME)
    second = desk.decide("tổ x12", "is", "phong-tu-phap", ME)
    third = desk.decide("Tổ X12", "is_not", "phong-tu-phap", ME)
    assert ids(desk, "Tổ X12") == [None]
    desk.undo(third.number, ME)
    assert ids(desk, "Tổ X12") == ["phong-tu-phap"]
    desk.undo(second.number, ME)
    assert ids(desk, "Tổ X12") == ["phong-noi-vu"]
    desk.undo(first.number, ME)
    assert ids(desk, "Tổ X12") == [None]
    with pytest.raises(RegistryError, match="decision_not_held"):
        desk.undo(first.number, ME)
    kept = desk.history
    assert [d.number for d in kept] == [1, 2, 3]
    assert {d.undone_by for d in kept} == {"Lan"}
    assert {d.undone_at for d in kept} == {kept[0].decided_at}


def test_the_version_changes_with_what_is_decided_and_not_with_who_and_when(desk):
    plain = desk.registry().version
    first = desk.decide("Tổ X12", "is", "phong-noi-vu", ME)
    decided = desk.registry().version
    assert decided != plain
    desk.undo(first.number, ME)
    assert desk.registry().version == plain
    desk.decide("TỔ X12", "is", "phong-noi-vu", Person("Minh", datetime(2027, 1, 1, tzinfo=UTC)))
    assert desk.registry().version == decided


def test_what_cannot_be_decided_is_told(desk):
    with pytest.raises(RegistryError, match="khong-co"):
        desk.decide("Tổ X12", "is", "khong-co", ME)
    with pytest.raises(RegistryError, match="decision_without_word"):
        desk.decide(" ;-", "is", "phong-noi-vu", ME)
    with pytest.raises(RegistryError, match="name"):
        desk.decide_new("Tổ X12", " ", None, "unit", ME)
    assert desk.history == ()


def test_the_agency_of_a_new_one_stays_while_it_is_needed(desk):
    made = desk.decide_new("BQL chợ X12", "Ban Quản lý chợ X12", "district", "unit", ME)
    later = desk.decide("Chợ X12", "is", made.agency_id, ME)
    with pytest.raises(RegistryError, match="Chợ X12"):
        desk.undo(made.number, ME)
    desk.undo(later.number, ME)
    desk.undo(made.number, ME)
    assert made.agency_id not in desk.registry().every


def test_an_agency_that_left_the_office_file_is_told(desk):
    desk.files.agencies.write_text("name,level,kind\nTrạm Bơm,district,unit\n", encoding="utf-8")
    desk.decide("T. Bơm", "is", "tram-bom", ME)
    desk.files.agencies.unlink()
    with pytest.raises(RegistryError, match="tram-bom"):
        desk.registry()


def test_csv_there_and_back(desk, tmp_path):
    desk.decide("=Tổ; “X12”", "is", "phong-noi-vu", ME)
    wrong = desk.decide("Phòng Y", "is", "phong-y-te", ME)
    desk.undo(wrong.number, ME)
    desk.decide("Phòng Y", "is_not", "phong-y-te", ME)
    desk.decide_new("BQL chợ X12", "Ban Quản lý chợ X12", None, "unit", ME)
    content, here = desk.export(), desk.history
    version = desk.registry().version
    assert not [line for line in content.splitlines() if line.startswith(("=", "+", "-", "@"))]
    there = Desk(tmp_path / "other")
    assert len(there.import_(content.encode("utf-8-sig"), "a.csv")) == 4
    assert there.history == here
    assert there.registry().version == version
    assert there.import_(content.encode(), "a.csv") == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Tổ X12,perhaps,phong-noi-vu,Lan,2026-01-01,,,,,", "'row': 2.*perhaps"),
        ("Tổ X12,is,khong-co,Lan,2026-01-01,,,,,", "khong-co"),
        ("Tổ X12,is,phong-noi-vu,,2026-01-01,,,,,", "decided_by"),
        ("Tổ X12,new,to-x12,Lan,2026-01-01,Tổ X12,village,unit,,", "village"),
    ],
)
def test_a_csv_that_cannot_be_used_adds_nothing(desk, row, told):
    header = "text,verdict,agency_id,decided_by,decided_at,name,level,kind,undone_by,undone_at"
    good = "Tổ X13,is,phong-noi-vu,Lan,2026-01-01,,,,,"
    with pytest.raises(RegistryError, match=told):
        desk.import_(f"{header}\n{row}\n{good}\n".encode(), "a.csv")
    with pytest.raises(RegistryError, match="columns"):
        desk.import_(b"a,b\n1,2\n", "a.csv")
    assert desk.history == ()


def test_a_file_that_is_no_store_is_told(desk):
    desk.files.decisions.write_bytes(b"no database at all, whatever its name says")
    with pytest.raises(RegistryError, match=r"decisions\.sqlite3"):
        desk.registry()


def test_a_dangling_decision_can_be_undone(desk):
    desk.files.agencies.write_text("name,level,kind\nTrạm Bơm,district,unit\n", encoding="utf-8")
    number = desk.decide("T. Bơm", "is", "tram-bom", ME).number
    desk.files.agencies.unlink()
    desk.undo(number, ME)
    assert ids(desk, "T. Bơm") == [None]


NAMES = sorted(
    e.name
    for e in shipped_office().registry().entries.values()
    if e.level == "district" and e.id != "hat-kiem-lam"
)
WORDS = st.lists(
    st.sampled_from(["Tổ", "Đội", "Kim", "Hoá", "và", "-", "Zx", "X12", "phòng", "xã", "KT", "&"]),
    min_size=1,
    max_size=4,
).map(" ".join)
SEPARATORS = st.sampled_from(["; ", ";\n", ". "])


def with_decisions(*decided):
    plain = shipped_office().registry()
    made = [AgencyDecision(t, verdict, identifier, "Lan", "") for t, verdict, identifier in decided]
    held = verdicts(made)
    return Registry(plain.entries, repr(decided), held, plain.every, plain.thresholds)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.lists(st.sampled_from(NAMES), max_size=3, unique=True), st.data())
def test_among_other_names_it_is_that_agency_or_in_doubt(text, names, data):
    run = run_of(tokenize(text))
    if not run:
        return
    registry = with_decisions((text, "is", "hat-kiem-lam"))
    parts = data.draw(st.permutations([*names, text.upper()]))
    cell = parts[0] + "".join(data.draw(SEPARATORS) + part for part in parts[1:])
    found = match_cell(cell, DISTRICT, registry)
    of_text = [a for a in found if run_of(tokenize(a.raw)) == run]
    accepted = [a for a in of_text if a.status == "accepted"]
    assert all((a.agency_id, a.method) == ("hat-kiem-lam", "decision") for a in accepted)
    if not names:
        assert len(accepted) == 1


@settings(max_examples=25, deadline=None)
@given(WORDS, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_what_was_refused_never_comes_back(words, name, other):
    found = match_cell(f"{name} {words}", DISTRICT, shipped_office().registry())
    refused = [(a.raw, "is_not", a.agency_id) for a in found if a.agency_id]
    registry = with_decisions(*refused)
    pairs = {(run_of(tokenize(raw)), identifier) for raw, _, identifier in refused}
    for raw, _, _ in refused:
        for cell in (raw, f"{raw.upper()}; {other}"):
            after = match_cell(cell, DISTRICT, registry)
            assert not pairs & {(run_of(tokenize(a.raw)), a.agency_id) for a in after}
