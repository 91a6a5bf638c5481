import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.files.spreadsheet_text import csv_bytes, csv_text, guarded, plain


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "- Rà soát"],
)
def test_formulas_are_guarded(text):
    assert guarded(text) == f"'{plain(text)}"


@pytest.mark.parametrize("text", ["", "a=1", "Rà soát - kiểm tra", "1-2", "'quoted'", "…", "(=1)"])
def test_other_text_is_left_alone(text):
    assert guarded(text) == text


def test_control_characters_are_shown_and_line_ends_are_one():
    assert plain("a\x00b\x1fc\x85d\r\ne\rf\ufffe\t") == "a\ufffdb\ufffdc\x85d\ne\nf\ufffd\t"


@given(st.text())
def test_no_text_runs(text):
    cell = guarded(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain(cell) == cell
    assert cell.removeprefix("'") == plain(text).removeprefix("'")


def test_rows_as_csv_that_excel_knows():
    rows = [("tên", "số"), ("=1+1", 3), ('a "b", c\nd', None)]
    assert csv_text(rows) == 'tên,số\r\n\'=1+1,3\r\n"a ""b"", c\nd",\r\n'
    assert csv_bytes(rows) == b"\xef\xbb\xbf" + csv_text(rows).encode()
