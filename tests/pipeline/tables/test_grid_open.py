"""Grids of which rules are missing: open at a side, or rules of one direction alone."""

import pytest

from pipeline.tables.grid import find_grids
from schemas.geometry import Box
from tests.pipeline.tables.drawn import WHOLE, XS, YS, level, ruled, shape, upright, without


def test_a_table_that_is_open_at_the_foot():
    rules = [box for box in ruled(XS, YS) if box.top != 260]
    (grid,) = find_grids(rules)
    assert len(grid.ys) == len(YS)
    assert not any(c.closed_bottom for c in grid.cells if c.row == 2)


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


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_table_open_at_one_end(grids, side):
    y = YS[0] if side == "top" else YS[-1]
    ((_, ys, cells),) = grids(without(WHOLE, level(y, 50, 400)))
    assert ys == YS
    row = 0 if side == "top" else 2
    ends = [(c.closed_top, c.closed_bottom) for (r, _), c in cells.items() if r == row]
    assert ends == [(False, True) if side == "top" else (True, False)] * 3


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_table_open_at_one_side(grids, side):
    x = 50 if side == "left" else 400
    ((xs, _, cells),) = grids(without(WHOLE, upright(x, 100, 260)))
    assert xs == XS
    assert len(cells) == 9


def test_level_rules_alone(grids):
    ((xs, ys, cells),) = grids([level(y, 50, 360) for y in YS])
    assert xs == [50, 360]
    assert ys == YS
    assert [(c.row, c.col, c.row_span, c.col_span) for c in cells.values()] == [
        (i, 0, 1, 1) for i in range(3)
    ]
    assert all(c.closed_top and c.closed_bottom for c in cells.values())


@pytest.mark.parametrize(
    ("boxes", "tables"),
    [
        ([level(100, 50, 340), level(200, 50, 340)], 0),  # 290 wide
        ([level(100, 50, 355), level(200, 50, 355)], 1),
        ([level(100, 50, 400)], 0),
        ([level(100, 50, 400), level(108, 50, 400)], 0),  # 8 high
        ([level(100, 50, 400), level(200, 57, 393)], 1),
        ([level(100, 50, 400), level(200, 59, 400)], 0),  # begin 9 points apart
        ([level(100, 50, 400), level(200, 50, 391)], 0),
    ],
)
def test_which_level_rules_alone_are_a_table(grids, boxes, tables):
    assert len(grids(boxes)) == tables


def test_level_rules_alone_span_the_widest(grids):
    ((xs, _, _),) = grids([level(100, 50, 400), level(150, 53, 404), level(200, 47, 398)])
    assert xs == [47, 404]


def test_level_rules_of_two_widths_are_two_tables(grids):
    narrow = [level(y, 60, 380) for y in (300, 340)]
    wide = [level(y, 30, 420) for y in (100, 140, 180)]
    assert [len(ys) for _, ys, _ in grids([*narrow, *wide])] == [3, 2]


def test_upright_rules_alone(grids):
    ((xs, ys, cells),) = grids([upright(x, 100, 300) for x in (50, 100, 250, 400)])
    assert xs == [50, 100, 250, 400]
    assert ys == [100, 300]
    assert not any(c.closed_top or c.closed_bottom for c in cells.values())


@pytest.mark.parametrize(
    ("xs", "tables"),
    [((50, 100, 400), 0), ((50, 100, 250, 345), 0), ((50, 100, 250, 355), 1)],
)
def test_four_upright_rules_over_a_tables_width_are_needed(grids, xs, tables):
    assert len(grids([upright(x, 100, 300) for x in xs])) == tables


def test_short_upright_strokes_make_no_table(grids):
    assert grids([upright(x, 100, 109) for x in (50, 100, 250, 400)]) == []


def test_a_heading_that_interrupts_upright_rules_parts_rows(grids):
    xs = (50, 100, 200, 300, 400)
    boxes = [upright(x, 100, 180) for x in xs] + [upright(x, 220, 300) for x in xs[1:4]]
    boxes += [upright(x, 180, 300) for x in (50, 400)]
    ((_, ys, cells),) = grids(boxes)
    assert ys == [100, 180, 220, 300]
    assert shape(cells)[1, 0] == (1, 4)
    assert cells[0, 0].closed_bottom
    assert not cells[0, 0].closed_top


def test_upright_rules_far_below_are_another_table(grids):
    xs = (50, 100, 250, 400)
    boxes = [upright(x, y, y + 100) for x in xs for y in (100, 400)]
    assert [[y.expected for y in ys] for _, ys, _ in grids(boxes)] == [[100, 200], [400, 500]]
