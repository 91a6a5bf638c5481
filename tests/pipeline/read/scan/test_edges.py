"""Edges of cells looked at again: rules a scan lost, and letters that only look like one."""

import cv2
import numpy as np
import pytest

from pipeline.read.scan.edges import second_look
from pipeline.tables.grid import find_grids
from schemas.geometry import Box

SCALE = 200 / 72  # pixels a point
XS, YS = (100, 300, 500, 700), (100, 200, 250, 350, 450, 550)
HEADING = (200, 250)  # 18 pt: a row of one line


def page(*, gone):
    """A table on white; the upright rules at `gone` are not drawn through the row of the heading.

    Returned are the page and the rules as they were found: those of the heading's row are missing.
    """
    grey = np.full((700, 800), 250, np.uint8)
    rules = [Box(XS[0], y - 1, XS[-1], y + 1) for y in YS]
    for x in XS:
        ends = [(YS[0], YS[-1])] if x in (XS[0], XS[-1]) else [(YS[0], YS[1]), (YS[2], YS[-1])]
        rules += [Box(x - 1, top, x + 1, bottom) for top, bottom in ends]
        drawn = [*ends, *([] if x in gone else [HEADING])]
        for top, bottom in drawn:
            grey[top:bottom, x - 1 : x + 2] = 60
    for y in YS:
        grey[y - 1 : y + 2, XS[0] : XS[-1]] = 60
    return grey, rules


def looked(grey, rules):
    return second_look(cv2.GaussianBlur(grey, (0, 0), 0.7), find_grids(rules, SCALE), SCALE)


def upright(boxes):
    return [round(box.center[0]) for box in boxes if box.height > box.width]


def lost_in(grey, rules):
    return upright(looked(grey, rules).lost)


def stem(grey, x, top=208, bottom=242):
    """The stem of a letter, as high as a capital and as wide as a rule."""
    grey[top:bottom, x - 2 : x + 2] = 30


def test_a_rule_that_was_drawn_and_not_found_is_lost():
    assert lost_in(*page(gone=())) == [300, 500]


def test_where_none_was_drawn_none_is_lost():
    assert lost_in(*page(gone=(300, 500))) == []


@pytest.mark.parametrize("off", [-2, 0, 2])
def test_a_letter_on_an_edge_is_no_rule_where_its_text_runs_on(off):
    grey, rules = page(gone=(300, 500))
    for x in range(120 + off, 400, 10):
        stem(grey, x)
    assert lost_in(grey, rules) == []


def test_a_rule_between_two_texts_stays_one():
    grey, rules = page(gone=())
    for x in [*range(120, 288, 10), *range(314, 480, 10)]:
        stem(grey, x)
    assert lost_in(grey, rules) == [300, 500]


def across(x, *, gone):
    """A page on which a rule was found at `x` in the row of the heading, and text on both sides."""
    grey, rules = page(gone=gone)
    for at in [*range(120, x - 6, 10), *range(x + 8, 480, 10)]:
        stem(grey, at, top=225)
    return grey, [*rules, Box(x - 1, HEADING[0], x + 1, HEADING[1] - 6)]


def test_a_capital_with_its_accent_that_was_found_as_a_rule_is_a_false_edge():
    grey, rules = across(300, gone=(300, 500))
    stem(grey, 300, top=203, bottom=236)
    assert upright(looked(grey, rules).false) == [300]


def test_a_rule_with_text_close_by_on_both_sides_is_no_false_edge():
    assert upright(looked(*across(300, gone=())).false) == []


@pytest.mark.parametrize(("space", "lost"), [(6, []), (20, [300])])
def test_the_last_letter_of_a_heading_that_ends_on_an_edge_is_no_rule(space, lost):
    grey, rules = page(gone=(300, 500))
    for x in range(300 - space, 120, -10):
        stem(grey, x)
    stem(grey, 300)
    assert lost_in(grey, rules) == lost
