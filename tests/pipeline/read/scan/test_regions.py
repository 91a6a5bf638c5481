"""Pages laid out anew for the OCR, and words moved back."""

import numpy as np

from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.regions import beginning, moved_back, stack_regions
from pipeline.tables.grid import find_grids
from schemas.geometry import Box

SCALE = 2.0


def ruled_page():
    grey = np.full((600, 500), 255, np.uint8)
    marks = {
        "above": (100, 30),
        "a": (60, 130),
        "b": (300, 135),
        "c": (70, 260),
        "below": (90, 500),
    }
    for x, y in marks.values():
        grey[y : y + 14, x : x + 60] = 0
    xs, ys = (40, 250, 460), (110, 220, 330)
    rules = [Box(40, y, 460, y + 2) for y in ys] + [Box(x, 110, x + 2, 332) for x in xs]
    return grey, find_grids(rules, unit=SCALE), marks


def test_every_part_comes_back_to_its_place():
    grey, grids, marks = ruled_page()
    mask = (255 - grey).astype(np.uint8)
    (stack,) = stack_regions(grey, mask, grids, SCALE)
    regions = [region for row in stack.rows for region in row]
    assert len(regions) == len(marks)
    read = [OcrWord("x", Box(r.left, r.top, r.left + 60, r.top + 14), 1.0) for r in regions]
    places = {(round(w.box.x0), round(w.box.top)) for w in moved_back(read, stack)}
    assert places == set(marks.values())


def test_empty_cells_cost_nothing():
    grey, grids, _ = ruled_page()
    (stack,) = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    assert stack.image.size < grey.size / 3


def test_a_blank_page_has_nothing_to_read():
    blank = np.full((300, 300), 255, np.uint8)
    assert stack_regions(blank, np.zeros_like(blank), [], SCALE) == []


def test_the_beginning_keeps_whole_rows_in_order():
    grey, grids, _ = ruled_page()
    (stack,) = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    part = beginning(stack, SCALE)
    assert part.rows == stack.rows[: len(part.rows)]
    assert part.image.shape[1] == stack.image.shape[1]


def test_a_number_is_read_beside_its_text():
    grey = np.full((300, 600), 255, np.uint8)
    grey[112:130, 60:70] = 0  # the number, in a column of 35 pt
    grey[112:132, 130:400] = 0
    grey[150:170, 130:300] = 0
    xs, ys = (40, 110, 560), (100, 200)
    rules = [Box(40, y, 560, y + 2) for y in ys] + [Box(x, 100, x + 2, 202) for x in xs]
    grids = find_grids(rules, unit=SCALE)
    (stack,) = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    ((number, text),) = stack.rows
    assert number.top == text.top
    assert text.left - (number.left + 10) < 20
    words = [
        OcrWord("1", Box(number.left, number.top, number.left + 10, number.top + 18), 1.0),
        OcrWord("Rà", Box(text.left, text.top, text.left + 40, text.top + 20), 1.0),
    ]
    assert [(w.box.x0, w.box.top) for w in moved_back(words, stack)] == [(60, 112), (130, 112)]


def test_a_number_between_two_lines_is_read_by_itself():
    grey = np.full((300, 600), 255, np.uint8)
    grey[132:150, 60:70] = 0
    grey[112:132, 130:400] = 0
    grey[150:170, 130:300] = 0
    xs, ys = (40, 110, 560), (100, 200)
    rules = [Box(40, y, 560, y + 2) for y in ys] + [Box(x, 100, x + 2, 202) for x in xs]
    grids = find_grids(rules, unit=SCALE)
    (stack,) = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    assert [len(row) for row in stack.rows] == [1, 1]


def test_a_wide_line_above_a_narrow_table_does_not_widen_its_stack():
    grey = np.full((1700, 1200), 255, np.uint8)
    grey[40:60, 40:1160] = 0
    ys = range(100, 1600, 100)
    for y in ys[:-1]:
        grey[y + 20 : y + 80, 110:300] = 0
    rules = [Box(90, y, 550, y + 2) for y in ys]
    rules += [Box(x, 100, x + 2, ys[-1] + 2) for x in (90, 320, 550)]
    grids = find_grids(rules, unit=SCALE)
    narrow, wide = stack_regions(grey, (255 - grey).astype(np.uint8), grids, SCALE)
    assert narrow.image.shape[1] < 250
    assert wide.image.shape[1] > 1100
    assert (len(narrow.rows), len(wide.rows)) == (14, 1)


def test_two_pages_on_a_sheet_are_stacked_one_after_the_other():
    grey = np.full((600, 1200), 255, np.uint8)
    marks = [(100, 60), (60, 160), (100, 520), (800, 20), (700, 60), (900, 560)]
    for x, y in marks:
        grey[y : y + 14, x : x + 60] = 0
    rules = []
    for xs, ys in (((40, 250, 500), (140, 300, 500)), ((680, 850, 1150), (40, 200, 400))):
        rules += [Box(xs[0], y, xs[-1], y + 2) for y in ys]
        rules += [Box(x, ys[0], x + 2, ys[-1]) for x in xs]
    mask = (255 - grey).astype(np.uint8)
    stacks = stack_regions(grey, mask, find_grids(rules, unit=SCALE), SCALE)
    found = [(r.box.x0, r.box.top) for stack in stacks for row in stack.rows for r in row]
    assert found == marks
