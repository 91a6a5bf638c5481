"""Rules into the edges and cells of grids."""

import pytest

from pipeline.tables.grid import find_grids
from schemas.geometry import Box
from tests.pipeline.tables.drawn import WHOLE, XS, YS, level, ruled, rules, shape, upright, without


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


def test_gaps_in_a_rule_are_bridged():
    rules = [box for box in ruled(XS, YS) if box.top != 130 or box.width < 2]
    rules += [Box(50, 130, 180, 131), Box(187, 130, 400, 131)]
    (grid,) = find_grids(rules)
    assert len(grid.cells) == 9


def test_one_row_is_a_table():
    (grid,) = find_grids(ruled(XS, (40, 55)))
    assert len(grid.cells) == 3


def test_edges_and_cells(grids):
    ((xs, ys, cells),) = grids(WHOLE)
    assert xs == XS
    assert ys == YS
    assert shape(cells) == {(r, c): (1, 1) for r in range(3) for c in range(3)}
    assert list(cells) == sorted(cells)


@pytest.mark.parametrize(("off", "edges"), [(3.0, 4), (4.5, 5)])
def test_rules_within_four_points_are_one_edge(grids, off, edges):
    boxes = [*WHOLE, upright(250 + off, 130, 200)]
    ((xs, _, _),) = grids(boxes)
    assert len(xs) == edges


def test_an_edge_lies_between_the_rules_that_make_it(grids):
    boxes = without(WHOLE, upright(250, 100, 260))
    ((xs, _, cells),) = grids([*boxes, upright(249, 100, 170), upright(251.8, 190, 260)])
    assert xs == [50, 100, 250.4, 400]
    assert len(cells) == 9


@pytest.mark.parametrize(("gap", "pieces"), [(8.5, 9), (9.5, 9), (40.0, 8)])
def test_gaps_of_a_rule(grids, gap, pieces):
    broken = [upright(250, 100, 140), upright(250, 140 + gap, 260)]
    ((_, _, cells),) = grids([*without(WHOLE, upright(250, 100, 260)), *broken])
    assert len(cells) == pieces


@pytest.mark.parametrize(("touch", "found"), [(3.5, 1), (5.0, 0)])
def test_rules_that_come_within_four_points_meet(grids, touch, found):
    boxes = [
        level(100, 50 + touch, 400), level(130, 50 + touch, 400),
        upright(50, 100 + touch, 130 - touch), upright(400 + touch, 100 + touch, 130 - touch),
    ]  # fmt: skip
    ruled = [grid for grid in grids(boxes) if len(grid[0]) == 2 and len(grid[2]) == 1]
    widths = [float(grid[0][0].expected) for grid in ruled]
    assert (50.0 in widths) is bool(found)


@pytest.mark.parametrize(
    ("width", "height", "tables"),
    [(61, 11, 1), (59, 30, 0), (200, 9, 0), (200, 11, 1)],
)
def test_the_smallest_table(grids, width, height, tables):
    assert len(grids(rules([50, 50 + width], [100, 100 + height]))) == tables


def test_two_tables_of_a_page_come_from_top_to_bottom(grids):
    lower = rules([50, 200, 400], [500, 540])
    found = grids([*lower, *WHOLE])
    assert [len(xs) for xs, _, _ in found] == [4, 3]


def test_tables_abreast_come_from_left_to_right(grids):
    found = grids([*rules([300, 400], [100, 140]), *rules([50, 150, 200], [100, 140])])
    assert [len(xs) for xs, _, _ in found] == [3, 2]


@pytest.mark.parametrize(("share", "spans"), [(0.65, 1), (0.55, 2)])
def test_six_tenths_of_an_edge_must_be_drawn(grids, share, spans):
    rows = [upright(250, 100, 130), upright(250, 200, 260)]
    part = upright(250, 130, 130 + 70 * share)
    ((_, _, cells),) = grids([*without(WHOLE, upright(250, 100, 260)), *rows, part])
    # A rule of 9 points or less is bridged; the rest of 70 points is white.
    assert cells[1, 1].col_span == spans


@pytest.mark.parametrize(("bare", "spans"), [(2.0, 1), (5.0, 2)])
def test_an_upright_edge_of_a_low_row_must_be_drawn_to_its_ends(grids, bare, spans):
    ys = [100, 120, 200]
    boxes = without(rules(XS, ys), upright(250, 100, 200))
    ((_, _, cells),) = grids([*boxes, upright(250, 100 + bare, 200)])
    assert cells[0, 1].col_span == spans


def test_of_a_level_edge_that_is_drawn_in_part_both_cells_tell(grids):
    boxes = without(WHOLE, level(130, 50, 400))
    ((_, _, cells),) = grids([*boxes, level(130, 50, 250)])
    assert shape(cells)[0, 2] == (2, 1)
    assert cells[0, 2].closed_top
    assert cells[0, 2].closed_bottom
    assert (cells[0, 0].closed_top, cells[0, 0].closed_bottom) == (True, True)


def test_a_block_merged_both_ways(grids):
    boxes = without(WHOLE, level(200, 50, 400), upright(250, 100, 260))
    boxes += [level(200, 50, 100), upright(250, 100, 130)]
    ((_, _, cells),) = grids(boxes)
    assert shape(cells) == {
        (0, 0): (1, 1), (0, 1): (1, 1), (0, 2): (1, 1),
        (1, 0): (1, 1), (1, 1): (2, 2), (2, 0): (1, 1),
    }  # fmt: skip
    assert cells[1, 1].box.height > cells[1, 0].box.height


def test_an_upright_rule_within_stops_a_merge(grids):
    boxes = without(WHOLE, level(200, 50, 400), upright(250, 100, 260))
    boxes += [level(200, 50, 100), upright(250, 100, 130), upright(250, 200, 260)]
    ((_, _, cells),) = grids(boxes)
    assert shape(cells)[1, 1] == (1, 2)
    assert shape(cells)[2, 1] == (1, 1)
    assert not cells[1, 1].closed_bottom
