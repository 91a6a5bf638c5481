"""Numbers that OCR misread, and numbers that must stay as they are."""

import pytest

from pipeline.interpret.numbering import Label, read_numbers


def read(*texts, heading=False, scanned=True):
    return [n.label for n in read_numbers([Label(t, heading, scanned) for t in texts])]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (["4.", "2.", "6."], ["4", "5", "6"]),
        (["I", "2", "3"], ["1", "2", "3"]),
        (["1.1", "I.2", "1.3"], ["1.1", "1.2", "1.3"]),
        (["2 _", "3 —"], ["2", "3"]),
        (["d)", "d)", "e)"], ["d", "đ", "e"]),
        (["a", "b", "C", "d)ạ"], ["a", "b", "c", "d"]),
        (["a", "a", "c"], ["a", "a", "c"]),  # printed twice
        (["g)", "h)", "¡)"], ["g", "h", "i"]),
        (["b)", "c)", "đ)", "ä)", "e)"], ["b", "c", "d", "đ", "e"]),
        (["2.", "3.", "A."], ["2", "3", "4"]),
        (["2.", "3.", "Ả.", "1."], ["2", "3", "4", "1"]),
        (["9.", "10.", "II."], ["9", "10", "11"]),
        (["3", "4", "s"], ["3", "4", "5"]),
        (["a)", "b)", "©"], ["a", "b", "c"]),
        (
            ["I.", "I.", "2.", "3.", "3.", "1.", "1.", "2."],
            ["1", "1", "2", "3", "3", "1", "1", "2"],
        ),
        (["1", "2", "3", "A", "B"], ["1", "2", "3", "A", "B"]),  # another list
        (["1", "2", "3", "4", "I", "1", "2", "II"], ["1", "2", "3", "4", "I", "1", "2", "II"]),
    ],
)
def test_neighbours_tell(printed, numbers):
    assert read(*printed) == numbers


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (["L", "IL", "HI", "IV"], ["I", "II", "III", "IV"]),
        (["|", "H", "IH"], ["I", "II", "III"]),
        (["V", "VỊ", "VỊ |"], ["V", "VI", "VII"]),
    ],
)
def test_roman_slips(printed, numbers):
    assert read(*printed, heading=True) == numbers


def test_a_born_digital_misprint_stays():
    assert read("1", "2", "2", "4", scanned=False) == ["1", "2", "2", "4"]
    assert read("4", "2", "6", scanned=False) == ["4", "2", "6"]


def test_gaps_and_missing_numbers_stay():
    assert read("1", "", "3") == ["1", "", "3"]
    assert read("1", "2", "5", "6") == ["1", "2", "5", "6"]
    assert read("A", "B", "C", heading=True) == ["A", "B", "C"]


def test_headings_and_items_count_apart():
    labels = [
        Label("I", True, True),
        Label("1", False, True),
        Label("2", False, True),
        Label("H", True, True),
        Label("1", False, True),
    ]
    assert [n.label for n in read_numbers(labels)] == ["I", "1", "2", "II", "1"]


def test_items_may_begin_anew_beneath_a_heading():
    heading = Label("I", True, True)
    items = [Label(t, False, True) for t in ("a", "b", "8", "b", "c")]
    labels = [heading, *items[:2], heading, *items[2:]]
    assert [n.label for n in read_numbers(labels)][4:] == ["a", "b", "c"]


def test_what_was_mended_says_so():
    numbers = read_numbers(
        [Label("4", False, True), Label("2", False, True), Label("6", False, True)]
    )
    assert [n.mended for n in numbers] == [False, True, False]


def test_the_first_of_a_list_is_mended_by_the_second_and_third():
    assert read("I", "2", "3") == ["1", "2", "3"]
    assert read("7", "2", "3") == ["1", "2", "3"]
    assert read("7", "2", "5") == ["7", "2", "5"]  # nothing says that it begins with 1
    assert read("5", "7", "2", "3") == ["5", "7", "2", "3"]  # in the middle of a list


def test_what_was_printed_twice_stays():
    assert read("b", "b", "d") == ["b", "b", "d"]
    assert read("2", "2", "4") == ["2", "2", "4"]


def test_a_capital_that_a_list_brings_is_no_misread_numeral():
    assert read("A", heading=True) == ["A"]
    assert read("I", "H", heading=True) == ["I", "II"]
    assert read("G", "H", heading=True) == ["G", "H"]
    assert read("I", "N", heading=True) == ["I", "II"]


def test_numerals_count_on_from_the_last_that_was_read():
    assert read("I", "x", "||", heading=True)[2] == "II"


def test_a_numeral_that_lost_a_stroke_looks_printed_twice():
    assert read("I", "II", "II", heading=True) == ["I", "II", "III"]
    assert read("V", "VI", "VI", heading=True) == ["V", "VI", "VII"]
    assert read("I", "IV", "IV", heading=True) == ["I", "IV", "IV"]


def test_a_number_that_counts_on_is_not_made_the_first_of_another_list():
    """Beneath a heading the numbers go on; the one behind it was read as a Roman numeral."""
    texts = [("9.", False), ("B", True), ("10.", False), ("II.", False), ("12.", False)]
    labels = [Label(text, heading, scanned=True) for text, heading in texts]
    assert [number.label for number in read_numbers(labels)][2:] == ["10", "11", "12"]
