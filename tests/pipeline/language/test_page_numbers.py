import pytest

from pipeline.language.page_numbers import PageNumber, may_be_page_number, page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", PageNumber(2, None)),
        (" 7 ", PageNumber(7, None)),
        ("- 12 -", PageNumber(12, None)),
        ("TRANG 4", PageNumber(4, None)),
        ("Trang 2/6", PageNumber(2, 6)),
        ("page: 12 / 40", PageNumber(12, 40)),
    ],
)
def test_page_numbers_as_they_are_printed(text, number):
    assert page_number(text) == number
    assert may_be_page_number(text)


@pytest.mark.parametrize("text", ["", "-", "Quý 2", "2 hộ", "2024", "Trang", "Trang 2 của 6", "IV"])
def test_other_texts_are_no_page_numbers(text):
    assert page_number(text) is None
    assert not may_be_page_number(text)


@pytest.mark.parametrize("text", ["I", "l2", "Trang 1|2"])
def test_strokes_may_be_ones_of_a_page_number(text):
    assert page_number(text) is None
    assert may_be_page_number(text)
