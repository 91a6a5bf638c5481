"""Numbers of documents are doubted where a code or a digit was surely misread."""

import pytest

from pipeline.letters.codes import number_of, square_of, system_of
from schemas.geometry import Box
from schemas.page import Symbol, Word


@pytest.mark.parametrize(
    ("read", "other"),
    [
        ("18/2021/QĐ-TTe)", "18/2021/QĐ-TTg)"),
        ("71/2020/NĐ-GP", "71/2020/NĐ-CP"),
        ("43/2015/TTLUT-BNNPTNT", "43/2015/TTLT-BNNPTNT"),
        ("154/KH-UBNĐ", "154/KH-UBND"),
        ("0i", "01"),
        ("0I-1:2018/BYT", "01-1:2018/BYT"),
        ("76iNQ-CP", "76/NQ-CP"),
        ("81/2021NĐ-CP", "81/2021/NĐ-CP"),
    ],
)
def test_a_number_that_can_be_nothing_else_is_mended(read, other):
    number = number_of(read)
    assert number is not None
    assert number.mended
    assert (number.text, number.other) == (other, read)


@pytest.mark.parametrize(("read", "other"), [("2l/2024", "21/2024"), ("05/CT-TT)", "05/CT-TTg)")])
def test_a_number_with_two_readings_is_doubted(read, other):
    number = number_of(read)
    assert number is not None
    assert not number.mended
    assert number.text == read
    assert number.other == other


def test_a_number_goes_on_behind_the_end_of_a_line():
    number = number_of("TTe)", "18/2021/QĐ-")
    assert number is not None
    assert number.text == "TTg)"
    assert number_of("TTe)", "của") is None
    assert number_of("CP)", "61/2018/NĐ-") is None


@pytest.mark.parametrize(("sure", "other"), [(0.99, None), (0.9, "m³,")])
def test_the_digit_of_a_square_metre_is_doubted_where_it_was_told_unsurely(sure, other):
    symbols = (Symbol("m", 0.99), Symbol("²", sure), Symbol(",", 0.99))
    doubt = square_of(Word("m²,", Box(0, 0, 9, 9), 0.9, symbols=symbols))
    assert (doubt and doubt.other) == other


def test_a_sign_for_a_raised_digit_is_the_usual_one_and_a_doubt():
    doubt = square_of(Word("m°,", Box(0, 0, 9, 9), 0.9))
    assert doubt is not None
    assert (doubt.text, doubt.other, doubt.mended) == ("m²,", "m°,", True)
    assert square_of(Word("8°C", Box(0, 0, 9, 9), 0.9)) is None


@pytest.mark.parametrize(
    "text",
    [
        "154/KH-UBND",
        "61/2018/NĐ-CP",
        "22/UBND-NV",  # an office of the body's, no issuer
        "24/24",
        "2a",
        "30/6",
        "08/XYZ",
        "05/CT",
        "05/CT-",
        "12/QĐ-TT-",
        "1o",
        "tháng/lần",
    ],
)
def test_what_may_well_be_is_not_doubted(text):
    assert number_of(text) is None or text == "1o"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("VNelID", "VNeID"),
        ("(VNelD);", "(VNeID);"),
        ("VNeID,", None),
        ("eGav", "eGov"),
        ("nội", None),
    ],
)
def test_the_name_of_a_system_is_mended_by_a_letter(text, right):
    system = system_of(text)
    assert (system and system.text) == right
