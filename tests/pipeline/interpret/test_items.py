"""What an item says about how its text was read."""

import pytest
from msgspec.structs import replace

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.agency_columns import AgencyColumn
from pipeline.interpret.items import (
    Context,
    heading_of,
    item_of,
    line_limits,
    numbers_of,
    shares_number,
)
from pipeline.interpret.numbering import Number
from pipeline.interpret.roles import Column
from pipeline.stitch.rows import rows_of
from schemas.geometry import IDENTITY, Box
from schemas.page import Reread, TextLine, Word
from schemas.table import Cell, Piece, Row, RowJoin, Table
from tests.pipeline.stitch import printed
from tests.pipeline.stitch.printed import LEFT, UP, page_table

COLUMNS = (Column("title", "Nội dung", 1.0, ()), Column("tasks", "Nhiệm vụ", 1.0, ()))


def item(title, task, confidence):
    return item_of_cells(
        Cell(col, 1, (Piece(1, box, (TextLine(text, box, 1, confidence),)),))
        for col, (text, box) in enumerate(
            [(title, Box(0, 0, 100, 20)), (task, Box(100, 0, 300, 20))]
        )
    )


def item_of_lines(lines):
    return item_of_cells([Cell(1, 1, (Piece(1, Box(0, 0, 100, 40), lines),))])


def item_of_cells(cells):
    context = Context(
        COLUMNS, ({}, {}), {1: IDENTITY}, IssuerContext(), 2024, shipped_office().registry(), {}
    )
    return item_of(Row(tuple(cells)), Number("1"), context, ("i1", "a1", None))


@pytest.mark.parametrize(
    ("task", "confidence", "flagged"),
    [
        ("Thực hiện Nghị định 59/2023/NĐ-CP tại UBND xã", 0.95, False),
        ("Thực hiện Nghịđịnh 59/2023/NĐ-CP tại UBND xã", 0.95, True),
        ("Thực hiện Nghịđịnh 59/2023/NĐ-CP tại UBND xã", 1.0, False),
    ],
)
def test_words_that_cannot_be_are_flagged_where_an_ocr_read_them(task, confidence, flagged):
    made = item("Dân chủ ở cơ sở", task, confidence)
    assert ("words_doubtful" in made.flags) is flagged
    assert made.tasks == (task,)


def line(printed, read="", **reread):
    rereads = (Reread(**reread),) if reread else ()
    return TextLine(printed, Box(0, 0, 100, 20), 1, 0.9, read=read, rereads=rereads)


def test_what_was_mended_is_told_and_what_was_read_is_kept():
    lines = (
        line("kinh phí chi", "kinh phí chỉ", text="chi", other="chỉ", log_odds=5.0, mended=True),
        line("thường xuyên"),
    )
    made = item_of_lines(lines)
    fragment = made.fragments[0]
    assert (fragment.text, fragment.read) == (
        "kinh phí chi\nthường xuyên",
        "kinh phí chỉ\nthường xuyên",
    )
    (change,) = made.letters_mended
    assert (change.before, change.after, change.log_odds) == ("chỉ", "chi", 5.0)
    assert "letters_doubtful" not in made.flags


@pytest.mark.parametrize(
    ("mended", "log_odds", "doubtful"),
    [(False, 2.2, True), (False, 2.4, False), (True, 2.9, True), (True, 3.1, False)],
)
def test_a_word_is_in_doubt_where_its_other_reading_is_near(mended, log_odds, doubtful):
    reread = {"text": "năm", "other": "nắm", "log_odds": log_odds, "mended": mended}
    made = item_of_lines((line("khi năm được", "khi nắm được" if mended else "", **reread),))
    assert ("letters_doubtful" in made.flags) is doubtful
    assert bool(made.fragments[0].doubtful) is doubtful


def test_an_item_that_no_ocr_has_read_says_nothing_of_letters():
    text = item("Dân chủ ở cơ sở", "Thực hiện", 1.0).model_dump_json()
    assert not any(name in text for name in ("letters_mended", "doubtful", '"read"'))


ROLES = {
    "index": "TT", "title": "Nội dung", "tasks": "Nhiệm vụ", "lead": "Chủ trì",
    "partners": "Phối hợp", "lead_and_partners": "Phân công", "timeframe": "Thời gian",
    "deliverable": "Sản phẩm", "extra": "Ghi chú",
}  # fmt: skip


