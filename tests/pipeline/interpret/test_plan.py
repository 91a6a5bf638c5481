"""The plan as a whole: appendices, sections, items, tables, flags and decisions."""

from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.interpret import interpret
from pipeline.settings import Settings
from pipeline.stitch import stitch
from schemas.page import Page
from schemas.plan import Decision
from schemas.reading import Reading, Source, Stitched
from tests.pipeline.stitch.printed import line, page_table

EDGES = (50.0, 80.0, 200.0, 400.0, 500.0, 590.0)
HEADER = ("TT", "Nội dung", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian")
FIRST = ("1", "Dân chủ", "Rà soát quy chế dân chủ ở cơ sở.", "Phòng Nội vụ", "Quý I")
SECOND = ("2", "Công khai", "Niêm yết thủ tục hành chính.", "Phòng Tư pháp", "Quý II")
PERSONS = ("TT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Ghi chú")
PERSON = ("1", "Nguyễn Văn An", "Chủ tịch", "UBND xã Vân Thủy", "")
CAPTION = ("PHỤ LỤC I", "NHIỆM VỤ NĂM 2024", "(Kèm theo Kế hoạch số 12/KH-UBND ngày 5/3/2024)")


def table(page, *rows, top=150.0):
    return page_table(page, *rows, edges=EDGES, top=top)


def above(page, *texts, top=40.0):
    return [line(text, page, top=top + 14 * i) for i, text in enumerate(texts)]


def plan_of(*tables, outside=None, decisions=(), pages=None, methods=("text_layer",)):
    last = pages or max((t.page for t in tables), default=1)
    read = tuple(
        Page(n, 600, 900, (), (), methods[min(n, len(methods)) - 1]) for n in range(1, last + 1)
    )
    lines = {page.number: (outside or {}).get(page.number, []) for page in read}
    stitched, joins = stitch(read, tables, lines, Settings())
    source = Source(Path("a.pdf"), "a.pdf", "f" * 64, "pdf", last)
    whole = Stitched(source, Reading(read), stitched, lines, [*decisions, *joins])
    return interpret(whole, Settings(), shipped_office())


def test_items_of_a_table():
    plan = plan_of(table(1, HEADER, FIRST, SECOND), outside={1: above(1, *CAPTION)})
    assert [(i.id, i.appendix_id, i.marker, i.title) for i in plan.items] == [
        ("i1", "a1", "1", "Dân chủ"),
        ("i2", "a1", "2", "Công khai"),
    ]
    assert [i.section_id for i in plan.items] == [None, None]
    assert plan.items[0].tasks == ("Rà soát quy chế dân chủ ở cơ sở.",)
    assert plan.items[0].timeframe.start == "2024-01-01"
    (appendix,) = plan.appendices
    assert (appendix.id, appendix.marker, appendix.pages) == ("a1", "I", (1, 1))
    assert appendix.title == "NHIỆM VỤ NĂM 2024"
    assert (plan.document.plan_number, plan.document.year) == ("12", 2024)
    assert (plan.document.kind, plan.document.pages) == ("digital", 1)
    assert plan.document.id == f"doc-{'f' * 16}"


def test_sections_and_the_items_beneath_them():
    heading, sub = ("I", "CHÍNH QUYỀN", "", "", ""), ("1.1", "**Công khai**", "", "", "")
    plan = plan_of(table(1, HEADER, heading, FIRST, ("II", "NGƯỜI DÂN", "", "", ""), SECOND))
    assert [(s.id, s.marker, s.title, s.parent) for s in plan.sections] == [
        ("s1", "I", "CHÍNH QUYỀN", None),
        ("s2", "II", "NGƯỜI DÂN", None),
    ]
    assert [i.section_id for i in plan.items] == ["s1", "s2"]
    assert plan.sections[0].fragments[1].text == "CHÍNH QUYỀN"
    nested = plan_of(table(1, HEADER, heading, sub, FIRST))
    assert [s.parent for s in nested.sections] == [None, "s1"]


def test_a_document_without_a_table():
    plan = plan_of(outside={1: above(1, "KẾ HOẠCH", "Chuyển đổi số")}, pages=1)
    assert "no_table" in plan.document.flags
    assert (plan.items, plan.tables, plan.appendices) == ((), (), ())
    assert plan.document.title == "KẾ HOẠCH Chuyển đổi số"


def test_a_table_without_tasks_gives_its_rows_and_a_flag():
    plan = plan_of(table(1, PERSONS, PERSON))
    assert "table_without_tasks" in plan.document.flags
    assert plan.items == ()
    (printed,) = plan.tables
    assert (printed.id, printed.kind, printed.appendix_id) == ("t1", "other", None)
    assert [row.cells for row in printed.rows] == [PERSON]
    kinds = [d for d in plan.decisions if d.what == "table_kind"]
    assert [d.taken for d in kinds] == [False]


def test_a_plan_and_another_table():
    plan = plan_of(
        table(1, HEADER, FIRST),
        table(2, PERSONS, PERSON),
        outside={1: above(1, *CAPTION), 2: above(2, "PHỤ LỤC II", "DANH SÁCH")},
    )
    assert [(t.kind, t.appendix_id, t.title) for t in plan.tables] == [
        ("tasks", "a1", "NHIỆM VỤ NĂM 2024"),
        ("other", "a2", "DANH SÁCH"),
    ]
    assert plan.tables[0].rows == ()
    assert [a.pages for a in plan.appendices] == [(1, 1), (2, 2)]
    assert len(plan.items) == 1


def test_a_second_table_without_a_caption_belongs_to_the_appendix():
    other = ("STT", "Nội dung công việc", "Kết quả", "Đơn vị phối hợp", "Hạn hoàn thành")
    row = ("1", "Tổ chức đối thoại với người dân", "Biên bản", "Công an", "30/6")
    plan = plan_of(
        table(1, HEADER, FIRST), table(3, other, row), outside={1: above(1, *CAPTION)}, pages=3
    )
    assert [a.pages for a in plan.appendices] == [(1, 3)]
    assert [i.appendix_id for i in plan.items] == ["a1", "a1"]
    assert [i.id for i in plan.items] == ["i1", "i2"]


def test_a_caption_begins_an_appendix():
    plan = plan_of(
        table(1, HEADER, FIRST),
        table(2, HEADER, SECOND),
        outside={1: above(1, *CAPTION), 2: above(2, "PHỤ LỤC II", "NHIỆM VỤ KHÁC")},
    )
    assert [(a.id, a.marker, a.title) for a in plan.appendices] == [
        ("a1", "I", "NHIỆM VỤ NĂM 2024"),
        ("a2", "II", "NHIỆM VỤ KHÁC"),
    ]


def test_only_what_stands_between_two_tables_titles_the_second():
    plan = plan_of(
        table(1, HEADER, FIRST, top=150),
        table(1, HEADER, SECOND, top=600),
        outside={
            1: [
                *above(1, *CAPTION),
                *above(1, "PHỤ LỤC II", "NHIỆM VỤ KHÁC", top=300),
                *above(1, "PHỤ LỤC III", "SAU BẢNG", top=800),
            ]
        },
    )
    assert [a.title for a in plan.appendices] == ["NHIỆM VỤ NĂM 2024", "NHIỆM VỤ KHÁC"]


def test_the_head_stands_before_the_first_table_with_a_header():
    box = page_table(1, ("Mật", "Khẩn"), edges=(50.0, 100.0, 150.0), top=20.0)
    plan = plan_of(
        box,
        table(1, HEADER, FIRST, top=200),
        outside={1: [*above(1, *CAPTION, top=100), *above(1, "PHỤ LỤC V", "SAU BẢNG", top=600)]},
    )
    assert plan.document.title == "NHIỆM VỤ NĂM 2024"


@pytest.mark.parametrize(
    ("header", "flagged"),
    [
        (HEADER, False),
        (("TT", "Nội dung", "Nhiệm vụ", "Cơ quan thực hiện", "Ghi chú"), False),
        (("TT", "Nội dung", "Nhiệm vụ", "Cơ quan thực hiện", "Cây trồng"), True),
        (("TT", "Cơ quan chủ trì", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"), True),
    ],
)
def test_columns_that_may_say_what_the_plan_should_hold_are_flagged(header, flagged):
    row = ("1", "Phòng Y tế", "Rà soát quy chế dân chủ ở cơ sở.", "Phòng Nội vụ", "lúa nương")
    plan = plan_of(table(1, header, row))
    assert ("unregistered_columns" in plan.document.flags) is flagged
    assert len(plan.items) == 1


@pytest.mark.parametrize(
    ("row", "items"),
    [(("2", "…", "……", "", ""), 1), (("2", "", "", "", ""), 1), (("2", "", "", "Phòng", ""), 2)],
)
def test_rows_with_nothing_but_number_and_dots_are_no_items(row, items):
    assert len(plan_of(table(1, HEADER, FIRST, row)).items) == items


def layer(taken, *reasons):
    return Decision(what="text_layer", page=1, taken=taken, score=0.5, reasons=reasons)


@pytest.mark.parametrize(
    ("decision", "flag"),
    [
        (layer(True, "plausible"), None),
        (layer(False, "implausible"), "text_layer_rejected"),
        (layer(False, "no_text_layer"), None),
        (layer(False, "text_layer_sparse", "implausible"), None),
        (layer(True, "encoding_tcvn3"), "text_layer_repaired"),
        (layer(False, "lines_in_picture", "encoding_tcvn3"), None),
    ],
)
def test_what_became_of_text_layers(decision, flag):
    plan = plan_of(table(1, HEADER, FIRST), decisions=[decision])
    found = [f for f in plan.document.flags if f.startswith("text_layer")]
    assert found == ([flag] if flag else [])
    assert plan.decisions[0] == decision


@pytest.mark.parametrize(
    ("methods", "kind"),
    [
        (("text_layer", "text_layer"), "digital"),
        (("ocr", "ocr"), "scanned"),
        (("ocr", "text_layer"), "mixed"),
        (("ocr", "blank"), "scanned"),
        (("text_layer", "blank"), "digital"),
        (("blank", "blank"), "digital"),
    ],
)
def test_kinds_of_document(methods, kind):
    assert plan_of(table(1, HEADER, FIRST), pages=2, methods=methods).document.kind == kind


def test_every_column_has_its_decision():
    plan = plan_of(table(1, HEADER, FIRST))
    roles = [d.reasons[0] for d in plan.decisions if d.what == "column_role"]
    assert roles == [
        "TT -> index", "Nội dung -> title", "Nhiệm vụ -> tasks", "Cơ quan thực hiện -> lead",
        "Thời gian -> timeframe",
    ]  # fmt: skip


def test_papi_is_told_of_plans_for_it_alone():
    papi = ("PHỤ LỤC", "NÂNG CAO CHỈ SỐ PAPI NĂM 2024", "(Kèm theo Kế hoạch số 12/KH-UBND)")
    rows = (("I", "Sự tham gia của người dân ở cấp cơ sở", "", "", ""), FIRST)
    with_papi = plan_of(table(1, HEADER, *rows), outside={1: above(1, *papi)})
    assert with_papi.sections[0].papi_dimension == "1"
    assert with_papi.items[0].papi_dimension == "1"
    without = plan_of(table(1, HEADER, *rows), outside={1: above(1, *CAPTION)})
    assert without.sections[0].papi_dimension is None
    assert without.items[0].papi_dimension is None


def test_the_head_is_all_that_stands_before_the_first_table_also_on_pages_before():
    plan = plan_of(
        table(2, HEADER, FIRST, top=150),
        outside={
            1: above(1, "PHỤ LỤC I", "NHIỆM VỤ NĂM 2024", top=500),
            2: above(2, "PHỤ LỤC II", "SAU BẢNG", top=600),
        },
    )
    assert plan.document.title == "NHIỆM VỤ NĂM 2024"
    assert plan.document.year == 2024


def test_marks_in_columns_of_agencies_say_who_and_are_doubted():
    header = ("TT", "Nhiệm vụ", "Phòng Nội vụ", "Phòng Tư pháp", "Thời gian")
    rows = [
        ("1", "Rà soát quy chế dân chủ ở cơ sở.", "X", "", "Quý I"),
        ("2", "Niêm yết thủ tục hành chính.", "X", "X", "Quý II"),
        ("3", "Xây dựng kế hoạch tuyên truyền.", "", "", "Quý II"),
    ]
    plan = plan_of(table(1, header, *rows), outside={1: above(1, *CAPTION)})
    assert [[a.name for a in i.lead] for i in plan.items] == [
        ["Phòng Nội vụ"],
        ["Phòng Nội vụ", "Phòng Tư pháp"],
        [],
    ]
    flags = [set(i.flags) & {"agencies_by_marks", "no_lead"} for i in plan.items]
    assert flags == [{"agencies_by_marks"}, {"agencies_by_marks"}, {"no_lead"}]
    assert "unregistered_columns" not in plan.document.flags


@pytest.mark.parametrize(
    ("header", "items"),
    [
        (("~:", "/ỵNdg ,i", "", "v;w.", ".:gi"), 3),  # a seal lies over it
        (("Lô", "Hạng mục", "Tình trạng hồ sơ", "Nơi lưu", "Lần mượn"), 0),  # words, of no plan
    ],
)
def test_a_header_that_was_not_read_leaves_it_to_the_cells(header, items):
    third = ("3", "Một cửa", "Tổ chức đối thoại với người dân.", "UBND xã", "Quý III")
    plan = plan_of(table(1, header, FIRST, SECOND, third), outside={1: above(1, *CAPTION)})
    assert len(plan.items) == items
    assert all(d.score < 0.75 for d in plan.decisions if d.what == "header_drop")


def test_a_task_begins_and_ends_as_its_two_columns_say():
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian bắt đầu", "Thời gian kết thúc")
    rows = [
        ("1", "Rà soát quy chế dân chủ ở cơ sở.", "Phòng Nội vụ", "01/3/2024", "30/6/2024"),
        ("2", "Niêm yết thủ tục hành chính.", "Phòng Tư pháp", "", "Tháng 9/2024"),
    ]
    plan = plan_of(table(1, header, *rows), outside={1: above(1, *CAPTION)})
    times = [(i.timeframe.kind, i.timeframe.start, i.timeframe.end) for i in plan.items]
    assert times == [("period", "2024-03-01", "2024-06-30"), ("deadline", None, "2024-09-30")]
