"""Rows without level rules: at which heights a stretch of text falls into them."""

import pytest

from pipeline.tables.row_boundaries import row_cuts
from schemas.geometry import Box
from schemas.page import TextLine

HEIGHT, STEP = 12.0, 14.0


def column(*lines):
    """Printed lines as (text, number of the line), 14 points from one to the next."""
    return [TextLine(text, Box(0, STEP * at, 50, STEP * at + HEIGHT), 1) for text, at in lines]


def at(line):
    """The height between two printed lines: the middle of the white above `line`."""
    return STEP * line - (STEP - HEIGHT) / 2


NUMBERS = column(("1", 0), ("2", 3))
TASKS = column(("Rà soát", 0), ("hộ nghèo.", 1), ("Cấp thẻ", 3), ("bảo hiểm.", 4))
LEAD = column(("Phòng", 0), ("Công an", 3))


def cuts(*columns):
    return row_cuts(columns)


def near(found, *expected):
    assert found == pytest.approx(expected)


def test_each_number_makes_a_row():
    near(cuts(NUMBERS, TASKS, LEAD), (STEP * 1 + HEIGHT + STEP * 3) / 2)


def test_three_columns_are_needed():
    assert cuts(NUMBERS, TASKS) == []


@pytest.mark.parametrize(
    ("numbers", "rows"),
    [
        (("1", "2"), 2),
        (("1", "Quý"), 1),  # one number is no list
        (("VIII.", "IX."), 2),
        (("VIII. )", "IX."), 1),  # six characters
        (("một hai", "2"), 1),
    ],
)
def test_the_first_column_must_hold_numbers(numbers, rows):
    found = cuts(column((numbers[0], 0), (numbers[1], 3)), TASKS, LEAD)
    assert len(found) == rows - 1


def test_more_than_half_of_the_numbers_must_be_read():
    tasks = column(*((f"Việc {i}.", 2 * i) for i in range(5)))
    lead = column(*(("Phòng", 2 * i) for i in range(5)))
    labels = ["1", "§§", "3", "§§", "5"]
    assert len(cuts(column(*((t, 2 * i) for i, t in enumerate(labels))), tasks, lead)) == 4
    labels = ["1", "§§", "3", "§§"]
    assert cuts(column(*((t, 2 * i) for i, t in enumerate(labels))), tasks, lead) == []


def test_a_list_within_a_cell_makes_no_rows():
    numbers = column(("1", 0), ("2", 1), ("3", 2), ("4", 3))
    assert cuts(numbers, column(("Rà soát", 0)), column(("Phòng", 0))) == []


def test_half_of_the_rows_must_say_something_in_two_columns():
    numbers = column(("1", 0), ("2", 3), ("3", 5), ("4", 7))
    tasks = column(("Rà soát.", 0), ("Cấp thẻ.", 3), ("Họp.", 5), ("Báo cáo.", 7))
    assert len(cuts(numbers, tasks, column(("Phòng", 0), ("Công an", 3)))) == 3
    assert cuts(numbers, tasks, column(("Phòng", 0))) == []


def test_centred_numbers_do_not_tell_where_rows_begin():
    # Three lines a row, the number beside the second: the cut is above the first of the three.
    numbers = column(("1", 1), ("2", 4))
    tasks = column(*((f"Dòng {i}", i) for i in range(6)))
    lead = column(("Phòng", 1), ("Công an", 4))
    near(cuts(numbers, tasks, lead), at(3))


TWO = column(("1", 0), ("2", 2))  # by the numbers alone row 2 begins at line 2


@pytest.mark.parametrize(("third", "cut"), [("cận nghèo.", 1), ("Cận nghèo.", 2)])
def test_a_sentence_that_goes_on_in_lower_case_is_not_cut(third, cut):
    tasks = column(("Rà soát.", 0), ("Hộ nghèo", 1), (third, 2))
    near(cuts(TWO, tasks, column(("Phòng", 0), ("Công an", 2))), at(cut))


@pytest.mark.parametrize(("second", "cut"), [("Hộ nghèo và", 1), ("Hộ,", 1), ("Hộ nghèo", 2)])
def test_text_that_ends_open_goes_on(second, cut):
    tasks = column(("Rà soát.", 0), (second, 1), ("Cận nghèo.", 2))
    near(cuts(TWO, tasks, column(("Phòng", 0))), at(cut))


