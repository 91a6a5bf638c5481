"""Column edges of several pages: how they lie over each other, which count, what is laid over."""

import pytest

from pipeline.stitch.columns import (
    EDGE_TOLERANCE,
    Registration,
    agreement,
    common_edges,
    impose,
    register,
)
from schemas.geometry import Box
from schemas.page import Page, Word
from tests.pipeline.stitch.printed import EDGES, LEFT, page_table

ROW = ("1", "a", "b", "c")


def part(*edges, page=1, rows=1):
    return page_table(page, *[("x",) * (len(edges) - 1)] * rows, edges=edges)


def moved(by, edges=EDGES):
    return tuple(x + by for x in edges)


def test_pages_of_one_width_are_scaled_onto_each_other():
    found = register(part(10, 210, 310), part(50, 252, 353))  # 300 and 303 wide
    assert found.scale == pytest.approx(1.01)
    assert found.forward(10) == pytest.approx(50)
    assert found.forward(310) == pytest.approx(353)
    assert found.backward(252) == pytest.approx(210)


@pytest.mark.parametrize(("width", "scaled"), [(103.0, True), (97.0, True), (104.0, False)])
def test_up_to_three_in_a_hundred_is_one_width(width, scaled):
    found = register(part(0, 40, width), part(0, 40, 100))
    assert (found.scale != 1.0) is scaled


def test_a_part_that_lacks_a_side_is_shifted_to_where_most_edges_meet():
    lacking = part(*moved(13, EDGES[1:]))
    assert register(lacking, part(*EDGES)) == Registration(1.0, -13.0)


def test_of_two_shifts_under_which_as_many_meet_the_nearer_counts():
    assert register(part(0, 100), part(20, 120, 220, 320)) == Registration(1.0, 20.0)


@pytest.mark.parametrize(
    ("off", "common"),
    [(0.0, 1.0), (EDGE_TOLERANCE, 1.0), (EDGE_TOLERANCE + 0.5, 0.8), (-EDGE_TOLERANCE - 1, 0.8)],
)
def test_edges_meet_within_seven_points(off, common):
    assert EDGE_TOLERANCE == 7.0
    edges = (EDGES[0], EDGES[1], EDGES[2] + off, EDGES[3], EDGES[4])
    assert agreement(part(*edges), part(*EDGES)) == pytest.approx(common)


def test_agreement_is_the_share_of_both_parts_edges():
    assert agreement(part(*EDGES), part(*EDGES)) == 1.0
    assert agreement(part(50, 520), part(*EDGES)) == pytest.approx(2 * 2 / 7)
    assert agreement(part(50, 120, 300, 460, 520), part(*EDGES)) == pytest.approx(0.4)


def test_agreement_does_not_see_where_on_the_page_a_table_stands():
    assert agreement(part(*moved(25)), part(*EDGES)) == 1.0


def test_the_part_with_most_rows_of_the_usual_number_of_columns_is_the_reference():
    few, many = part(*EDGES, page=1, rows=2), part(*moved(3), page=2, rows=3)
    reference, edges = common_edges([few, many])
    assert reference is many
    assert edges == pytest.approx(moved(3))


def test_of_equal_parts_the_first_is_the_reference():
    first, second = part(*EDGES, page=1), part(*EDGES, page=2)
    assert common_edges([first, second])[0] is first
    assert common_edges([second, first])[0] is first


def test_a_part_of_another_number_of_columns_is_no_reference_however_long():
    usual = [part(*EDGES, page=page, rows=3) for page in (1, 2)]
    other = part(50, 520, page=3, rows=4)
    assert common_edges([*usual, other])[0] is usual[0]


def test_an_edge_that_few_rows_show_does_not_count():
    streak = part(50, 80, 150, 230, 400, 520, page=2, rows=2)
    _, edges = common_edges([part(*EDGES, rows=3), streak])
    assert edges == pytest.approx(EDGES)


def test_where_just_half_of_the_rows_show_an_edge_the_reference_decides():
    other = part(50, 120, 300, 460, 520, page=2, rows=3)
    reference, edges = common_edges([part(*EDGES, rows=3), other])
    assert reference.page == 1
    assert edges == pytest.approx(EDGES)


def test_an_edge_that_one_page_lost_still_counts():
    lacking = part(50, 80, 230, 520, page=2, rows=2)
    _, edges = common_edges([part(*EDGES, rows=3), lacking])
    assert edges == pytest.approx(EDGES)


def test_edges_are_weighed_by_rows():
    near = (50, 80, 234, 400, 520)
    _, edges = common_edges([part(*EDGES, rows=3), part(*near, page=2, rows=1)])
    assert edges == pytest.approx((50, 80, 231, 400, 520))


