"""Rules that are no edges, or make no table: borders, streaks, seals, lines under words."""

import pytest

from pipeline.tables.grid import find_grids
from schemas.geometry import Box
from tests.pipeline.tables.drawn import WHOLE, XS, YS, level, ruled, rules, upright, without


def test_a_streak_down_the_page_is_no_edge():
    (grid,) = find_grids([*ruled(XS, YS), Box(300, 5, 301, 800)])
    assert len(grid.xs) == len(XS)


@pytest.mark.parametrize(("top", "bottom"), [(5, 99), (261, 800)])
def test_a_streak_that_ends_at_the_table_is_no_edge(top, bottom):
    streak = Box(45.7, top, 46.7, bottom)  # just too far out for an edge of the table
    assert find_grids([*ruled(XS, YS), streak]) == find_grids(ruled(XS, YS))


def test_a_border_around_the_page_hides_no_table():
    frames = [rule for gap in (20, 23) for rule in ruled((gap, 595 - gap), (gap, 842 - gap))]
    assert find_grids([*ruled(XS, YS), *frames]) == find_grids(ruled(XS, YS))


def test_a_small_table_in_a_cell_is_no_table_of_its_own():
    nested = ruled((110, 170, 240), (140, 160, 190))
    (grid,) = find_grids([*ruled(XS, YS), *nested])
    assert len(grid.cells) == 9


def test_one_rule_that_sticks_out_opens_nothing(grids):
    boxes = [*without(WHOLE, level(200, 50, 400)), level(200, 30, 415)]
    ((xs, _, _),) = grids(boxes)
    assert xs == XS


@pytest.mark.parametrize(("over", "rows"), [(15, 4), (25, 3)])
def test_a_fold_that_crosses_the_whole_table_is_no_rule(grids, over, rows):
    ((_, ys, _),) = grids([*WHOLE, level(165, 50 - over, 400 + over)])
    assert len(ys) - 1 == rows


def test_a_streak_out_on_one_side_only_is_a_rule(grids):
    ((xs, _, _),) = grids([*WHOLE, upright(300, 60, 260)])
    assert len(xs) == 5


def test_a_frame_within_a_cell_is_no_table(grids):
    frame = rules([270, 350], [140, 190])
    assert len(grids([*WHOLE, *frame])) == 1


def test_a_table_beside_is_one_though_it_is_smaller(grids):
    beside = rules([420, 520], [140, 190])
    assert len(grids([*WHOLE, *beside])) == 2


def test_a_seal_over_cells_makes_no_edges():
    ring = [Box(310, 130, 340, 132), Box(310, 230, 340, 232), Box(268, 150, 270, 200)]
    star = [Box(310, 170, 340, 172), Box(320, 170, 322, 205), Box(330, 170, 332, 205)]
    assert find_grids([*ruled(XS, YS), *ring, *star]) == find_grids(ruled(XS, YS))


def test_an_edge_that_bounds_no_cell_is_none():
    piece = Box(100, 170, 150, 171)  # from an upright rule, but a third of the cell
    also = Box(330, 130, 331, 150)
    grid, *_ = find_grids([*ruled(XS, YS), piece, also])
    assert len(grid.cells) == 9


def test_short_rules_that_lead_from_rule_to_rule_bound_cells():
    divided = [Box(50, 160, 101, 161), Box(300, 100, 301, 131)]
    (grid,) = find_grids([*ruled(XS, YS), *divided])
    assert len(grid.cells) == 11


def test_lines_under_words_of_several_columns_cut_no_row():
    underlines = [Box(104, 160, 246, 161), Box(254, 160.5, 330, 161.5)]
    assert find_grids([*ruled(XS, YS), *underlines]) == find_grids(ruled(XS, YS))


def test_a_broken_rule_that_crosses_an_upright_one_cuts_rows():
    broken = [Box(60, 160, 120, 161), Box(130, 160, 240, 161)]
    (grid,) = find_grids([*ruled(XS, YS), *broken])
    assert len(grid.ys) == 5


@pytest.mark.parametrize(("below", "rows"), [(4.5, 3), (5.5, 3), (6.5, 4)])
def test_a_short_line_close_by_a_rule_bounds_no_row(grids, below, rows):
    """The heads of capitals in a row look like a rule, and leave no room for text above them."""
    ((_, ys, _),) = grids([*WHOLE, level(YS[1] + below, XS[1], XS[-1])])
    assert len(ys) == rows + 1
    assert ys[1] == YS[1]
