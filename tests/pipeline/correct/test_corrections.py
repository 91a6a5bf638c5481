"""What people correct is laid over a reading, found again by overlap, and told in the result."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.agencies.registry.office import shipped_office
from pipeline.correct.head import correct_head, fields_about
from pipeline.correct.standing import standing
from pipeline.dataset.review import doubts_of, place_of, review_plan
from pipeline.extract import interpret, read_source, stitch_reading
from pipeline.ingest import open_source
from pipeline.settings import Settings
from pipeline.titles import parse_head
from schemas.correction import Correction
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.plan import Plan

SAMPLES = Path(__file__).parents[3] / "samples"
SAMPLE = SAMPLES / "chi-lang-papi-2024.pdf"
NUMBERED = SAMPLES / "corpus" / "no-vertical-rh-digital.pdf"  # a column of numbers


def reader_of(path: Path):
    source = open_source(path, path.name)
    reading = read_source(source, Settings())

    def plan(*corrections: Correction, **settings: object) -> Plan:
        made = Settings(**settings)
        stitched = stitch_reading(source, reading, made, shipped_office(), standing(corrections))
        return interpret(stitched, made, shipped_office())

    return plan


@pytest.fixture(scope="module")
def extracted():
    return reader_of(SAMPLE)


@pytest.fixture(scope="module")
def plain(extracted) -> Plan:
    return extracted()


def said(number: int, fragment=None, **fields) -> Correction:
    place = {} if fragment is None else {"page": fragment.page, "bbox": Box(*fragment.bbox)}
    column = "" if fragment is None else fragment.column
    read = "" if fragment is None else fragment.text
    entry = {
        "number": number,
        "sha256": "0" * 64,
        "field": "text",
        "read": read,
        "verdict": "correct",
        "who": "an",
        "at": "2026-11-02T08:00:00Z",
        "program": "test",
        "column": column,
    }
    return Correction(**{**entry, **place, **fields})


def fragment_of(plan: Plan, item: int, column: str):
    return next(f for f in plan.items[item].fragments if f.column == column)


def test_without_corrections_nothing_is_told(plain):
    text = plain.model_dump_json()
    assert "correct" not in text
    assert "confirmed" not in text


def test_a_typed_text_is_understood_anew_and_what_was_read_is_kept(extracted, plain):
    place = fragment_of(plain, 0, "timeframe")
    plan = extracted(said(1, place, value="Quý III/2024"))
    item = plan.items[0]
    assert (item.timeframe.start, item.timeframe.end) == ("2024-07-01", "2024-09-30")
    assert item.fragments == plain.items[0].fragments
    assert [c.field for c in item.corrected] == ["timeframe"]
    assert item.corrected[0].read == plain.items[0].timeframe.raw
    assert plan.items[1:] == plain.items[1:]
    assert plan.produced_by.corrections is not None


def test_one_task_of_a_cell_is_told_by_its_number(extracted, plain):
    place = fragment_of(plain, 0, "tasks")
    typed = place.text.replace(place.text.split()[3], "KHÁC", 1)
    item = extracted(said(1, place, value=typed)).items[0]
    assert [c.field for c in item.corrected] == ["tasks[0]"]
    assert "KHÁC" in item.tasks[0]
    assert len(item.tasks) == len(plain.items[0].tasks)


def test_a_place_is_found_with_its_box_moved_by_three_points_and_rows_apart(extracted, plain):
    place = fragment_of(plain, 3, "title")
    moved = said(1, place, value="Tên khác")
    box = moved.bbox
    moved = replace(moved, bbox=Box(box.x0 + 3, box.top + 3, box.x1 + 3, box.bottom + 3))
    for settings in ({}, {"join_rows": False}):
        plan = extracted(moved, **settings)
        assert sum(item.title == "Tên khác" for item in plan.items) == 1


def test_a_place_that_is_gone_changes_nothing(extracted, plain):
    gone = said(1, None, page=1, bbox=Box(0, 0, 9, 9), value="x")
    assert extracted(gone).items == plain.items


def test_a_row_is_parted_and_joined_as_told(extracted, plain):
    item = next(item for item in plain.items if item.joins)
    page = item.joins[0].page
    first = min((f for f in item.fragments if f.page == page), key=lambda f: f.bbox[1])
    parted = extracted(said(1, first, field="row_join", verdict="part"))
    assert len(parted.items) == len(plain.items) + 1
    told = next(d for d in parted.decisions if d.what == "row_join" and d.page == page)
    assert (told.taken, told.reasons) == (False, ("told_by_person",))
    joined = extracted(said(1, first, field="row_join", verdict="join"), join_rows=False)
    assert next(i for i in joined.items if i.joins).tasks == item.tasks


def test_a_role_is_told_by_the_header(extracted, plain):
    role = next(
        d.reasons[0].split(" -> ")[0]
        for d in plain.decisions
        if d.what == "column_role" and d.reasons[0].endswith("-> partners")
    )
    page = next(d.page for d in plain.decisions if d.what == "column_role")
    entry = said(1, field="role", verdict="role", value="extra", page=page, column=role)
    plan = extracted(entry)
    assert all(not item.partners for item in plan.items)
    assert any(role in item.extra for item in plan.items)


def test_the_title_block_is_told_and_brings_its_unit_along(extracted, plain):
    plan = extracted(
        said(1, field="plan_number", value="77"),
        said(2, field="unit", value="huyện Lộc Bình"),
        said(3, field="issued_on.day", value="12"),
    )
    document = plan.document
    assert (document.plan_number, document.unit) == ("77", "huyện Lộc Bình")
    assert document.unit_code not in (None, plain.document.unit_code)
    assert document.issued_on.day == 12
    assert {c.field: c.read for c in document.corrected} == {
        "plan_number": plain.document.plan_number,
        "unit": plain.document.unit,
        "issued_on.day": "",
    }


def test_an_agency_only_here_a_task_and_a_time(extracted, plain):
    lead, tasks = fragment_of(plain, 0, "lead"), fragment_of(plain, 0, "tasks")
    time = fragment_of(plain, 0, "timeframe")
    plan = extracted(
        said(1, lead, field="lead[0]", value="bo-noi-vu"),
        said(2, tasks, field="tasks[0]", value="Việc khác"),
        said(3, time, field="timeframe", value="Trước ngày 15/10/2024"),
    )
    item = plan.items[0]
    assert (item.lead[0].name, item.lead[0].method) == ("Bộ Nội vụ", "decision")
    assert item.lead[0].raw == plain.items[0].lead[0].raw
    assert item.tasks[0] == "Việc khác"
    assert item.timeframe.end == "2024-10-15"
    assert {c.field for c in item.corrected} == {"lead", "tasks[0]", "timeframe"}


def test_rows_are_taken_away_and_put_in(extracted, plain):
    place = fragment_of(plain, 1, "tasks")
    row = '{"title": "Dòng mới", "tasks": "Một\\nHai", "lead": "UBND huyện"}'
    added = extracted(said(7, place, field="row", verdict="add_row", value=row))
    assert len(added.items) == len(plain.items) + 1
    new = added.items[2]
    assert (new.title, new.tasks) == ("Dòng mới", ("Một", "Hai"))
    removed = extracted(said(1, place, field="row", verdict="remove_row"))
    assert [i.id for i in removed.items] == [i.id for i in plain.items if i.id != "i2"]
    both = extracted(
        said(7, place, field="row", verdict="add_row", value=row),
        said(8, place, field="row", verdict="remove_row"),
    )
    assert [i.id for i in both.items][:3] == ["i1", "i2+7", "i3"]


def test_a_confirmed_doubt_leaves_the_review_list_and_no_other(extracted, plain):
    unknown = [
        said(i + 1, fragment_of(plain, i, "lead"), value="Phòng Không Ai Biết") for i in range(2)
    ]
    rows = list(review_plan(extracted(*unknown)))
    doubted = next(row for row in rows if row.item_id == "i2")
    spot = place_of(doubted)
    place = {"page": spot.page, "bbox": Box(*spot.bbox)}
    entry = said(3, field=doubted.what, verdict="confirm", read=doubted.text, **place)
    plan = extracted(*unknown, entry)
    assert list(review_plan(plan)) == [row for row in rows if row != doubted]
    assert list(doubts_of(plan)) == rows


def test_a_number_that_a_person_typed_is_told_with_what_was_read():
    extract = reader_of(NUMBERED)
    plain = extract()
    place = fragment_of(plain, 0, "index")
    item = extract(said(1, place, value="9")).items[0]
    assert item.marker == "9"
    assert [(c.field, c.read) for c in item.corrected] == [("marker", plain.items[0].marker)]
    assert item.fragments == plain.items[0].fragments
    heading = next(f for f in plain.sections[0].fragments if f.column == "index")
    section = extract(said(1, heading, value="IX")).sections[0]
    assert [(c.field, c.read) for c in section.corrected] == [("marker", plain.sections[0].marker)]


def test_a_doubt_about_the_head_goes_with_its_place_when_its_field_is_told():
    line = TextLine("Số: 12/KH-UBND ngày 3/5/2024", Box(1, 1, 9, 9), 1)
    doubts = ("number_doubtful", "date_doubtful")
    head = replace(parse_head([line]), flags=doubts, places=tuple((d, line) for d in doubts))
    told, _ = correct_head(head, [said(1, field="issued_on.day", value="4")])
    assert told.flags == ("number_doubtful",)
    assert [flag for flag, _ in told.places] == ["number_doubtful"]
    assert fields_about(doubts[:1]) == ("plan_number", "plan_symbol")
    assert fields_about(("no_table",)) == ()
