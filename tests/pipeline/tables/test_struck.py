"""Struck-out words stand in their cells, beside what counts."""

from pipeline.tables.find import find_tables, lines_outside
from schemas.geometry import Box
from schemas.page import Page, Rule, Word

XS, YS = (50, 80, 250, 400), (100, 130, 160, 190)


def grid():
    level = [Rule(Box(XS[0], y, XS[-1], y + 0.5)) for y in YS]
    upright = [Rule(Box(x, YS[0], x + 0.5, YS[-1])) for x in XS]
    return (*level, *upright)


def at(text, row, col, line=0):
    x, y = XS[col] + 4, YS[row] + 2 + 13 * line
    return Word(text, Box(x, y, x + 5 * len(text), y + 11))


def pieces(words, struck):
    page = Page(1, 600, 800, tuple(words), grid(), "text_layer", struck=tuple(struck))
    (table,) = find_tables([page])[1]
    return {(c.row, c.col): (c.piece.text, c.piece.struck) for c in table.cells}


def test_what_is_struck_is_kept_beside_what_stands():
    standing = [at("1", 0, 0), at("Quý-II", 0, 2, 1), at("Việc-làm", 0, 1)]
    found = pieces(standing, [at("Quý-I", 0, 2)])
    assert found[0, 2] == ("Quý-II", "Quý-I")
    assert found[0, 1] == ("Việc-làm", "")


def test_a_cell_that_is_struck_out_is_empty():
    found = pieces([at("1", 0, 0), at("Việc-làm-này", 0, 1)], [at("Quý-I", 0, 2)])
    assert found[0, 2] == ("", "Quý-I")


def test_a_row_that_is_struck_out_keeps_its_text_with_or_without_its_number():
    rest = [at("2", 1, 0), at("Việc-khác", 1, 1), at("Quý-II", 1, 2)]
    struck = [at("Việc-làm", 0, 1), at("Quý-I", 0, 2)]
    for standing, crossed in (([at("1", 0, 0)], []), ([], [at("1", 0, 0)])):
        found = pieces([*rest, *standing], [*struck, *crossed])
        assert found[0, 1] == ("Việc-làm", "Việc-làm")
        assert found[0, 2] == ("Quý-I", "Quý-I")
        assert found[1, 1] == ("Việc-khác", "")


def test_struck_words_outside_are_no_lines():
    above = Word("Số:361", Box(50, 50, 90, 61))
    page = Page(1, 600, 800, (), grid(), "text_layer", struck=(above,))
    assert lines_outside(page, find_tables([page])[1]) == []
