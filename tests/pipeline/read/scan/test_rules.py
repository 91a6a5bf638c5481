"""Rules of a scanned page: drawn, dotted and faint, and what only looks like one."""

import cv2
import numpy as np
import pytest

from pipeline.read.scan.faint_rules import faint_rules
from pipeline.read.scan.rules import find_rules, without_rules

from .test_pixels import SCALE, page, with_table, with_text


def test_rules_are_found_and_text_is_not():
    drawn = find_rules(with_text(with_table(page())), SCALE)
    level = sorted(round(b.center[1]) for b in drawn.boxes if b.width > b.height)
    upright = sorted(round(b.center[0]) for b in drawn.boxes if b.width < b.height)
    assert level == pytest.approx([140, 400, 700], abs=3)
    assert upright == pytest.approx([100, 350, 900], abs=3)


def test_text_alone_has_no_rules():
    assert find_rules(with_text(page()), SCALE).boxes == ()


def test_rules_are_painted_out_and_text_stays():
    grey = with_table(page())
    ink_of_table = (grey < 128).sum()
    with_text(grey, lines=3)
    bare = without_rules(grey, find_rules(grey, SCALE))
    left = (bare < 128).sum()
    assert left > 0.9 * ((grey < 128).sum() - ink_of_table)
    assert left < (grey < 128).sum() - 0.9 * ink_of_table


def dotted(grey, start, end, *, darkness=120, pitch=4):
    """A dotted line, as it is after a scan: dots of one pixel, a little blurred."""
    canvas = np.full_like(grey, 255)
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    for i in range(0, steps, pitch):
        x = start[0] + (end[0] - start[0]) * i // steps
        y = start[1] + (end[1] - start[1]) * i // steps
        canvas[y : y + 2, x : x + 2] = 255 - darkness
    return np.minimum(grey, cv2.GaussianBlur(canvas, (0, 0), 0.8))


def with_dotted_table(grey, xs=(100, 350, 900), ys=(140, 434, 704), **how):
    for y in ys:
        grey = dotted(grey, (xs[0], y), (xs[-1], y), **how)
    for x in xs:
        grey = dotted(grey, (x, ys[0]), (x, ys[-1]), **how)
    return grey


@pytest.mark.parametrize("darkness", [255, 160, 110])
def test_dotted_rules_are_found_however_faint(darkness):
    text = with_text(page(), lines=12, left=365)
    text[:, 880:] = 255  # the words end before the column does
    drawn = find_rules(with_dotted_table(text, darkness=darkness), SCALE)
    level = sorted(b.center[1] for b in drawn.boxes if b.width > b.height)
    upright = sorted(b.center[0] for b in drawn.boxes if b.width < b.height)
    assert level == pytest.approx([140, 434, 704], abs=5)
    assert upright == pytest.approx([100, 350, 900], abs=5)


def test_dots_to_write_on_are_no_rule():
    grey = dotted(with_text(page(), lines=3), (120, 600), (820, 600), darkness=255)
    assert find_rules(grey, SCALE).boxes == ()


def test_an_upright_rule_ends_where_letters_of_a_heading_stand_on_the_edge():
    grey = page()
    for y in (140, 400, 445, 700):
        cv2.line(grey, (100, y), (900, y), 0, 3)
    for x in (100, 350, 900):
        cv2.line(grey, (x, 140), (x, 400), 0, 3)
        cv2.line(grey, (x, 445), (x, 700), 0, 3)
    cv2.line(grey, (350, 400), (350, 430), 0, 4)  # the stem of a letter
    boxes = [b for b in find_rules(grey, SCALE).boxes if abs(b.center[0] - 350) < 5]
    assert all(b.bottom <= 405 or b.top >= 440 for b in boxes)


@pytest.mark.parametrize(("foot", "word_space"), [(8, 4), (10, 6), (12, 5), (14, 4)])
def test_the_feet_of_wide_letters_are_no_faint_rule(foot, word_space):
    """Within a letter it is white over its foot, as it is over a rule."""
    grey = np.full((120, 420), 255, np.uint8)
    space = 3 if foot == 12 else 2
    x, letters = 30, 0
    while x < 390:
        grey[58:60, x : x + foot] = 195
        for stem in (x, x + foot - 2):
            grey[50:58, stem : stem + 2] = 195
        letters += 1
        x += foot + (space if letters % 3 else word_space)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.6)
    assert faint_rules(grey, 100 / 72, across=True) == []


def test_the_feet_of_a_bold_word_are_no_rule():
    """They run together over the width of a column; their stems go on above them."""
    grey = np.full((400, 600), 255, np.uint8)
    grey[200:204, 100:190] = 0  # 31 points at 208 dpi
    assert find_rules(grey, SCALE).boxes
    for x in range(102, 190, 14):
        grey[178:202, x : x + 6] = 0
    assert not find_rules(grey, SCALE).boxes


def test_letters_that_hang_from_a_bold_line_are_no_rule():
    grey = np.full((400, 600), 255, np.uint8)
    grey[200:204, 100:190] = 0
    for x in range(102, 190, 14):
        grey[202:226, x : x + 6] = 0
    assert not find_rules(grey, SCALE).boxes