def test_edges_further_apart_than_the_tolerance_are_two():
    far = (50, 80, 238, 400, 520)
    _, edges = common_edges([part(*EDGES, rows=3), part(*far, page=2, rows=1)])
    assert edges == pytest.approx(EDGES)


def words(*texts):
    return tuple(Word(text, Box(x0, top, x1, top + 12)) for text, x0, x1, top in texts)


def page(*texts):
    return Page(1, 600, 800, words(*texts), (), "text_layer")


def imposed(given, *texts, edges=EDGES):
    return impose(page(*texts), given, part(*EDGES, rows=9), edges)


def shown(table):
    return {(c.row, c.col, c.row_span, c.col_span): c.piece.text for c in table.cells}


def test_a_page_that_shows_all_edges_is_given_back():
    given = part(*moved(4))
    assert imposed(given) is given


def test_a_row_without_its_edges_is_cut_where_they_are_elsewhere():
    given = page_table(1, ("x", "x", "x", "x"), edges=EDGES)
    lost = page_table(1, ("x",), edges=(50.0, 520.0))
    found = imposed(lost, ("1", 60, 66, 104), ("cây", 90, 110, 104), ("xã", 410, 430, 110))
    assert shown(found) == {
        (0, 0, 1, 1): "1", (0, 1, 1, 1): "cây", (0, 2, 1, 1): "", (0, 3, 1, 1): "xã",
    }  # fmt: skip
    assert found.col_edges == pytest.approx(EDGES)
    assert [c.piece.box for c in found.cells] == [pytest.approx(c.piece.box) for c in given.cells]
    assert found.row_edges == lost.row_edges
    assert found.page == 1


def test_words_across_an_edge_keep_their_cell_whole():
    lost = page_table(1, ("x",), edges=(50.0, 520.0))
    found = imposed(lost, ("dài", 200, 300, 104), ("xã", 410, 430, 104))
    assert shown(found) == {
        (0, 0, 1, 1): "", (0, 1, 1, 2): "dài", (0, 3, 1, 1): "xã",
    }  # fmt: skip


@pytest.mark.parametrize(("x0", "x1"), [(225, 230.5), (229.5, 240)])
def test_a_word_that_touches_an_edge_is_not_across(x0, x1):
    lost = page_table(1, ("x",), edges=(50.0, 520.0))
    assert len(imposed(lost, ("chạm", x0, x1, 104)).cells) == 4


def test_a_cell_that_spans_an_edge_which_its_page_shows_stays_whole():
    given = page_table(
        1,
        ("1", "a", LEFT, LEFT),
        ("2", "b", "c", "d"),
        edges=(50.0, 95.0, 230.0, 400.0, 520.0),
    )
    found = imposed(given, ("cả", 100, 120, 104), ("hai", 100, 120, 144))
    assert shown(found)[0, 1, 1, 3] == "cả"
    assert shown(found)[1, 1, 1, 1] == "hai"
    assert len(found.cells) == 6


def test_cells_beside_an_edge_too_many_are_put_together():
    given = page_table(1, ("1", "a", "b", "c", "d"), edges=(50.0, 80.0, 150.0, 230.0, 400.0, 520.0))
    found = imposed(given, ("trồng", 100, 140, 104), ("rừng", 160, 200, 104), ("xã", 240, 260, 104))
    assert shown(found) == {
        (0, 0, 1, 1): "", (0, 1, 1, 1): "trồng rừng", (0, 2, 1, 1): "xã", (0, 3, 1, 1): "",
    }  # fmt: skip


def test_cells_merged_downward_stay_so():
    given = page_table(1, ("1", "a", "b"), ("^", "c", "d"), edges=(50.0, 80.0, 230.0, 520.0))
    found = imposed(given, ("1", 60, 66, 104))
    assert (0, 0, 2, 1) in shown(found)
    assert len(found.cells) == 7


def test_a_narrower_page_is_laid_at_its_own_place():
    given = part(*moved(20, EDGES[1:]), rows=2)
    found = imposed(given)
    assert found.col_edges == pytest.approx(moved(20))
    assert found.box.x0 == pytest.approx(70)
    assert found.box.x1 == pytest.approx(540)
    assert {c.col for c in found.cells} == {1, 2, 3}


def test_whether_rules_are_drawn_is_kept():
    lost = page_table(1, ("x",), edges=(50.0, 520.0))
    assert all(c.piece.closed_top and c.piece.closed_bottom for c in imposed(lost).cells)
