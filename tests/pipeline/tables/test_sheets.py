"""Sheets with two pages beside each other, and those that only look so."""

import pytest

from pipeline.tables.sheets import as_pages
from schemas.geometry import Affine, Box
from schemas.page import Page, Rule, Word

LEFT, RIGHT = (40.0, 300.0, 540.0), (640.0, 900.0, 1140.0)
YS = (100.0, 140.0, 180.0, 220.0)
SHIFT = RIGHT[0] - LEFT[0]


def ruled(xs, ys=YS):
    rules = [Rule(Box(xs[0], y, xs[-1], y + 1)) for y in ys]
    return rules + [Rule(Box(x, ys[0], x + 1, ys[-1])) for x in xs]


def words(x, y=110.0, count=20):
    return [Word("từ", Box(x + 9 * i, y, x + 9 * i + 7, y + 12)) for i in range(count)]


def sheet(rules, text, size=(1190.0, 842.0), **about):
    return Page(1, *size, tuple(text), tuple(rules), "text_layer", **about)


TWO = sheet([*ruled(LEFT), *ruled(RIGHT)], [*words(50), *words(650)])


def is_folded(page):
    return as_pages([page])[0] is not page


def test_the_right_page_lies_below_the_left_one_and_is_shown_where_it_stands():
    (page,) = as_pages([TWO])
    assert page.words[:20] == TWO.words[:20]
    for before, after in zip(TWO.words[20:], page.words[20:], strict=True):
        assert after.box.x0 == before.box.x0 - SHIFT
        assert after.box.top > TWO.height
        assert page.to_display.apply(after.box) == pytest.approx(before.box)
    assert page.to_display.apply(page.words[0].box) == TWO.words[0].box
    tops = [rule.box.top for rule in page.rules if rule.horizontal]
    assert len(tops) == 8
    assert sum(top > TWO.height for top in tops) == 4


def test_a_scan_that_was_straightened_is_shown_as_it_was():
    turned = Affine(0.999, 0.01, 5, -0.01, 0.999, 7)
    (page,) = as_pages([sheet(TWO.rules, TWO.words, to_display=turned)])
    last = TWO.words[-1].box
    assert page.to_display.apply(page.words[-1].box) == pytest.approx(turned.apply(last))


def test_what_hangs_below_the_page_stays_on_the_left():
    low = Word("chân", Box(50, 850, 70, 862))
    (page,) = as_pages([sheet(TWO.rules, [*TWO.words, low])])
    assert page.to_display.apply(page.words[-1].box) == low.box


def test_an_upright_page_is_one():
    assert not is_folded(sheet(TWO.rules, TWO.words, size=(1190.0, 1684.0)))


def test_a_table_across_the_sheet_is_one_page():
    rules = ruled((40.0, 300.0, 800.0, 1140.0))
    assert not is_folded(sheet(rules, [*words(50), *words(850)]))


def test_a_heading_over_both_is_one_page():
    assert not is_folded(sheet(TWO.rules, [*TWO.words, Word("x" * 20, Box(520, 50, 660, 62))]))


def test_a_letter_beside_its_appendix_are_two_pages_on_a3_alone():
    text = [*words(50), *words(650)]
    (page,) = as_pages([sheet(ruled(RIGHT), text)])
    assert page.to_display.apply(page.words[-1].box) == text[-1].box
    assert page.words[-1].box.top > 842
    assert not is_folded(sheet([], text))
    half = [Rule(Box(*(edge * 0.7 for edge in rule.box))) for rule in ruled(RIGHT)]
    small = [Word(w.text, Box(*(edge * 0.7 for edge in w.box))) for w in text]
    assert not is_folded(sheet(half, small, size=(833.0, 589.0)))


def test_two_tables_with_hardly_any_text_are_one_page():
    assert not is_folded(sheet(TWO.rules, [*words(50), *words(650, count=19)]))


def test_the_white_must_be_in_the_middle():
    near, far = (40.0, 200.0, 400.0), (450.0, 900.0, 1140.0)
    assert not is_folded(sheet([*ruled(near), *ruled(far)], [*words(50), *words(650)]))
