"""Pages laid out anew for the OCR, and words moved back."""

import numpy as np
import pytest

from pipeline.grid import find_grids
from pipeline.read.regions import beginning, moved_back, stack_regions
from pipeline.read.tesseract import OcrWord
from schemas.geometry import Box

SCALE = 2.0


def ruled_page():
    grey = np.full((600, 500), 255, np.uint8)
    marks = {"above": (100, 30), "a": (60, 130), "b": (300, 135), "c": (70, 260), "below": (90, 500)}
    for x, y in marks.values():
        grey[y : y + 14, x : x + 60] = 0
    xs, ys = (40, 250, 460), (110, 220, 330)
    rules = [Box(40, y, 460, y + 2) for y in ys] + [Box(x, 110, x + 2, 332) for x in xs]
    return grey, find_grids(rules, unit=SCALE), marks


def test_every_part_comes_back_to_its_place():
    grey, grids, marks = ruled_page()
    mask = (255 - grey).astype(np.uint8)
    stack = stack_regions(grey, mask, grids, SCALE)
    assert len(stack.regions) == len(marks)
    read = [
        OcrWord("x", Box(stack.padding, r.top, stack.padding + 60, r.top + 14), 1.0)
        for r in stack.regions
    ]
    places = {(round(w.box.x0), round(w.box.top)) for w in moved_back(read, stack)}
    assert places == set(marks.values())


def test_empty_cells_cost_nothing():
    grey, grids, _ = ruled_page()
    stack = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    assert stack.image.size < grey.size / 3


def test_a_blank_page_has_nothing_to_read():
    blank = np.full((300, 300), 255, np.uint8)
    assert stack_regions(blank, np.zeros_like(blank), [], SCALE) is None


def test_the_beginning_keeps_whole_regions_in_order():
    grey, grids, _ = ruled_page()
    stack = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    part = beginning(stack)
    assert part.regions == stack.regions[: len(part.regions)]
    assert part.image.shape[1] == stack.image.shape[1]
    assert part.padding == pytest.approx(stack.padding)
