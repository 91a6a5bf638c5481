"""Missing edges from where text stands."""

from itertools import pairwise

import pytest

from pipeline.tables.borderless import column_edges, with_columns, with_edges, with_rows
from pipeline.tables.grid import Grid, GridCell
from schemas.geometry import Box

EXTENT = (0.0, 300.0)
ROW = [(5.0, 20.0), (40.0, 90.0), (95.0, 120.0), (200.0, 280.0)]


def one_column(*ys, extent=EXTENT):
    cells = tuple(
        GridCell(i, 0, 1, 1, Box(extent[0], a, extent[1], b), True, True)
        for i, (a, b) in enumerate(pairwise(ys))
    )
    return Grid(extent, ys, cells)


def test_columns_part_in_the_middle_of_shared_white():
    # White from 20 to 40, 90 to 95 and 120 to 200; to the point, the ends of words included.
    assert column_edges([ROW] * 4, EXTENT) == pytest.approx((0, 30.5, 160.5, 300))


def test_pixels_give_the_same_edges_as_points():
    scaled = [[(2 * a, 2 * b) for a, b in ROW]] * 4
    assert column_edges(scaled, (0, 600), 2.0) == pytest.approx((0, 61, 321, 600))


def test_an_extent_that_begins_elsewhere():
    moved = [[(a + 50, b + 50) for a, b in ROW]] * 4
    assert column_edges(moved, (50, 350)) == pytest.approx((50, 80.5, 210.5, 350))


def test_three_columns_are_needed():
    assert column_edges([[(5, 20), (40, 90)]] * 4, EXTENT) is None
    assert column_edges([], EXTENT) is None
    assert column_edges([[], []], EXTENT) is None


@pytest.mark.parametrize(("white", "columns"), [(4.0, 2), (8.0, 3)])
def test_white_of_five_points_parts_columns(white, columns):
    row = [(5.0, 50.0), (100.0, 150.0), (150.0 + white, 280.0)]
    found = column_edges([row] * 4, EXTENT)
    assert (len(found) - 1 if found else 2) == columns


def test_white_at_the_rim_parts_nothing():
    row = [(13.0, 14.0), (40.0, 90.0), (120.0, 200.0), (292.0, 294.0)]
    assert column_edges([row] * 4, EXTENT) == pytest.approx((0, 27.5, 105.5, 300))
    wider = [(13.0, 14.0), (40.0, 90.0), (120.0, 200.0), (284.0, 294.0)]
    assert column_edges([wider] * 4, EXTENT) == pytest.approx((0, 27.5, 105.5, 242.5, 300))
    narrow = [(2.0, 5.0), (13.0, 90.0), (120.0, 200.0), (250.0, 294.0)]
    assert column_edges([narrow] * 4, EXTENT) == pytest.approx((0, 105.5, 225.5, 300))


@pytest.mark.parametrize(("crossing", "parted"), [(1, True), (2, False)])
def test_a_quarter_of_the_rows_may_run_across(crossing, parted):
    across = [(5.0, 20.0), (40.0, 280.0)]
    rows = [ROW] * (4 - crossing) + [across] * crossing
    found = column_edges(rows, EXTENT)
    assert (found is not None) is parted


def test_rows_of_one_stretch_tell_nothing_where_others_do():
    assert column_edges([ROW, [(5, 290)], [(5, 290)], [(5, 290)]], EXTENT) is not None
    assert column_edges([[(5, 290)]] * 4, EXTENT) is None


def test_words_are_one_stretch_up_to_the_space_between_them():
    spaced = [(5, 20), (40, 60), (64.4, 90), (200, 280)]
    assert column_edges([spaced] * 4, EXTENT) == pytest.approx((0, 30.5, 145.5, 300))


XS = (0.0, 30.0, 160.0, 300.0)


def boxes(grid):
    return [(c.row, c.col, c.col_span, tuple(c.box)) for c in grid.cells]


