"""Times of scans with dirt between their words, or with a year that was cut and misread."""

import pytest

from pipeline.timeframes import parse_timeframe


def _dates(text: str, year: int | None) -> tuple[str, str | None, str | None]:
    frame = parse_timeframe(text, year)
    return frame.kind, frame.start, frame.end


class TestAYearThatANarrowColumnCut:
    """Of the last digit before the break Tesseract makes two, or another one besides."""

    @pytest.mark.parametrize(
        ("text", "year", "end"),
        [
            ("Trước\n04/10/2202\n6", 2026, "2026-10-04"),
            ("Trước\n04/10/2202\n4", 2026, "2024-10-04"),
            ("Trước\n01/10/2023\n2", 2022, "2022-10-01"),
            ("Trước\nngày\n10/8/2092\n3.", 2023, "2023-08-10"),
        ],
    )
    def test_is_put_together_and_flagged(self, text, year, end):
        assert _dates(text, year) == ("deadline", None, end)
        assert parse_timeframe(text, year).flags == ("timeframe_repaired",)

    @pytest.mark.parametrize(
        ("text", "year"),
        [
            ("Trước\n04/10/2202\n6", None),  # nothing tells the year
            ("Trước\n04/10/2202\n6", 2019),  # far from the plan's
            ("Trước ngày 7/6202\n3", 2023),  # a stroke was lost as well
            ("Trước\n04/10/2022\n36", 2022),
        ],
    )
    def test_is_not_guessed(self, text, year):
        assert _dates(text, year) == ("unknown", None, None)

    def test_a_whole_year_stays(self):
        assert _dates("30/9/2024\n2 lần", 2024)[2] == "2024-09-30"


class TestDirtBetweenWords:
    @pytest.mark.parametrize(
        ("text", "clean"),
        [
            ("Tháng .7/2024", "Tháng 7/2024"),
            ("Định kỳ. hằng quý", "Định kỳ hằng quý"),
            ("Từ tháng 3 đến tháng \\ 10/2024", "Từ tháng 3 đến tháng 10/2024"),
            ("Từ tháng / 3 đến, / tháng 10/2024", "Từ tháng 3 đến tháng 10/2024"),
            ("Từ tháng 3 đến tháng - 10/2024", "Từ tháng 3 đến tháng 10/2024"),
            ('Định kỳ 6 tháng một "lần', "Định kỳ 6 tháng một lần"),
            ("Thường, xuyên trong năm", "Thường xuyên trong năm"),
            ("Trước ngày: 04/8/2024", "Trước ngày 04/8/2024"),
            ("Giai: đoạn 2024 - 2025", "Giai đoạn 2024 - 2025"),
            ("Giai đoạn ƒ 2024- Í 2025", "Giai đoạn 2024 - 2025"),
            ("2024- . 2025", "2024 - 2025"),
            ("Â Quý II/2024", "Quý II/2024"),
            ("Quý II/2024'\"", "Quý II/2024"),
            ("Trước ngày 1217/2024", "Trước ngày 12/7/2024"),
        ],
    )
    def test_is_left_out_and_said(self, text, clean):
        read, meant = parse_timeframe(text, 2024), parse_timeframe(clean, 2024)
        assert (read.kind, read.start, read.end, read.recurrence) == (
            meant.kind,
            meant.start,
            meant.end,
            meant.recurrence,
        )
        assert read.flags == ("timeframe_repaired",)
        assert not meant.flags

    @pytest.mark.parametrize("text", ["Quý II|2024", "Theo kế hoạch; trước 30/6", "Từ _ đến _"])
    def test_marks_that_may_part_something_stay(self, text):
        assert "timeframe_repaired" not in parse_timeframe(text, 2024).flags

    def test_the_rest_of_a_range_is_not_dropped(self):
        assert parse_timeframe("Giai đoạn 2022- / L 2023", 2022).end != "2022-12-31"


def test_a_quarter_that_cannot_be_read_is_a_doubt():
    assert parse_timeframe("Trong quý HS", 2024).flags == ("timeframe_unread",)