def context_of(*roles, limits=None, year=2024):
    columns = tuple(Column(role, ROLES[role], 1.0, ()) for role in roles)
    reach = limits or [{} for _ in roles]
    return Context(columns, reach, {1: IDENTITY, 2: IDENTITY}, IssuerContext(), year, REGISTRY, {})


REGISTRY = shipped_office().registry()
IDS = ("i1", "a1", "s1")


def made_of(cells, *, number=None):
    """The item of a row whose cells are given by role."""
    return item_of(printed.row(*cells.values()), number or Number("1"), context_of(*cells), IDS)


def test_dirt_in_times_is_left_out_and_told():
    words = (
        Word("Quý", Box(0, 0, 15, 10), 0.9),
        Word("II/2024", Box(20, 0, 55, 10), 0.9),
        Word("w", Box(95, 0, 100, 10), 0.2),
    )
    dirty = TextLine("Quý II/2024 w", Box(0, 0, 100, 10), 1, 0.9, words=words)
    cell = Cell(0, 1, (Piece(1, Box(0, 0, 100, 40), (dirty,)),))

    made = item_of(Row((cell,)), Number("1"), context_of("timeframe"), IDS)

    assert (made.timeframe.raw, made.timeframe.flags) == ("Quý II/2024", ())
    assert [(change.before, change.after) for change in made.letters_mended] == [("w", "")]


def test_every_column_by_its_role():
    made = made_of(
        {
            "index": "1",
            "title": "Dân chủ",
            "tasks": "Rà soát",
            "lead": "Sở Nội vụ",
            "partners": "Sở Tư pháp\nSở Y tế",
            "timeframe": "Quý I",
            "deliverable": "Báo cáo",
            "extra": "Gấp",
        }
    )
    assert (made.id, made.appendix_id, made.section_id, made.marker) == ("i1", "a1", "s1", "1")
    assert (made.title, made.tasks, made.lead_in) == ("Dân chủ", ("Rà soát",), None)
    assert [a.raw for a in made.lead] == ["Sở Nội vụ"]
    assert [a.raw for a in made.partners] == ["Sở Tư pháp", "Sở Y tế"]
    assert made.timeframe.end == "2024-03-31"
    assert made.deliverable == "Báo cáo"
    assert made.extra == {"Ghi chú": "Gấp"}
    assert [f.column for f in made.fragments][-1] == "Ghi chú"
    assert made.fragments[0].bbox == (4.0, 104.0, 104.0, 116.0)
    assert (made.confidence, made.flags, made.joins) == (1.0, (), ())


def test_both_roles_in_one_cell():
    made = made_of({"tasks": "x", "lead_and_partners": "Chủ trì: Sở Nội vụ; phối hợp: Sở Y tế"})
    assert [a.name for a in made.lead] == ["Sở Nội vụ"]
    assert [a.name for a in made.partners] == ["Sở Y tế"]


def test_marks_stand_beside_both_roles_in_one_cell():
    known = made_of({"tasks": "x", "lead": "Sở Tư pháp"}).lead
    context = context_of("tasks", "lead_and_partners", "extra")
    context = replace(context, marked={2: AgencyColumn(known, "partners")})
    made = item_of(printed.row("x", "Sở Nội vụ", "X"), Number("1"), context, IDS)
    assert [a.name for a in made.lead] == ["Sở Nội vụ"]
    assert [a.name for a in made.partners] == ["Sở Tư pháp"]
    assert "agencies_by_marks" in made.flags


@pytest.mark.parametrize(
    ("cells", "flag", "there"),
    [
        ({"tasks": "Rà soát", "lead": ""}, "no_lead", True),
        ({"tasks": "Rà soát", "lead_and_partners": ""}, "no_lead", True),
        ({"tasks": "Rà soát"}, "no_lead", False),
        ({"tasks": "Rà soát", "lead": "Sở Y tế"}, "no_lead", False),
        ({"title": "", "tasks": "", "lead": "Sở Y tế"}, "no_task", True),
        ({"title": "Dân chủ", "tasks": "", "lead": "Sở Y tế"}, "no_task", False),
    ],
)
def test_what_an_item_lacks(cells, flag, there):
    assert (flag in made_of(cells).flags) is there