def test_text_across_an_edge_keeps_its_cell_whole():
    grid = one_column(0.0, 20.0, 40.0)
    found = with_edges(grid, XS, [[(5, 20), (40, 90)], [(5, 20), (40, 200)]])
    assert boxes(found) == [
        (0, 0, 1, (0, 0, 30, 20)), (0, 1, 1, (30, 0, 160, 20)), (0, 2, 1, (160, 0, 300, 20)),
        (1, 0, 1, (0, 20, 30, 40)), (1, 1, 2, (30, 20, 300, 40)),
    ]  # fmt: skip
    assert found.xs == XS
    assert found.ys == grid.ys
    assert all(c.closed_top and c.closed_bottom and c.row_span == 1 for c in found.cells)


def test_words_that_only_together_cross_an_edge_cross_it():
    found = with_edges(one_column(0.0, 20.0), XS, [[(40, 158), (162, 200)]])
    assert [c.col_span for c in found.cells] == [1, 2]
    found = with_edges(one_column(0.0, 20.0), XS, [[(40, 157), (162, 200)]])
    assert [c.col_span for c in found.cells] == [1, 1, 1]


def test_a_grid_with_its_own_columns_or_none():
    grid = one_column(0.0, 20.0, 40.0)
    assert with_columns(grid, [ROW, ROW]).xs == pytest.approx((0, 30.5, 160.5, 300))
    assert with_columns(grid, [[(5, 290)], [(5, 290)]]) is None


def ruled(*ys, spans=()):
    cells = []
    for r in range(len(ys) - 1):
        for c in range(2):
            down = dict(spans).get((r, c), 1)
            box = Box(100.0 * c, ys[r], 100.0 * c + 100, ys[r + down])
            cells.append(GridCell(r, c, down, 1, box, r % 2 == 0, r % 2 == 1))
    return Grid((0.0, 100.0, 200.0), ys, tuple(cells))


def test_a_row_is_divided_at_the_heights_within_it():
    found = with_rows(ruled(0.0, 20.0, 60.0, 80.0), 1, [10.0, 30.0, 45.0, 60.0])
    assert found.ys == (0.0, 20.0, 30.0, 45.0, 60.0, 80.0)
    assert [(c.row, c.box.top, c.box.bottom) for c in found.cells if c.col == 1] == [
        (0, 0, 20), (1, 20, 30), (2, 30, 45), (3, 45, 60), (4, 60, 80),
    ]  # fmt: skip
    assert all(c.box.x0 == 100 and c.box.x1 == 200 for c in found.cells if c.col == 1)


def test_only_the_outer_edges_of_a_divided_row_are_as_they_were():
    found = with_rows(ruled(0.0, 20.0, 60.0, 80.0), 1, [30.0, 45.0])
    closed = [(c.closed_top, c.closed_bottom) for c in found.cells if c.col == 0]
    assert closed == [
        (True, False), (False, True), (True, True), (True, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize("at", [(0, 0), (1, 0)])
def test_where_a_cell_is_merged_over_the_row_its_rows_are_ruled_after_all(at):
    cells = tuple(c for c in ruled(0.0, 20.0, 60.0, 80.0, spans=[(at, 2)]).cells)
    grid = Grid((0.0, 100.0, 200.0), (0.0, 20.0, 60.0, 80.0), cells)
    assert with_rows(grid, 1, [30.0]) is grid


def test_cells_merged_elsewhere_do_not_matter():
    grid = ruled(0.0, 20.0, 60.0, 80.0, 100.0, spans=[((2, 0), 2)])
    found = with_rows(grid, 1, [30.0])
    assert len(found.ys) == 6
    assert (3, 0, 2) in {(c.row, c.col, c.row_span) for c in found.cells}


def test_numbers_are_narrower_than_their_column():
    header, body = (
        [(3.0, 21.0), (33.0, 110.0), (233.0, 290.0)],
        [(3.0, 8.0), (33.0, 221.0), (233.0, 290.0)],
    )
    found = column_edges([header, *[body] * 5], EXTENT)
    assert found == pytest.approx((0, 27.5, 227.5, 300), abs=1)
