"""Plans as a matrix: agencies head columns, and marks say who does what."""

import pytest
from msgspec.structs import replace

from pipeline.agencies import shipped_office
from pipeline.agencies.match.choice import IssuerContext
from pipeline.correct.told import TOLD
from pipeline.interpret.agency_columns import agencies_of, agency_columns, without_roles
from pipeline.interpret.roles import column_roles
from pipeline.settings import Settings
from pipeline.stitch import stitch
from schemas.page import Page
from tests.pipeline.stitch.printed import LEFT, UP, page_table

ISSUER = IssuerContext(level="district", unit="huyện Chi Lăng", province="Lạng Sơn")
TASK = "Rà soát, công bố thủ tục hành chính nội bộ"


def matrix(*rows, over="Đơn vị thực hiện", names=("Phòng Nội vụ", "Phòng Tư pháp", "Công an")):
    edges = tuple(50.0 + 80 * i for i in range(7))
    upper = ("TT", "Nội dung nhiệm vụ", over, LEFT, LEFT, "Thời gian")
    body = [(str(i), TASK, *marks, "Quý I") for i, marks in enumerate(rows, 1)]
    table = page_table(1, upper, (UP, UP, *names, UP), *body, edges=edges)
    (whole,), _ = stitch([Page(1, 600, 800, (), (), "text_layer")], [table], {}, Settings())
    registry = shipped_office().registry(ISSUER.unit, ISSUER.province)
    columns = column_roles(whole, ISSUER, registry)
    return whole, columns, agency_columns(whole, columns, ISSUER, registry)


def parts(*rows, **how):
    whole, _, marked = matrix(*rows, **how)
    return [
        tuple([a.name or a.raw for a in side] for side in agencies_of(row, marked))
        for row in whole.rows
    ]


def test_marks_give_the_agencies_of_their_columns():
    assert parts(("X", "", "x"), ("", "v", "")) == [
        (["Phòng Nội vụ", "Công an"], []),
        (["Phòng Tư pháp"], []),
    ]


def test_the_header_above_or_the_mark_itself_says_which_part():
    assert parts(("X", "X", ""), over="Cơ quan phối hợp") == [
        ([], ["Phòng Nội vụ", "Phòng Tư pháp"])
    ]
    assert parts(("CT", "PH", "X"), over="Phân công") == [
        (["Phòng Nội vụ", "Công an"], ["Phòng Tư pháp"])
    ]


def test_a_column_beside_them_is_one_too_though_its_name_is_not_known():
    names = ("Phòng Nội vụ", "Phòng Tư pháp", "Tổ 35")
    assert parts(("X", "", ""), ("", "X", "X"), names=names) == [
        (["Phòng Nội vụ"], []),
        (["Phòng Tư pháp", "Tổ 35"], []),
    ]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (("X", "5", "3"), ("Phòng Nội vụ", "Phòng Tư pháp", "Công an")),  # figures
        (("X", "X", "X"), ("Đạt", "Chưa đạt", "Ghi chú")),  # grades
        (("X", "X", "X"), ("Phòng Nội vụ", "Quý I", "Quý II")),  # one alone
        (("", "", ""), ("Phòng Nội vụ", "Phòng Tư pháp", "Công an")),
    ],
)
def test_other_columns_are_none(row, names):
    _, _, marked = matrix(row, names=names)
    assert marked == {}


def flat(*names):
    """The columns of a table whose header has one row, each of them marked."""
    edges = tuple(50.0 + 80 * i for i in range(len(names) + 3))
    rows = [("TT", "Nội dung nhiệm vụ", *names), ("1", TASK, *["X"] * len(names))]
    table = page_table(1, *rows, edges=edges)
    (whole,), _ = stitch([Page(1, 600, 800, (), (), "text_layer")], [table], {}, Settings())
    registry = shipped_office().registry(ISSUER.unit, ISSUER.province)
    return whole, column_roles(whole, ISSUER, registry), registry


def test_without_a_header_over_them_other_marks_are_none():
    whole, columns, registry = flat("Phòng Nội vụ", "Công an", "Hoàn thành")
    assert set(agency_columns(whole, columns, ISSUER, registry)) == {2, 3}


def test_a_column_that_a_person_named_holds_what_they_said():
    whole, columns, registry = flat("Phòng Nội vụ", "Công an", "Phòng Tư pháp")
    columns[4] = replace(columns[4], reasons=TOLD)
    assert set(agency_columns(whole, columns, ISSUER, registry)) == {2, 3}


def test_columns_of_marks_have_no_role():
    _, columns, marked = matrix(("X", "", "X"), ("X", "X", ""))
    roles = [column.role for column in without_roles(columns, marked)]
    assert roles == ["index", "tasks", "extra", "extra", "extra", "timeframe"]
    assert without_roles(columns, {}) == columns