@pytest.mark.parametrize(
    ("begin", "end", "raw"),
    [("01/3/2024", "30/6/2024", "Từ 01/3/2024 đến 30/6/2024"), ("Quý I/2024", LEFT, "Quý I/2024")],
)
def test_begin_and_end_are_one_time_and_one_cell_over_both_is_its_own(begin, end, raw):
    names = (("tasks", "Nhiệm vụ"), ("timeframe", "Bắt đầu"), ("extra", "Kết thúc"))
    columns = tuple(Column(role, name, 1.0, ()) for role, name in names)
    context = replace(context_of("tasks", "timeframe", "extra"), columns=columns)
    made = item_of(printed.row("Rà soát", begin, end), Number("1"), context, IDS)
    assert made.timeframe.raw == raw


def test_mended_numbers_and_inferred_cells_are_flagged():
    assert "marker_mended" in made_of({"tasks": "x"}, number=Number("2", mended=True)).flags
    assert "marker_mended" not in made_of({"tasks": "x"}).flags
    plain = printed.row("1", "x")
    carried = Row((replace(plain.cells[0], inferred=True), plain.cells[1]))
    context = context_of("index", "tasks")
    assert "cells_carried_over" in item_of(carried, Number("1"), context, IDS).flags
    assert "cells_carried_over" not in item_of(plain, Number("1"), context, IDS).flags


def read_at(sure, text="Rà soát", joins=()):
    box = Box(0, 0, 100, 20)
    lines = (TextLine(text, box, 1, sure),)
    row = Row((Cell(0, 1, (Piece(1, box, lines),)),), joins)
    return item_of(row, Number("1"), context_of("tasks"), IDS)


@pytest.mark.parametrize(("sure", "low"), [(0.79, True), (0.8, False), (0.9, False)])
def test_low_confidence(sure, low):
    made = read_at(sure)
    assert ("low_confidence" in made.flags) is low
    assert made.confidence == sure


def test_an_item_is_as_sure_as_its_weakest_join():
    joins = (RowJoin(2, 0.7, ("x",)), RowJoin(3, 0.6, ("y",)))
    made = read_at(0.95, joins=joins)
    assert made.confidence == 0.6
    assert [(j.page, j.score, j.reasons) for j in made.joins] == [
        (2, 0.7, ("x",)), (3, 0.6, ("y",)),
    ]  # fmt: skip


def test_confidence_is_weighed_by_letters():
    box = Box(0, 0, 100, 20)
    cells = [
        Cell(col, 1, (Piece(1, box, (TextLine(text, box, 1, sure),)),))
        for col, (text, sure) in enumerate((("abcd", 0.9), ("ef", 0.6)))
    ]
    made = item_of(Row(tuple(cells)), Number("1"), context_of("title", "tasks"), IDS)
    assert made.confidence == 0.8
    assert [f.confidence for f in made.fragments] == [0.9, 0.6]


def test_headers_that_occur_twice_are_numbered():
    columns = tuple(Column("extra", name, 1.0, ()) for name in ("Cây", "Cây", ""))
    context = Context(columns, [{}, {}, {}], {1: IDENTITY}, IssuerContext(), 2024, REGISTRY, {})
    made = item_of(printed.row("a", "b", "c"), Number("1"), context, IDS)
    assert made.extra == {"Cây": "a", "Cây (2)": "b", "column 3": "c"}


@pytest.mark.parametrize(
    ("cells", "number", "marker", "title", "tasks"),
    [
        ({"title": "a) Dân chủ", "tasks": "x"}, Number(""), "a", "Dân chủ", ("x",)),
        ({"title": "a) Dân chủ", "tasks": "x"}, Number("1"), "1", "a) Dân chủ", ("x",)),
        ({"title": "#ø) Dân chủ", "tasks": "x"}, Number("g", True), "g", "Dân chủ", ("x",)),
        ({"title": "e) Dân chủ", "tasks": "x"}, Number("g", True), "g", "Dân chủ", ("x",)),
        ({"title": "Dân chủ"}, Number("1"), "1", "Dân chủ", ()),
        ({"tasks": "2. Rà soát"}, Number(""), "2", "", ("Rà soát",)),
        ({"tasks": "Rà soát"}, Number(""), "", "", ("Rà soát",)),
        (
            {"tasks": "Dân chủ:\n- Rà soát;\n- Họp"},
            Number("1"),
            "1",
            "Dân chủ",
            ("Rà soát;", "Họp"),
        ),
        ({"tasks": "2. Dân chủ:\n- Rà soát"}, Number(""), "2", "Dân chủ", ("Rà soát",)),
        ({"tasks": ""}, Number(""), "", "", ()),
    ],
)
def test_where_marker_and_title_stand(cells, number, marker, title, tasks):
    made = made_of(cells, number=number)
    assert (made.marker, made.title, made.tasks) == (marker, title, tasks)


