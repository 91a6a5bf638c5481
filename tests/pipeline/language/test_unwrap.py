"""Printed lines into running text."""

import pytest

from pipeline.language.unwrap import unwrap, whole_words
from schemas.geometry import Box
from schemas.page import TextLine


def lines(*texts):
    return [TextLine(t, Box(0, 12 * i, 50, 12 * i + 10), 1) for i, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["Trước", "ngày", "31/10/20", "24"], "Trước ngày 31/10/2024"),
        (["31/10/202", "4"], "31/10/2024"),
        (["VI", "I"], "VII"),
        (["Kế hoạch số 06/QĐ-", "TTg ngày"], "Kế hoạch số 06/QĐ-TTg ngày"),
        (["tại thôn/", "khu phố"], "tại thôn/khu phố"),
        (["Thể dục -", "Thể thao"], "Thể dục - Thể thao"),
        (["năm 2024", "và 2025"], "năm 2024 và 2025"),
        (["Quý", "III/202", "5."], "Quý III/2025."),
        (["có 12", "5 hộ"], "có 12 5 hộ"),
    ],
)
def test_flow(printed, text):
    assert unwrap(lines(*printed)) == text


def column_of(*texts, letter=6.0):
    """Lines as wide as their letters, one below the other."""
    return [
        TextLine(t, Box(0, 14 * i, letter * len(t), 14 * i + 10), 1) for i, t in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["Thườn", "g", "xuyên"], "Thường xuyên"),
        (["Trư", "ớc", "30/1", "1/20", "26"], "Trước 30/11/2026"),
        (["hoà", "n", "thà", "nh"], "hoàn thành"),
        (["Khôn", "g"], "Không"),
        (["NỘI", "DUN", "G"], "NỘI DUNG"),
        (["ST", "T"], "STT"),
        (["S", "T", "T"], "STT"),
        (["58.73", "0"], "58.730"),
        (["1.234", ".567"], "1.234.567"),
        (["68.", "03", "9"], "68.039"),
        (["202", "6-", "203", "0"], "2026-2030"),
        (["32,3", "%"], "32,3%"),
        (["UBND các", "xã, phường", "; Sở Y tế"], "UBND các xã, phường; Sở Y tế"),
        (["(Khôn", "g)"], "(Không)"),
        (["154/K", "H-", "UBND"], "154/KH-UBND"),
        (["12/QĐ", "-UBND"], "12/QĐ-UBND"),
        (["1:2018/B", "YT"], "1:2018/BYT"),
    ],
)
def test_words_that_a_narrow_column_cut(printed, text):
    assert unwrap(column_of(*printed)) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["Thường", "xuyên"], "Thường xuyên"),  # each is a syllable
        (["1", "2.345"], "1 2.345"),  # the first does not fill its line
        (["12.345", "678"], "12.345 678"),
        (["Thờ", "i là chữ"], "Thờ i là chữ"),  # "i" may be a word
        (["Khoản", "a"], "Khoản a"),
        (["10.", "11."], "10. 11."),
        (["1.", "2"], "1. 2"),
        (["Các bước Khôn", "g"], "Các bước Khôn g"),  # not alone on its line
        (["Khôn", "g và những nội dung khác"], "Khôn g và những nội dung khác"),  # room enough
        (["UBND", "VP"], "UBND VP"),
        (["12/QĐ", "UBND"], "12/QĐ UBND"),  # what is left out is not put in
    ],
)
def test_what_may_be_two_words_stays_two(printed, text):
    assert unwrap(column_of(*printed)) == text


def test_digits_below_each_other_are_one_number_where_the_cell_holds_but_one():
    digits = column_of("1", "0")
    assert unwrap(digits, 20.0) == "10"
    assert unwrap(digits, 40.0) == unwrap(digits) == "1 0"
    assert unwrap(column_of("1", "VI"), 20.0) == "1 VI"


def test_lines_stay_lines_but_for_the_cut():
    assert whole_words(column_of("Sở Y tế", "Thườn", "g xuyên", "UBND"), 60.0) == [
        "Sở Y tế", "Thườn", "g xuyên", "UBND",
    ]  # fmt: skip
    assert whole_words(column_of("Thườn", "g", "trực"), 40.0) == ["Thường", "trực"]
