"""Cells merged downward that a page break parts."""

import pytest

from pipeline.stitch.carry import carry_over, merging_columns
from pipeline.stitch.rows import cell_text, rows_of, texts_of
from tests.pipeline.stitch.printed import LEFT, UP, page_table, row

EDGES = (0.0, 100.0, 200.0, 300.0)


def printed(page, *rows):
    return rows_of(page_table(page, *rows, edges=EDGES))


def carried(above, below, *, row_goes_on=False, merging=()):
    return carry_over(above, below, row_goes_on=row_goes_on, merging=frozenset(merging))


def column(rows, col):
    return [texts_of(row, 3)[col] for row in rows]


ABOVE = printed(1, ("1", "Dân chủ", "Rà soát."), ("2", UP, "Cấp thẻ."))
BELOW = printed(2, ("3", "", "Niêm yết."), ("4", UP, "Đối thoại."))


def test_a_merged_cell_that_goes_on_empty_stands_in_every_row_of_both_pages():
    above, below = carried(ABOVE, BELOW)
    assert column(above, 1) == column(below, 1) == ["Dân chủ"] * 2
    assert column(above, 0) + column(below, 0) == ["1", "2", "3", "4"]
    assert not any(cell.inferred for row in [*above, *below] for cell in row.cells)


def test_merged_on_one_side_is_enough():
    once = printed(2, ("3", "", "Niêm yết."))
    assert column(carried(ABOVE, once)[1], 1) == ["Dân chủ"]
    alone = printed(1, ("2", "Dân chủ", "Cấp thẻ."))
    assert column(carried(alone, BELOW)[1], 1) == ["Dân chủ"] * 2


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Dân chủ", "ở cơ sở", "Dân chủ ở cơ sở"),
        ("Dân chủ và", "Công khai", "Dân chủ và Công khai"),
        ("Dân chủ,", "Công khai", "Dân chủ, Công khai"),
    ],
)
def test_a_text_that_runs_on_is_put_together_in_every_row(first, second, whole):
    above = printed(1, ("1", first, "Rà soát."), ("2", UP, "Cấp thẻ."))
    below = printed(2, ("3", second, "Niêm yết."), ("4", UP, "Đối thoại."))
    above, below = carried(above, below)
    assert column(above, 1) == column(below, 1) == [whole] * 2


def test_another_text_begins_a_cell_of_its_own():
    below = printed(2, ("3", "Công khai", "Niêm yết."), ("4", UP, "Đối thoại."))
    above, below = carried(ABOVE, below)
    assert column(above, 1) == ["Dân chủ"] * 2
    assert column(below, 1) == ["Công khai"] * 2


@pytest.mark.parametrize(
    ("beside", "doubted"),
    [
        (("Niêm yết.", UP), True),
        (("Niêm yết.", "Đối thoại."), False),  # not merged as deep
        (("và niêm yết.", UP), False),  # goes on as well
    ],
)
def test_an_empty_cell_is_doubted_where_one_merged_alike_begins_anew(beside, doubted):
    below = printed(2, ("3", "", beside[0]), ("4", UP, beside[1]))
    _, below = carried(printed(1, ("1", "Dân chủ", "Rà soát")), below)
    assert column(below, 1) == ["Dân chủ"] * 2
    assert [row.cells[1].inferred for row in below] == [doubted] * 2


@pytest.mark.parametrize(
    ("below", "row_goes_on"),
    [
        ((("3", "", "Niêm yết."),), False),  # one row: nothing is merged beside it
        ((("", "", "Niêm yết."), ("4", UP, UP)), True),
    ],
)
def test_an_empty_cell_is_sure_where_nothing_merged_begins_anew(below, row_goes_on):
    _, rows = carried(ABOVE, printed(2, *below), row_goes_on=row_goes_on)
    assert column(rows, 1) == ["Dân chủ"] * len(below)
    assert not any(cell.inferred for row in rows for cell in row.cells)


def test_where_the_row_itself_goes_on_its_merged_cells_do():
    below = printed(2, ("", "Công khai", "xã."), ("3", UP, "Đối thoại."))
    above, below = carried(ABOVE, below, row_goes_on=True)
    assert column(above, 1) == column(below, 1) == ["Dân chủ Công khai"] * 2


ALONE = [row("1", "Dân chủ", "Rà soát.")]
EMPTY = [row("2", "", "Cấp thẻ.")]


def test_single_rows_carry_nothing_over_but_in_columns_that_merge():
    assert column(carried(ALONE, EMPTY)[1], 1) == [""]
    above, below = carried(ALONE, EMPTY, merging={1})
    assert column(below, 1) == ["Dân chủ"]
    assert [cell.inferred for cell in below[0].cells] == [False, True, False]
    assert not any(cell.inferred for cell in above[0].cells)


def test_nothing_is_inferred_where_the_row_goes_on_or_another_text_stands():
    assert column(carried(ALONE, EMPTY, merging={1}, row_goes_on=True)[1], 1) == [""]
    other = [row("2", "Công khai", "Cấp thẻ.")]
    assert column(carried(ALONE, other, merging={1})[1], 1) == ["Công khai"]


def test_an_empty_cell_above_gives_nothing():
    above = printed(1, ("1", "", "Rà soát."), ("2", UP, "Cấp thẻ."))
    assert column(carried(above, BELOW)[1], 1) == ["", ""]


def test_cells_of_other_columns_do_not_face():
    below = [row("3", LEFT, "Niêm yết.", merged=(0,))]
    assert column(carried(ABOVE, below)[1], 0) == ["3"]


def test_only_cells_of_one_column_show_where_a_table_merges():
    rows = printed(1, ("1", "a", "b"), (UP, "c", "d"))
    assert merging_columns(rows) == {0}
    wide = printed(1, ("a", LEFT, "b"), (UP, UP, "d"))
    assert merging_columns(wide) == set()
    assert cell_text(wide[1].cells[0]) == "a"