@pytest.mark.parametrize(
    ("texts", "number", "found"),
    [
        (("I", "KINH TẾ"), Number("I"), ("I", "KINH TẾ")),
        (("", "I. KINH TẾ"), Number(""), ("I", "KINH TẾ")),
        (("", "III KINH TẾ"), Number(""), ("III", "KINH TẾ")),
        (("", "KINH TẾ"), Number(""), ("", "KINH TẾ")),
        (("", "VỊI. KINH TẾ"), Number("VII", True), ("VII", "KINH TẾ")),
        (("VỊ", "KINH TẾ"), Number("VI", True), ("VI", "KINH TẾ")),
        (("D", 'KINH TẾ "¬.'), Number("D"), ("D", "KINH TẾ")),
        (("", "IIL. Dữ liệu số"), Number(""), ("III", "Dữ liệu số")),
        (("", "II, Cải cách thể chế"), Number(""), ("II", "Cải cách thể chế")),
    ],
)
def test_headings(texts, number, found):
    assert heading_of(printed.row(*texts), number, context_of("index", "tasks")) == found


def numbered(*rows, roles=("index", "tasks"), headings=None):
    made = tuple(printed.row(*texts) for texts in rows)
    columns = [Column(role, "", 1.0, ()) for role in roles]
    edges = tuple(100.0 * i for i in range(len(roles) + 1))
    flags = headings or (False,) * len(made)
    return [n.label for n in numbers_of(Table(edges, (), made, flags, ()), columns)]


def test_numbers_are_those_of_their_column_else_left_to_the_text():
    assert numbered(("1.", "a"), ("2)", "b"), ("", "c")) == ["1", "2", ""]
    assert numbered(("1. a",), ("2. b",), roles=("tasks",)) == ["", ""]


def test_lines_reach_as_far_as_the_longest_of_their_page():
    rows = (printed.row("a", "b"), printed.row("c", LEFT), printed.row("d", "e", page=2))
    table = Table((0.0, 100.0, 200.0), (), rows, (False,) * 3, ())
    assert line_limits(table) == [{1: 104.0, 2: 104.0}, {1: 204.0, 2: 204.0}]


def test_rows_whose_number_is_one_merged_cell_share_it():
    columns = [Column(role, "", 1.0, ()) for role in ("index", "tasks")]
    edges = (0.0, 100.0, 200.0)
    merged = rows_of(page_table(1, ("1", "a"), (UP, "b"), ("2", "b"), edges=edges))
    assert shares_number(merged[0], merged[1], columns)
    assert not shares_number(merged[1], merged[2], columns)
    unnumbered = [Column(role, "", 1.0, ()) for role in ("title", "tasks")]
    assert not shares_number(merged[0], merged[1], unnumbered)


def test_names_stand_one_a_line_unless_one_is_cut():
    made = made_of({"tasks": "x", "lead": "Sở Nội vụ\nSở Y tế\nSở Tư pháp"})
    assert [a.raw for a in made.lead] == ["Sở Nội vụ", "Sở Y tế", "Sở Tư pháp"]
    cut = made_of({"tasks": "x", "lead": "Văn phòng HĐND-\nUBND"})
    assert [a.raw for a in cut.lead] == ["Văn phòng HĐND-UBND"]


@pytest.mark.parametrize(
    ("label", "tasks", "doubted"),
    [("", "Tổng cộng:", True), ("", "Tổng hợp số liệu", False), ("5", "Tổng cộng", False)],
)
def test_a_row_of_sums_is_no_task(label, tasks, doubted):
    made = made_of({"tasks": tasks, "extra": "360"}, number=Number(label))
    assert ("no_task" in made.flags) is doubted
