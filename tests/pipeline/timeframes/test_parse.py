"""Phrases of time columns: every example of the knowledge file, and what lies between them."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.timeframes import parse_timeframe
from pipeline.timeframes.breaks import join_lines
from pipeline.timeframes.parse import _mend, _tidy
from pipeline.timeframes.rules import knowledge

YEAR = 2024


def _plain(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


EXAMPLES = [
    [_plain(value) for value in example]
    for section in ("spans", "phrases")
    for row in knowledge()[section]
    for example in row["examples"]
]


def dates(text: str, year: int | None = YEAR) -> tuple[str, str | None, str | None]:
    frame = parse_timeframe(text, year)
    return frame.kind, frame.start, frame.end


def flags(text: str, year: int | None = YEAR) -> set[str]:
    return {flag.removeprefix("timeframe_") for flag in parse_timeframe(text, year).flags}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example[0]))
def test_every_row_gives_what_its_example_says(example):
    text, kind, start, end, recurrence, *marks = example
    frame = parse_timeframe(str(text), YEAR)
    assert (frame.kind, frame.start, frame.end, frame.recurrence) == (kind, start, end, recurrence)
    assert list(frame.flags) == marks


def test_every_row_has_an_example():
    rows = [row for section in ("spans", "phrases") for row in knowledge()[section]]
    assert all(row["examples"] for row in rows)


@pytest.mark.parametrize("row", knowledge()["repairs"], ids=lambda row: row["example"][0])
def test_every_repair_does_what_its_example_says(row):
    cell, repaired = row["example"]
    assert _mend(_tidy(cell), tones=True) == repaired


@pytest.mark.parametrize("row", knowledge()["blanks"], ids=lambda row: row["example"])
def test_every_blank_is_seen(row):
    assert re.search(row["pattern"], row["example"].lower())
    assert dates(row["example"]) == ("unknown", None, None)
    assert flags(row["example"]) == {"blank"}


class TestBesideABlank:
    """No time is read from a blank, but what else the cell says holds."""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Thường xuyên; báo cáo trước ngày …/…/2024", "continuous"),
            ("Hằng quý, trước ngày ……", "recurring"),
            ("Theo Kế hoạch số …/KH-UBND", "conditional"),
            ("Sau khi có hướng dẫn của ...", "conditional"),
            ("Từ ngày 15/5/2024 đến ngày …/…/2024", "unknown"),
            ("Từ ngày … đến ngày …", "unknown"),
            ("Trong … ngày", "unknown"),
        ],
    )
    def test_kind(self, text, kind):
        assert dates(text) == (kind, None, None)
        assert "blank" in flags(text)


class TestLineBreaks:
    @pytest.mark.parametrize(
        ("printed", "joined"),
        [
            ("31/10/202\n2", "31/10/2022"),
            ("Trước ngày 31/10/20\n24", "Trước ngày 31/10/2024"),
            ("Trước\nngày\n31/10/202\n2", "Trước ngày 31/10/2022"),
            ("Quý III/202\n4", "Quý III/2024"),
            ("Quý II\nI/2024", "Quý III/2024"),
            ("Quý\nIII/2022", "Quý III/2022"),
            ("Tháng\n5/2022", "Tháng 5/2022"),
            ("31/\n10/2024", "31/10/2024"),
            ("31/1\n0/2024", "31/10/2024"),
            ("năm 20\n24", "năm 2024"),
            ("tháng 1\n2/2024", "tháng 12/2024"),
            ("2026 -\n2030", "2026 - 2030"),
            ("2026-20\n30", "2026-2030"),
            ("Quý I, II\nnăm 2022", "Quý I, II năm 2022"),
            ("Trước 30/6/2024\n15/12/2024", "Trước 30/6/2024 15/12/2024"),
            ("Quý I/2024\nQuý II/2024", "Quý I/2024 Quý II/2024"),
            ("Quý II\nIII/2024", "Quý II III/2024"),
            ("KH-\nUBND", "KH-UBND"),
            ("Theo Kế\nhoạch", "Theo Kế hoạch"),
        ],
    )
    def test_only_what_was_broken_is_joined(self, printed, joined):
        assert join_lines(printed) == joined
        assert parse_timeframe(printed, YEAR).raw == joined


class TestOcrSlips:
    @pytest.mark.parametrize(
        ("misread", "meant"),
        [
            ("Quý Il/2024", "Quý II/2024"),
            ("Quý 1I", "Quý II"),
            ("Quý lII/2024", "Quý III/2024"),
            ("Quý 1V/2024", "Quý IV/2024"),
            ("Quy III", "Quý III"),
            ("Quý I, lI năm 2024", "Quý I, II năm 2024"),
            ("Quý 1, 1I năm 2024", "Quý I, II năm 2024"),
            ("Tháng l2/2024", "Tháng 12/2024"),
            ("Tháng 512024", "Tháng 5/2024"),
            ("Thảng 512024", "Tháng 5/2024"),
            ("Trước ngày 3I/10/2024", "Trước ngày 31/10/2024"),
            ("31/1O/2024", "31/10/2024"),
            ("Thuờng xuyên", "Thường xuyên"),
            ("Thường xuyen", "Thường xuyên"),
            ("Thường xuvên", "Thường xuyên"),
            ("Thuong xuyen", "Thường xuyên"),
            ("Hăng năm", "Hằng năm"),
            ("Hàng nãm", "Hàng năm"),
            ("hoàn thành trưóc 30/6/2024", "hoàn thành trước 30/6/2024"),
            ("6 tháng đâu năm", "6 tháng đầu năm"),
        ],
    )
    def test_it_is_read_as_meant_and_flagged(self, misread, meant):
        found, right = parse_timeframe(misread, YEAR), parse_timeframe(meant, YEAR)
        shared = ("kind", "start", "end", "recurrence")
        assert [getattr(found, f) for f in shared] == [getattr(right, f) for f in shared]
        assert right.kind != "unknown"
        assert "repaired" in flags(misread)
        assert "repaired" not in flags(meant)

    # A stroke may stand for a slash or be the numeral's own: II/2024, or III and a lost slash.
    @pytest.mark.parametrize("text", ["Quý II12024", "Quý II|2024", "Quý III2024", "31/102024"])
    def test_what_has_two_readings_is_not_read(self, text):
        assert parse_timeframe(text, YEAR).kind == "unknown"
        assert flags(text) == {"unread"}


class TestNoTimeMadeUp:
    @pytest.mark.parametrize(
        "text",
        ["31/02/2024", "29/02/2023", "Trước ngày 31/4/2024", "Quý V/2024", "Tháng 13", "00/5/2024"],
    )
    def test_impossible(self, text):
        assert dates(text) == ("unknown", None, None)
        assert flags(text) == {"impossible"}

    @pytest.mark.parametrize(
        "text", ["", " \n ", "-", "…", "..........", "UBND xã", "Nguyễn Văn A"]
    )
    def test_nothing_of_time(self, text):
        assert dates(text) == ("unknown", None, None)
        assert flags(text) == set()

    @pytest.mark.parametrize(
        "text",
        [
            "Đến ngày ..............",
            "Từ ………. đến .……..",
            "Quý …/2024",
            "Ngày …/5/2024",
            "... tháng 5/2024",
            "năm 20…",
            "Trước ngày 30/6/20..",
        ],
    )
    def test_blanks_to_be_filled_in(self, text):
        assert dates(text) == ("unknown", None, None)
        assert flags(text) == {"blank"}

    @pytest.mark.parametrize(
        "text",
        [
            "Tỷ lệ lấp đầy 23,29% tính đến tháng 6/2024",
            "có giá trị đến 19/4/2029",
            "Năm 2023 đạt 45% kế hoạch",
            "2024 hộ nghèo được hỗ trợ",
            "Số liệu đến 30/6/2024",
            "Kế hoạch năm 2024",
            "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ",
            "Quý IV năm trước",
        ],
    )
    def test_prose_is_no_time(self, text):
        assert dates(text) == ("unknown", None, None)
        assert flags(text) == {"unread"}

    def test_a_range_that_ends_before_it_begins(self):
        assert dates("Từ tháng 10 đến tháng 3") == ("unknown", None, None)
        assert dates("Từ 30/6/2024 đến 15/5/2024") == ("unknown", None, None)

    def test_no_year_anywhere(self):
        assert dates("Quý II", None) == ("period", None, None)
        assert flags("Quý II", None) == {"year_missing"}
        assert dates("Quý II/2025", None) == ("period", "2025-04-01", "2025-06-30")


class TestTwoPhrases:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("Thường xuyên; báo cáo trước 15/12", "Thường xuyên"),
            ("Thường xuyên\nBáo cáo trước ngày 15/12/2024", "Thường xuyên"),
            ("Quý II/2024\nQuý IV/2024", "Quý II/2024"),
            ("- Quý II/2024\n- Quý IV/2024", "Quý II/2024"),
            ("Hằng quý, hằng năm", "Hằng quý"),
            ("Hoàn thành trước ngày 30/6, báo cáo trước 15/12", "Trước 30/6"),
            ("Quý II (trước 30/6/2024)", "Quý II/2024"),
            ("Theo kế hoạch; trước 30/6", "Theo kế hoạch"),
            ("giai đoạn 2021 - 2025 và định hướng đến 2030", "2021 - 2025"),
            ("Đợt 1: tháng 5/2024; đợt 2: tháng 10/2024", "Tháng 5/2024"),
            ("Tháng 3, 6, 9, 12", "Tháng 3"),
        ],
    )
    def test_the_first_decides(self, text, first):
        found, alone = parse_timeframe(text, YEAR), parse_timeframe(first, YEAR)
        shared = ("kind", "start", "end", "recurrence")
        assert [getattr(found, f) for f in shared] == [getattr(alone, f) for f in shared]
        assert "compound" in flags(text)

    def test_a_due_day_is_no_end_of_what_recurs(self):
        assert dates("Hằng năm, trước ngày 15/12") == ("recurring", None, None)
        assert dates("Trước 31/12 hàng năm") == ("recurring", None, None)


class TestPlanYear:
    def test_the_phrase_s_own_year_wins(self):
        assert dates("Quý II/2026") == ("period", "2026-04-01", "2026-06-30")

    def test_the_year_stands_only_at_the_end(self):
        assert dates("Từ 15/5 - 20/6/2025") == ("period", "2025-05-15", "2025-06-20")
        assert dates("Từ 1/11 đến 15/2/2025") == ("period", "2024-11-01", "2025-02-15")

    def test_a_bare_year_bounds_nothing(self):
        assert dates("Thường xuyên trong năm") == ("continuous", None, None)
        assert dates("Hằng tháng trong năm") == ("recurring", None, None)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.one_of(st.none(), st.integers(2000, 2060)))
def test_no_text_raises(text, year):
    frame = parse_timeframe(text, year)
    assert "\n" not in frame.raw
    assert frame.end is None or frame.start is None or frame.start <= frame.end


WORDS = [
    *("thường", "xuyên", "hằng", "năm", "quý", "tháng", "ngày", "trước", "sau", "đến", "hết"),
    *("từ", "trong", "II", "IV/2024", "l2/2024", "31/02", "15/12/2024", "2024", "2030", "5", "13"),
    *(";", ",", "-", "(", ")", "…", "....", "\n", "đầu", "cuối", "6", "và", "theo", "kế hoạch"),
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9), st.one_of(st.none(), st.just(YEAR)))
def test_no_row_of_words_raises_or_makes_a_day_up(words, year):
    frame = parse_timeframe(" ".join(words), year)
    for day in filter(None, (frame.start, frame.end)):
        assert date.fromisoformat(day)
    if frame.kind in ("conditional", "unknown"):
        assert (frame.start, frame.end, frame.recurrence) == (None, None, None)


@given(st.dates(date(2015, 1, 1), date(2050, 12, 31)), st.sampled_from(["/", ".", "-"]))
def test_every_day_comes_back(day, separator):
    for text in (
        f"{day:%d}{separator}{day:%m}{separator}{day:%Y}",
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert dates(f"Trước ngày {text}") == ("deadline", None, day.isoformat())
