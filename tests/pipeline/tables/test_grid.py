"""Rules into grids."""

import pytest

from pipeline.tables.grid import find_grids
from schemas.geometry import Box


def ruled(xs, ys, *, thick=1.0):
    level = [Box(xs[0], y, xs[-1], y + thick) for y in ys]
    upright = [Box(x, ys[0], x + thick, ys[-1]) for x in xs]
    return level + upright


XS, YS = (50, 100, 250, 400), (100, 130, 200, 260)


def test_a_plain_table():
    (grid,) = find_grids(ruled(XS, YS))
    assert len(grid.cells) == 9
    assert grid.xs == pytest.approx([x + 0.5 for x in XS])
    assert all(c.closed_top and c.closed_bottom for c in grid.cells)


def test_pixels_give_the_same_grid_as_points():
    scale = 200 / 72
    scaled = [Box(*(v * scale for v in box)) for box in ruled(XS, YS)]
    (grid,) = find_grids(scaled, unit=scale)
    assert [v / scale for v in grid.xs] == pytest.approx(find_grids(ruled(XS, YS))[0].xs)


def test_a_cell_merged_across():
    rules = [box for box in ruled(XS, YS) if not (box.width < 2 and box.x0 in (100, 250))]
    rules += [Box(x, y0, x + 1, y1) for x in (100, 250) for y0, y1 in ((100, 130), (200, 260))]
    (grid,) = find_grids(rules)
    spans = {(c.row, c.col): c.col_span for c in grid.cells}
    assert spans[1, 0] == 3
    assert spans[0, 0] == spans[2, 0] == 1


def test_a_cell_merged_downward():
    rules = [box for box in ruled(XS, YS) if box.top != 200 or box.width < 2]
    rules.append(Box(100, 200, 400, 201))
    (grid,) = find_grids(rules)
    spans = {(c.row, c.col): c.row_span for c in grid.cells}
    assert spans[1, 0] == 2
    assert (2, 0) not in spans


def test_a_streak_down_the_page_is_no_edge():
    (grid,) = find_grids([*ruled(XS, YS), Box(300, 5, 301, 800)])
    assert len(grid.xs) == len(XS)


def test_a_table_that_is_open_at_the_foot():
    rules = [box for box in ruled(XS, YS) if box.top != 260]
    (grid,) = find_grids(rules)
    assert len(grid.ys) == len(YS)
    assert not any(c.closed_bottom for c in grid.cells if c.row == 2)


def test_gaps_in_a_rule_are_bridged():
    rules = [box for box in ruled(XS, YS) if box.top != 130 or box.width < 2]
    rules += [Box(50, 130, 180, 131), Box(187, 130, 400, 131)]
    (grid,) = find_grids(rules)
    assert len(grid.cells) == 9


def test_one_row_is_a_table():
    (grid,) = find_grids(ruled(XS, (40, 55)))
    assert len(grid.cells) == 3


def test_short_lines_that_do_not_meet_are_no_table():
    assert find_grids([Box(50, 100, 200, 101), Box(50, 200, 200, 201)]) == []


def test_level_rules_of_one_length_bound_rows_of_one_column():
    (grid,) = find_grids([Box(50, y, 400, y + 1) for y in YS])
    assert len(grid.xs) == 2
    assert len(grid.cells) == 3


def test_upright_rules_of_one_length_bound_columns_of_one_row():
    (grid,) = find_grids([Box(x, 100, x + 1, 300) for x in (50, 100, 250, 400)])
    assert len(grid.xs) == 4
    assert len(grid.ys) == 2


def test_outer_borders_that_are_not_drawn():
    inner = [box for box in ruled(XS, YS) if box.width > 2 or box.x0 in XS[1:-1]]
    (grid,) = find_grids(inner)
    assert grid.xs == pytest.approx([50, 100.5, 250.5, 400])
    assert len(grid.cells) == 9


def test_neither_head_nor_foot_is_drawn():
    inner = [box for box in ruled(XS, YS) if box.width < 2 or box.top in YS[1:-1]]
    (grid,) = find_grids(inner)
    assert grid.ys == pytest.approx([100, 130.5, 200.5, 260])


def test_a_border_around_the_page_hides_no_table():
    frames = [rule for gap in (20, 23) for rule in ruled((gap, 595 - gap), (gap, 842 - gap))]
    assert find_grids([*ruled(XS, YS), *frames]) == find_grids(ruled(XS, YS))


def test_a_small_table_in_a_cell_is_no_table_of_its_own():
    nested = ruled((110, 170, 240), (140, 160, 190))
    (grid,) = find_grids([*ruled(XS, YS), *nested])
    assert len(grid.cells) == 9
