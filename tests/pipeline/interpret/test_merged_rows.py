"""Rows that differ in their tasks alone are one item."""

import pytest

from pipeline.interpret.merged_rows import with_whole_items
from pipeline.interpret.roles import Column
from pipeline.stitch.rows import rows_of, texts_of
from schemas.table import Table
from tests.pipeline.stitch.printed import UP, page_table

ROLES = ("index", "title", "tasks", "lead", "timeframe")
COLUMNS = [Column(role, role, 1.0, ("header: x",)) for role in ROLES]
FIRST = ("1", "Dân chủ", "Rà soát", "Phòng Nội vụ", "Quý I")


def whole(*printed, headings=None):
    edges = tuple(100.0 * i for i in range(6))
    part = page_table(1, *printed, edges=edges)
    rows = tuple(rows_of(part))
    table = Table(edges, (), rows, headings or (False,) * len(rows), (part,))
    made = with_whole_items(table, COLUMNS)
    assert len(made.rows) == len(made.headings)
    return made


def texts(table):
    return [texts_of(row, 5) for row in table.rows]


def test_rows_that_differ_in_their_tasks_alone_are_one():
    made = whole(
        FIRST, (UP, UP, "Cấp thẻ", UP, UP), (UP, UP, "Họp", UP, UP), ("2", "b", "c", "d", "e")
    )
    assert texts(made) == [
        ["1", "Dân chủ", "Rà soát Cấp thẻ Họp", "Phòng Nội vụ", "Quý I"],
        ["2", "b", "c", "d", "e"],
    ]


def test_each_row_begins_a_task():
    (row,) = whole(FIRST, (UP, UP, "Cấp thẻ", UP, UP)).rows
    assert [line.hard for line in row.cells[2].lines] == [False, True]


@pytest.mark.parametrize(
    "second",
    [
        (UP, UP, "Cấp thẻ", "Công an", UP),  # its own agency
        (UP, UP, "Cấp thẻ", UP, "Quý II"),  # its own time
        (UP, UP, "Cấp thẻ", UP, ""),
        ("2", UP, "Cấp thẻ", UP, UP),
        ("2", "Khác", "Cấp thẻ", UP, UP),  # neither number nor title is merged
        ("1", "Dân chủ", "Cấp thẻ", "Phòng Nội vụ", "Quý I"),  # the same texts, and no merged cell
    ],
)
def test_rows_with_anything_of_their_own_stay_apart(second):
    assert len(whole(FIRST, second).rows) == 2


def test_columns_that_are_empty_in_both_do_not_part_them():
    first = ("1", "Dân chủ", "Rà soát", "", "Quý I")
    assert len(whole(first, (UP, UP, "Cấp thẻ", "", UP)).rows) == 1
    assert len(whole(first, (UP, UP, "Cấp thẻ", "Công an", UP)).rows) == 2


def test_where_number_and_title_are_empty_nothing_is_one():
    assert len(whole(("", "", "a", "Phòng", "Quý I"), (UP, UP, "b", UP, UP)).rows) == 2


def test_headings_stay_what_they_are():
    made = whole(FIRST, (UP, UP, "Cấp thẻ", UP, UP), headings=(True, False))
    assert made.headings == (True, False)
    made = whole(FIRST, (UP, UP, "Cấp thẻ", UP, UP), headings=(False, True))
    assert len(made.rows) == 2


def test_a_merged_task_is_not_repeated():
    assert len(whole(FIRST, (UP, UP, UP, UP, UP)).rows) == 2
