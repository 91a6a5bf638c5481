"""Lines that underline or strike words, against the borders of cells."""

from pipeline.tables.underlines import without_underlines
from schemas.geometry import Box
from schemas.page import Page, Rule, Word

LEFT, RIGHT = Rule(Box(100, 50, 101, 200)), Rule(Box(200, 50, 201, 200))


def word(text, x, y=100.0):
    return Word(text, Box(x, y, x + 6.0 * len(text), y + 12))


def kept(line, words, upright=(LEFT, RIGHT)):
    page = Page(1, 600, 800, tuple(words), (*upright, *map(Rule, line)), "text_layer")
    return [box for box in without_underlines(page) if box.width > box.height]


TWO = (word("Hằng", 103), word("quý", 130))  # from 103 to 148


def test_a_line_as_wide_as_its_words_is_none_of_the_table():
    assert kept([Box(103, 110.5, 148, 111)], TWO) == []


def test_a_line_through_the_words_is_none():
    assert kept([Box(103, 106, 148, 106.5)], TWO) == []


def test_it_may_go_on_under_the_space_behind_them():
    assert kept([Box(103, 110.5, 152, 111)], TWO) == []


def test_one_word_of_a_line_may_be_underlined():
    assert kept([Box(130, 110.5, 148, 111)], TWO) == []


def test_pieces_that_abut_are_one_line():
    assert kept([Box(103, 110.5, 130, 111), Box(130, 110.5, 148, 111)], TWO) == []


def test_a_cell_without_margins_may_be_underlined():
    words = (word("Hằng", 101), word("quý", 128))
    assert kept([Box(100.5, 110.5, 146, 111)], words) == []


def test_a_border_leads_from_upright_to_upright_however_wide_the_words():
    words = (word("Hằng", 102, 96.0), word("quý", 129), word("năm", 180))
    border = Box(100, 109, 201, 109.5)
    assert kept([border], words) == [border]
    full = (Word("Hằng", Box(101, 98, 200, 110)),)
    assert kept([border], full) == [border]


def test_a_rule_that_is_wider_than_the_words_stays():
    rule = Box(60, 110.5, 260, 111)
    assert kept([rule], TWO, upright=()) == [rule]


def test_a_rule_under_the_words_of_two_columns_stays():
    words = (word("Hằng", 60), word("Quý", 242))
    rule = Box(60, 110.5, 260, 111)
    assert kept([rule], words, upright=()) == [rule]


def test_a_rule_well_below_the_words_stays():
    rule = Box(103, 118, 148, 118.5)
    assert kept([rule], TWO) == [rule]
