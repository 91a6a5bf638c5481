"""Roles of columns whose header was not understood."""

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.roles import column_roles
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
