"""What a cell shows of its value."""

from datetime import date, datetime, time

import pytest

from pipeline.read.sheet.formats import shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""), ("Quý II", "@", "Quý II"), (True, "General", "TRUE"),
        (3, "General", "3"), (3.0, "General", "3"), (12.5, "General", "12.5"),
        (0.1 + 0.2, "General", "0.3"), (7, "00", "07"), (1500000, "#,##0", "1,500,000"),
        (1500000.456, "#,##0.00", "1,500,000.46"), (12.5, "0.##", "12.5"), (12, "0.##", "12"),
        (0.5, "0%", "50%"), (0.125, "0.0%", "12.5%"), (5, '0" hộ"', "5 hộ"),
        (5, r"0\ \h\ộ", "5 hộ"),
        (-5, "0;(0)", "(5)"), (-5, "0", "-5"), (5, "[Red]0", "5"), (0.5, "# ?/?", "0.5"),
        (1234567, '_(* #,##0_);_(* (#,##0);_(* "-"_)', "1,234,567"), (12, "0.00E+00", "12"),
        (date(2024, 6, 5), "dd/mm/yyyy", "05/06/2024"), (date(2024, 6, 5), "d/m/yy", "5/6/24"),
        (datetime(2024, 6, 5), "mm-dd-yy", "05/06/2024"),
        (date(2024, 6, 5), "General", "05/06/2024"),
        (date(2024, 5, 1), "mmm-yy", "05/2024"), (date(2024, 5, 1), "m/yyyy", "5/2024"),
        (date(2024, 5, 1), '"tháng" m "năm" yyyy', "tháng 5 năm 2024"),
        (date(2024, 5, 1), "[$-42A]dd/mm/yyyy;@", "01/05/2024"),
        (datetime(2024, 5, 1, 7, 5), "dd/mm/yyyy hh:mm", "01/05/2024 07:05"),
        (time(7, 30), "h:mm", "7:30"), (date(2024, 5, 7), "d-mmm-yy", "07/05/2024"),
        ("#REF!", "0", "#REF!"),
    ],
)  # fmt: skip
def test_values_are_shown_in_their_format(value, form, text):
    assert shown(value, form) == text