@pytest.mark.parametrize("bullet", ["-", "–", "+", "•", "▪"])
def test_a_bullet_does_not_hide_that_a_sentence_goes_on(bullet):
    tasks = column(("Rà soát.", 0), ("Hộ nghèo", 1), (f"{bullet} xã hội.", 2))
    near(cuts(TWO, tasks, column(("Phòng", 0), ("Công an", 2))), at(1))


def test_a_hole_in_a_text_parts_rows_and_not_one_row():
    # The text of row 1 ends after two lines; a line is left white; row 2 begins.
    numbers = column(("1", 0), ("2", 4))
    tasks = column(("Rà soát", 0), ("Hộ nghèo", 1), ("Cấp thẻ", 3), ("Bảo hiểm", 4))
    lead = column(("Phòng", 0), ("Công an", 4))
    near(cuts(numbers, tasks, lead), (STEP + HEIGHT + 3 * STEP) / 2)


@pytest.mark.parametrize(("white", "cut"), [(9.0, 2), (10.2, 1)])
def test_white_of_eight_tenths_of_a_line_is_a_hole(white, cut):
    def lines(*texts):
        tops = (0.0, HEIGHT + white, 2 * HEIGHT + white + 1.0)
        return [TextLine(t, Box(0, tops[i], 50, tops[i] + HEIGHT), 1) for t, i in texts]

    # Row 2 is numbered at the third line; the white tells whose the second is.
    numbers = lines(("1", 0), ("2", 2))
    tasks = lines(("Rà soát", 0), ("Hộ nghèo", 1), ("Cấp thẻ", 2))
    (found,) = row_cuts([numbers, tasks, lines(("Phòng", 0), ("Công an", 2))])
    assert (found < HEIGHT + white) is (cut == 1)


def test_a_remainder_at_the_head_of_a_page_is_a_row_of_its_own():
    numbers = column(("2", 2), ("3", 4))
    tasks = column(("xã.", 0), ("Cấp thẻ", 2), ("Họp", 4))
    lead = column(("Công an", 2), ("Phòng", 4))
    near(cuts(numbers, tasks, lead), (HEIGHT + 2 * STEP) / 2, (2 * STEP + HEIGHT + 4 * STEP) / 2)


def test_a_centred_first_row_is_no_remainder():
    numbers = column(("1", 1), ("2", 4))
    tasks = column(("Rà soát", 0), ("hộ nghèo", 1), ("và cận nghèo.", 2), ("Cấp", 3), ("thẻ", 4))
    assert len(cuts(numbers, tasks, column(("Phòng", 1), ("Công an", 4)))) == 1


def test_where_no_white_runs_across_the_row_is_cut_between_its_numbers():
    numbers = column(("1", 0), ("2", 2))
    tasks = column(("Rà soát", 0), ("Hộ", 1), ("Cấp thẻ", 2))
    half = [TextLine("dày", Box(0, 7 + 14 * i, 50, 21 + 14 * i), 1) for i in range(2)]
    near(cuts(numbers, tasks, half), (6.0 + 34.0) / 2)


REST = (
    column(("4", 2)),
    column(("thôn.", 0), ("Chi trả", 2), ("đủ.", 3)),
    column(("Phòng", 2), ("Nội vụ", 3)),
)


def test_the_rest_of_a_row_over_the_only_number_is_parted_where_the_table_is_unruled():
    near(row_cuts(REST, unruled=True), at(2) - STEP / 2)
    assert row_cuts(REST) == []


def test_a_number_in_the_middle_of_its_row_stands_under_no_rest():
    centred = (column(("4", 1)), column(("Chi trả", 0), ("đủ,", 1), ("kịp.", 2)), column(("P", 1)))
    assert row_cuts(centred, unruled=True) == []


def test_half_of_the_numbers_are_enough_where_the_table_is_unruled():
    half = column(("2", 0), ("Ẫ", 3))
    near(row_cuts((half, TASKS, LEAD), unruled=True), (STEP * 1 + HEIGHT + STEP * 3) / 2)
    assert row_cuts((half, TASKS, LEAD)) == []
