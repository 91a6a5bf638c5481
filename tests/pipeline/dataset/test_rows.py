import json
from datetime import date

from pipeline.dataset.rows import rows_of
from schemas.plan import Corrected, FlagPlace


def test_a_document_is_flat(plain_plan):
    (row,) = rows_of(plain_plan)["documents"]
    assert row.document_id == plain_plan.document.id
    assert (row.issued_day, row.issued_month, row.issued_year) == (None, 5, 2024)
    assert (row.appendices, row.sections, row.items) == (1, 1, 2)
    assert row.produced_by_phuluc == "0.1.0"


def test_places_of_flags_and_what_was_corrected_are_no_columns(plain_plan):
    place = FlagPlace(flag="number_blank", page=1, bbox=(95, 80, 218, 93), text="Số: /KH-UBND")
    told = {"places": (place,), "corrected": (Corrected(field="title", read=""),)}
    document = plain_plan.document.model_copy(update=told)
    rows = rows_of(plain_plan.model_copy(update={"document": document}))
    assert rows["documents"] == rows_of(plain_plan)["documents"]


def test_an_item_carries_its_section_pages_joins_and_dates(plain_plan):
    first, second = rows_of(plain_plan)["items"]
    assert (first.section_marker, first.section_title) == ("1", "Công khai, minh bạch")
    assert (first.first_page, first.last_page) == (1, 2)
    assert first.tasks == "Tuyên truyền, phổ biến\nRà soát"
    assert first.lead == "Phòng Tài nguyên và Môi trường"
    assert (first.timeframe_start, first.timeframe_end) == (date(2024, 4, 1), date(2024, 6, 30))
    assert json.loads(first.joins)[0]["reasons"] == ["key_cells_empty", "sentence_open"]
    assert (second.section_id, second.section_title, second.joins) == (None, None, None)


def test_unresolved_agencies_stand_as_printed(make_plan, make_item, unknown_agency):
    known = make_item().lead[0]
    plan = make_plan(items=(make_item(lead=(unknown_agency, known), partners=(known,)),))
    rows = rows_of(plan)
    assert rows["items"][0].lead == "Tổ công tác 35; Phòng Tài nguyên và Môi trường"
    assert [(a.role, a.position, a.name) for a in rows["item_agencies"]] == [
        ("lead", 1, None),
        ("lead", 2, "Phòng Tài nguyên và Môi trường"),
        ("partner", 1, "Phòng Tài nguyên và Môi trường"),
    ]


def test_tasks_are_numbered_in_their_item(plain_plan):
    assert [(t.item_id, t.task_no, t.text) for t in rows_of(plain_plan)["tasks"]] == [
        ("i1", 1, "Tuyên truyền, phổ biến"),
        ("i1", 2, "Rà soát"),
    ]


def test_a_papi_dimension_has_its_name(make_plan, make_item):
    items = [make_item(papi_dimension="3"), make_item(id="i2")]
    plan = make_plan(items=tuple(items))
    rows = rows_of(plan)["items"]
    assert [(r.papi_dimension, r.papi_dimension_name) for r in rows] == [
        ("3", "Trách nhiệm giải trình với người dân"),
        (None, None),
    ]
