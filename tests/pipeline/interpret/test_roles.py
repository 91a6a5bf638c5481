"""Roles of columns whose header was not understood."""

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.roles import column_roles, role_decisions
from schemas.geometry import Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row, Table

DISTRICT = IssuerContext(level="district", unit="huyện Chi Lăng", province="Lạng Sơn", issued=None)


def row(*texts):
    cells = []
    for col, text in enumerate(texts):
        box = Box(100 * col, 0, 100 * col + 90, 20)
        lines = (TextLine(text, box, 1),) if text else ()
        cells.append(Cell(col, 1, (Piece(1, box, lines),)))
    return Row(tuple(cells))


def roles(header, *rows):
    table = Table(
        col_edges=tuple(100.0 * i for i in range(len(header) + 1)),
        header=(row(*header),),
        rows=tuple(row(*each) for each in rows),
        headings=(False,) * len(rows),
        parts=(),
    )
    return [column.role for column in column_roles(table, DISTRICT, shipped_office().registry())]


TASK = "Tuyên truyền, phổ biến pháp luật cho người dân tại cơ sở"
ROWS = [
    ("1", "Cải cách thủ tục", TASK, "Phòng Nội vụ", "Quý I/2024"),
    ("2", "Chuyển đổi số", TASK, "Phòng Tư pháp", "Quý II/2024"),
]


def test_a_column_of_words_before_the_tasks_is_the_title():
    header = ("TT", "A»n=. ##", "Nhiệm vụ cụ thể", "Chủ trì", "Thời gian")
    assert roles(header, *ROWS) == ["index", "title", "tasks", "lead", "timeframe"]


def test_a_column_of_codes_before_the_tasks_is_not():
    header = ("TT", "A»n=. ##", "Nhiệm vụ cụ thể", "Chủ trì", "Thời gian")
    coded = [(a, f"X{a}", *rest) for a, _, *rest in ROWS]
    assert roles(header, *coded)[1] == "extra"


def columns(header, *rows):
    table = Table(
        col_edges=tuple(100.0 * i for i in range(len(header) + 1)),
        header=(row(*header),),
        rows=tuple(row(*each) for each in rows),
        headings=(False,) * len(rows),
        parts=(),
    )
    return column_roles(table, DISTRICT, shipped_office().registry())


def test_headers_decide_and_say_by_which_phrase():
    found = columns(("TT", "Nội dung", "Nhiệm vụ", "Chủ trì", "Thời gian"), *ROWS)
    assert [c.role for c in found] == ["index", "title", "tasks", "lead", "timeframe"]
    assert found[3].reasons == ("header: chủ trì",)
    assert found[3].score == 1.0
    assert found[1].name == "Nội dung"


def test_of_two_columns_of_one_role_the_first_keeps_it():
    found = columns(
        ("TT", "Nhiệm vụ", "Chủ trì", "Cơ quan chủ trì"), ("1", TASK, "Phòng Nội vụ", "x")
    )
    assert [c.role for c in found] == ["index", "tasks", "lead", "extra"]
    assert found[3].reasons == ("header: cơ quan chủ trì; role_taken",)


def test_a_third_column_of_content_is_extra():
    header = ("TT", "Nội dung", "Nhiệm vụ", "Giải pháp", "Chủ trì")
    assert roles(header, ("1", "a", TASK, TASK, "Phòng Nội vụ")) == [
        "index", "title", "tasks", "extra", "lead",
    ]  # fmt: skip


def test_cells_speak_for_columns_whose_header_is_unknown():
    found = columns(
        ("Cây", "Nhiệm vụ", "Con", "Gió", "Mây"),
        *[
            (str(i), TASK, "Phòng Nội vụ", "Phòng Tư pháp", f"Quý {q}/2024")
            for i, q in ((1, "I"), (2, "II"), (3, "III"))
        ],
    )
    assert [c.role for c in found] == ["index", "tasks", "lead", "partners", "timeframe"]
    assert found[2].reasons == ("cells_say_lead",)
    assert found[4].score == 0.6


def test_six_cells_in_ten_must_speak():
    def role(agencies):
        rows = [(str(i), TASK, "Phòng Nội vụ" if i < agencies else "lúa nương") for i in range(10)]
        return roles(("TT", "Nhiệm vụ", "Cây"), *rows)[2]

    assert role(6) == "lead"
    assert role(5) == "extra"


def test_an_empty_column_has_no_role():
    assert roles(("TT", "Nhiệm vụ", "Cây"), ("1", TASK, "")) == ["index", "tasks", "extra"]


def test_long_texts_are_tasks_whatever_their_header():
    short = "Xã Vân Thủy"
    found = columns(("TT", "Cây", "Con", "Chủ trì"), ("1", short, TASK * 2, "Phòng Nội vụ"))
    assert [c.role for c in found] == ["index", "title", "tasks", "lead"]
    assert found[2].reasons == ("long_text",)
    assert found[1].reasons == ("before_tasks",)


def test_without_any_content_the_longest_texts_are_it():
    found = roles(("TT", "Cây", "Con"), ("1", "lúa", "bò sữa"))
    assert found == ["index", "extra", "tasks"]


def test_a_column_behind_the_tasks_is_no_title():
    found = roles(("TT", "Nhiệm vụ", "Cây trồng", "Chủ trì"), ("1", TASK, "lúa nương rẫy", "x"))
    assert found == ["index", "tasks", "extra", "lead"]


BOTH = "Chủ trì: Phòng Nội vụ; phối hợp: Công an"


def test_cells_that_name_both_roles_hold_both():
    header = ("TT", "Nhiệm vụ", "Đơn vị thực hiện")
    assert roles(header, ("1", TASK, BOTH), ("2", TASK, BOTH), ("3", TASK, "Công an"))[2] == (
        "lead_and_partners"
    )
    assert roles(header, ("1", TASK, BOTH), ("2", TASK, "Công an"))[2] == "lead"
    found = columns(header, ("1", TASK, BOTH))
    assert found[2].reasons == ("header: đơn vị thực hiện; cells_say_both",)


def test_labels_are_roles_or_for_the_rest_headers():
    found = columns(("TT", "Nhiệm vụ", "Cây"), ("1", TASK, "lúa"))
    assert [c.label for c in found] == ["index", "tasks", "Cây"]
    assert columns(("TT", "Nhiệm vụ", ""), ("1", TASK, "lúa"))[2].label == "extra"


def test_the_names_of_a_deep_header_are_parted():
    table = Table(
        col_edges=(0.0, 100.0, 200.0),
        header=(row("Cơ quan", "Thời gian"), row("Chủ trì", "")),
        rows=(row("Phòng Nội vụ", "Quý I"),),
        headings=(False,),
        parts=(),
    )
    found = column_roles(table, DISTRICT, shipped_office().registry())
    assert [c.name for c in found] == ["Cơ quan / Chủ trì", "Thời gian"]


def test_decisions_for_the_record():
    made = role_decisions(columns(("TT", "Nhiệm vụ", ""), ("1", TASK, "lúa")), 4)
    assert [(d.page, d.taken) for d in made] == [(4, True), (4, True), (4, False)]
    assert made[0].reasons == ("TT -> index", "header: tt")
    assert made[2].reasons == ("? -> extra", "header_unknown")
    assert made[0].score == 1.0
