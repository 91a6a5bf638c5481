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


def level(y, x0, x1):
    return Box(x0, y - 0.5, x1, y + 0.5)


def upright(x, y0, y1):
    return Box(x - 0.5, y0, x + 0.5, y1)


def rules(xs, ys):
    """A whole table, its rules centred on its edges."""
    return [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def without(boxes, *gone):
    return [box for box in boxes if box not in gone]


@pytest.fixture(params=[1.0, 2.5], ids=["points", "pixels"])
def grids(request):
    """What is found among rules that are given in points, as if they were in pixels, too."""
    unit = request.param

    def find(boxes):
        scaled = [Box(*(v * unit for v in box)) for box in boxes]
        return [
            (
                [pytest.approx(x / unit) for x in grid.xs],
                [pytest.approx(y / unit) for y in grid.ys],
                {(c.row, c.col): c for c in grid.cells},
            )
            for grid in find_grids(scaled, unit)
        ]

    return find


PLAIN_XS, PLAIN_YS = [50, 100, 250, 400], [100, 130, 200, 260]
WHOLE = rules(PLAIN_XS, PLAIN_YS)


def shape(cells):
    return {place: (c.row_span, c.col_span) for place, c in cells.items()}


def test_edges_and_cells(grids):
    ((xs, ys, cells),) = grids(WHOLE)
    assert xs == PLAIN_XS
    assert ys == PLAIN_YS
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
    boxes = without(rules(PLAIN_XS, ys), upright(250, 100, 200))
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


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_table_open_at_one_end(grids, side):
    y = PLAIN_YS[0] if side == "top" else PLAIN_YS[-1]
    ((_, ys, cells),) = grids(without(WHOLE, level(y, 50, 400)))
    assert ys == PLAIN_YS
    row = 0 if side == "top" else 2
    ends = [(c.closed_top, c.closed_bottom) for (r, _), c in cells.items() if r == row]
    assert ends == [(False, True) if side == "top" else (True, False)] * 3


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_table_open_at_one_side(grids, side):
    x = 50 if side == "left" else 400
    ((xs, _, cells),) = grids(without(WHOLE, upright(x, 100, 260)))
    assert xs == PLAIN_XS
    assert len(cells) == 9


def test_one_rule_that_sticks_out_opens_nothing(grids):
    boxes = [*without(WHOLE, level(200, 50, 400)), level(200, 30, 415)]
    ((xs, _, _),) = grids(boxes)
    assert xs == PLAIN_XS


@pytest.mark.parametrize(("over", "rows"), [(15, 4), (25, 3)])
def test_a_fold_that_crosses_the_whole_table_is_no_rule(grids, over, rows):
    ((_, ys, _),) = grids([*WHOLE, level(165, 50 - over, 400 + over)])
    assert len(ys) - 1 == rows


def test_a_streak_out_on_one_side_only_is_a_rule(grids):
    ((xs, _, _),) = grids([*WHOLE, upright(300, 60, 260)])
    assert len(xs) == 5


def test_level_rules_alone(grids):
    ((xs, ys, cells),) = grids([level(y, 50, 360) for y in PLAIN_YS])
    assert xs == [50, 360]
    assert ys == PLAIN_YS
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
