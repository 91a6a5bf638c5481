"""Which of the lines that are drawn on a page a reader sees as rules."""

import pytest
from pikepdf import Array, Name

from pipeline.read.pdf.rules import read_rules
from tests.pipeline.read.pdf.drawn import Drawn

LINE = b" 100 700 m 300 700 l S "
THIN_BOX = b" 100 699 200 1.5 re f "


def drawn(content: bytes) -> Drawn:
    page = Drawn(content)
    page.page.MediaBox = Array([0, 0, 595, 842])
    return page


def rules(content: bytes):
    return [tuple(map(round, rule.box)) for rule in read_rules(drawn(content).read())]


def count(content: bytes) -> int:
    return len(rules(content))


@pytest.mark.parametrize("path", [LINE, THIN_BOX, b" 100 600 200 50 re S "])
def test_what_is_black_is_seen(path):
    assert count(path) == (4 if b"50 re" in path else 1)


@pytest.mark.parametrize("colour", [b"1 g 1 G", b"1 1 1 rg 1 1 1 RG", b"0 0 0 0 k 0 0 0 0 K"])
@pytest.mark.parametrize("path", [LINE, THIN_BOX, b" 100 600 200 50 re S "])
def test_what_has_the_papers_colour_is_none(colour, path):
    assert count(colour + path) == 0


def test_a_tint_of_a_spot_colour_is_not_taken_for_white():
    page = drawn(b"/Spot CS 1 SCN" + LINE)
    tint = page.pdf.make_stream(
        b"{0 0 0 4 -1 roll}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4
    )
    space = Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint])
    page.resource("ColorSpace", "Spot", page.pdf.make_indirect(space))
    assert len(read_rules(page.read())) == 1


def test_white_rules_on_coloured_cells_are_seen():
    cells = b"0.2 0.3 0.6 rg 100 650 100 50 re f 200 650 100 50 re f 100 700 200 50 re f 1 G"
    assert count(cells + LINE) == 1


def test_a_rule_in_the_colour_of_its_cell_is_none():
    assert count(b"0.2 0.3 0.6 rg 50 600 400 200 re f 0.2 0.3 0.6 RG" + LINE) == 0


def test_a_rule_that_was_painted_over_is_none():
    assert count(LINE + b"1 g 50 600 400 200 re f") == 0
    assert count(LINE + b"0.9 g 50 690 400 10 re f") == 1  # the shading of the cell below
    assert count(b"1 g 50 600 400 200 re f" + LINE) == 1


def test_a_rule_outside_of_the_clip_is_none():
    assert count(b"q 100 100 50 50 re W n" + LINE + b"Q") == 0
    assert count(b"q 100 650 250 100 re W n" + LINE + b"Q") == 1


def test_shading_is_none():
    assert count(b"0.8 g 100 600 200 50 re f") == 0
    strips = b"".join(b"100 %d 200 3 re f " % y for y in range(600, 630, 3))
    assert count(b"0.8 g " + strips) == 0


def test_double_rules_are_two():
    assert count(b"100 700 200 1 re f 100 702.5 200 1 re f ") == 2


def dots(along: range, at: float, size: float = 0.6) -> bytes:
    return b"".join(b"%d %.1f %.1f %.1f re f " % (x, at, size, size) for x in along)


def test_dots_drawn_one_by_one_are_a_rule():
    assert rules(dots(range(100, 301, 2), 700)) == [(100, 141, 301, 142)]


def test_dashes_and_round_dots():
    dashes = b"".join(b"%d 700 3 0.5 re f " % x for x in range(100, 300, 5))
    assert count(dashes) == 1
    upright = b"".join(b"100 %d 0.5 3 re f " % y for y in range(500, 700, 5))
    assert rules(upright) == [(100, 144, 100, 342)]
    short = b"".join(b"%d 700 m %d 700 l S " % (x, x + 2) for x in range(100, 300, 4))
    assert count(short) == 1


def test_white_dots_are_none():
    assert count(b"1 g " + dots(range(100, 301, 2), 700)) == 0


def test_a_few_dots_or_dots_far_apart_are_none():
    assert count(dots(range(100, 110, 2), 700)) == 0
    assert count(dots(range(100, 301, 10), 700)) == 0


def test_a_hatching_is_no_table():
    assert count(b"".join(dots(range(100, 161, 2), y) for y in range(600, 660, 2))) == 0


def pictures(*places: tuple[float, float, float, float]) -> int:
    page = drawn(b" ".join(b"q %g 0 0 %g %g %g cm /P Do Q" % (w, h, x, y) for x, y, w, h in places))
    page.resource("XObject", "P", page.picture())
    return len(read_rules(page.read()))


def test_a_picture_drawn_out_to_a_line_is_a_rule():
    assert pictures((100, 700, 300, 0.7), (100, 600, 0.7, 100.7)) == 2
    assert pictures((100, 700, 300, 50)) == 0


def test_strips_of_a_picture_are_none():
    assert pictures(*((100, 700 - 3 * i, 300, 3) for i in range(20))) == 0
    assert pictures(*((100 + 3 * i, 500, 3, 200) for i in range(20))) == 0


def cells_on(ground: bytes, *, width: float = 99) -> bytes:
    cells = (
        b"%g %g %g 29 re f " % (101 + 100 * c, 601 + 30 * r, width) for c in (0, 1) for r in (0, 1)
    )
    return ground + b" rg 100 600 201 61 re f 1 g " + b"".join(cells)


def test_the_ground_that_shows_between_light_cells_bounds_them():
    assert count(cells_on(b"0 0 0")) == 16
    assert count(cells_on(b"0.4 0.5 0.6")) == 16


def test_light_boxes_on_a_light_ground_or_far_apart_are_bounded_by_none():
    assert count(cells_on(b"0.9 0.9 0.9")) == 0
    assert count(cells_on(b"0 0 0", width=60)) == 0
