"""Pages that stand twice, in the wrong order, or not at all."""

import pytest

from pipeline.stitch.page_order import doubled_pages, order_doubts
from schemas.geometry import Box
from schemas.page import Page, TextLine, Word
from tests.pipeline.stitch.printed import page_table

SHEETS = (
    "Rà soát công bố danh mục thủ tục hành chính đủ điều kiện cung cấp trực tuyến toàn trình năm",
    "Tổ chức tập huấn kỹ năng số cho công chức và tổ công nghệ số cộng đồng tại các xã thị trấn",
)


def page(number, text, method="text_layer"):
    words = tuple(
        Word(part, Box(50 + 40 * i, 100, 85 + 40 * i, 112)) for i, part in enumerate(text.split())
    )
    return Page(number, 600, 800, words, (), method)


def foot(number, text, confidence=1.0):
    return [TextLine(text, Box(290, 770, 310, 782), number, confidence)] if text else []


def doubled(*texts, printed=(), rows=(), method="text_layer"):
    pages = [page(i, text, method) for i, text in enumerate(texts, 1)]
    tables = {
        i: [page_table(i, *((str(n), "a", "b", "c") for n in rows[i - 1]))] if rows else []
        for i in range(1, len(texts) + 1)
    }
    outside = {i: foot(i, printed[i - 1] if printed else "") for i in range(1, len(texts) + 1)}
    return [(d.page, d.figures["same_as"]) for d in doubled_pages(pages, tables, outside)]


def test_a_page_that_says_the_same_to_the_letter():
    assert doubled(SHEETS[0], SHEETS[1], SHEETS[0]) == [(3, 1)]
    assert doubled(SHEETS[0], SHEETS[0].replace("năm", "quý")) == []


def test_a_heading_alone_says_nothing():
    assert doubled("PHỤ LỤC I", "PHỤ LỤC I") == []


def test_two_scans_of_one_sheet_differ_by_slips():
    again = SHEETS[0].replace("soát", "soat").replace("trình", "trinh")
    assert doubled(SHEETS[0], again, method="ocr") == [(2, 1)]
    assert doubled(SHEETS[0], again) == []


def test_scans_that_say_much_the_same_under_other_numbers_are_two():
    like = SHEETS[0].replace("năm", "quý")
    assert doubled(SHEETS[0], like, method="ocr", printed=("1", "2")) == []
    assert doubled(SHEETS[0], like, method="ocr", rows=((1, 2), (3, 4))) == []
    assert doubled(SHEETS[0], like, method="ocr", rows=((1, 2), (1, 2))) == [(2, 1)]


def doubts(*printed, rows=(), confidence=1.0):
    """The doubts about pages by what is printed at their feet, as (code, page)."""
    pages = [page(i, "") for i in range(1, max(len(printed), len(rows)) + 1)]
    outside = {p.number: [] for p in pages}
    outside |= {i: foot(i, text, confidence) for i, text in enumerate(printed, 1)}
    tables = {p.number: [] for p in pages}
    for i, numbers in enumerate(rows, 1):
        tables[i] = [page_table(i, *((str(n), "a", "b", "c") for n in numbers))]
    return [(d.reasons[0], d.page) for d in order_doubts(pages, tables, outside)]


@pytest.mark.parametrize(
    "printed",
    [
        ("1", "2", "3"),
        ("", "2", "3"),
        ("", "2", "3", "", "2", "3"),  # anew for an appendix
        ("1", "2", "1", "2"),
        ("1", "", "3"),
        ("1", "", "2", "", "3"),  # blank backs
        ("5", "6", "7"),
        ("- 1 -", "Trang 2/3", "3/3"),
        ("1", "57", "3"),  # another number that stands alone
        ("2024", "2025"),
    ],
)
def test_numbers_that_are_in_order(printed):
    assert doubts(*printed, confidence=0.9) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("1", "2", "4"), [("page_missing", 3)]),
        (("1", "", "4"), [("page_missing", 3)]),
        (("1", "3", "2", "4"), [("pages_out_of_order", 3)]),
        (("2", "1"), []),
        (("3", "2"), [("pages_out_of_order", 2)]),
        (("1", "2", "2", "3"), [("pages_out_of_order", 3)]),
        (("Trang 1/3", "Trang 2/3"), [("page_missing", 2)]),
        (("1", "60"), []),
    ],
)
def test_numbers_that_are_not(printed, expected):
    assert doubts(*printed) == expected


def test_a_number_that_ocr_misread_is_no_gap():
    assert doubts("1", "8", "3", "4", confidence=0.9) == []
    assert doubts("1", "2", "8", confidence=0.9) == []
    assert doubts("1", "2", "4", "5", confidence=0.9) == [("page_missing", 3)]


def test_the_last_number_of_a_scan_is_believed_where_rows_are_left_out_as_well():
    found = doubts("1", "3", rows=((1, 2), (5, 6)), confidence=0.9)
    assert found == [("page_missing", 2)]
    assert doubts("1", "3", rows=((1, 2), (3, 4)), confidence=0.9) == []


def test_rows_tell_where_pages_carry_no_numbers():
    assert doubts(rows=((1, 2), (5, 6), (3, 4))) == [("pages_out_of_order", 2)]
    assert doubts(rows=((1, 2), (3, 4), (5, 6))) == []
    assert doubts(rows=((1, 2), (1, 2), (3, 4))) == []  # another table
    assert doubts(rows=((1, 2), (6, 7), (3, 4))) == []  # no order would be whole
