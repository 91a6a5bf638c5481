"""What an item says about how its text was read."""

import pytest

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.items import Context, item_of
from pipeline.interpret.numbering import Number
from pipeline.interpret.roles import Column
from schemas.geometry import IDENTITY, Box
from schemas.page import Reread, TextLine
from schemas.table import Cell, Piece, Row

COLUMNS = (Column("title", "Nội dung", 1.0, ()), Column("tasks", "Nhiệm vụ", 1.0, ()))


def item(title, task, confidence):
    return item_of_cells(
        Cell(col, 1, (Piece(1, box, (TextLine(text, box, 1, confidence),)),))
        for col, (text, box) in enumerate(
            [(title, Box(0, 0, 100, 20)), (task, Box(100, 0, 300, 20))]
        )
    )


def item_of_lines(lines):
    return item_of_cells([Cell(1, 1, (Piece(1, Box(0, 0, 100, 40), lines),))])


def item_of_cells(cells):
    context = Context(
        COLUMNS, ({}, {}), {1: IDENTITY}, IssuerContext(), 2024, shipped_office().registry()
    )
    return item_of(Row(tuple(cells)), Number("1"), context, ("i1", "a1", None))


@pytest.mark.parametrize(
    ("task", "confidence", "flagged"),
    [
        ("Thực hiện Nghị định 59/2023/NĐ-CP tại UBND xã", 0.95, False),
        ("Thực hiện Nghịđịnh 59/2023/NĐ-CP tại UBND xã", 0.95, True),
        ("Thực hiện Nghịđịnh 59/2023/NĐ-CP tại UBND xã", 1.0, False),
    ],
)
def test_words_that_cannot_be_are_flagged_where_an_ocr_read_them(task, confidence, flagged):
    made = item("Dân chủ ở cơ sở", task, confidence)
    assert ("words_doubtful" in made.flags) is flagged
    assert made.tasks == (task,)


def line(printed, read="", **reread):
    rereads = (Reread(**reread),) if reread else ()
    return TextLine(printed, Box(0, 0, 100, 20), 1, 0.9, read=read, rereads=rereads)


def test_what_was_mended_is_told_and_what_was_read_is_kept():
    lines = (
        line("kinh phí chi", "kinh phí chỉ", text="chi", other="chỉ", log_odds=5.0, mended=True),
        line("thường xuyên"),
    )
    made = item_of_lines(lines)
    fragment = made.fragments[0]
    assert (fragment.text, fragment.read) == (
        "kinh phí chi\nthường xuyên",
        "kinh phí chỉ\nthường xuyên",
    )
    (change,) = made.letters_mended
    assert (change.before, change.after, change.log_odds) == ("chỉ", "chi", 5.0)
    assert "letters_doubtful" not in made.flags


@pytest.mark.parametrize(
    ("mended", "log_odds", "doubtful"),
    [(False, 1.9, True), (False, 2.1, False), (True, 2.4, True), (True, 2.6, False)],
)
def test_a_word_is_in_doubt_where_its_other_reading_is_near(mended, log_odds, doubtful):
    reread = {"text": "năm", "other": "nắm", "log_odds": log_odds, "mended": mended}
    made = item_of_lines((line("khi năm được", "khi nắm được" if mended else "", **reread),))
    assert ("letters_doubtful" in made.flags) is doubtful
    assert bool(made.fragments[0].doubtful) is doubtful


def test_an_item_that_no_ocr_has_read_says_nothing_of_letters():
    text = item("Dân chủ ở cơ sở", "Thực hiện", 1.0).model_dump_json()
    assert not any(name in text for name in ("letters_mended", "doubtful", '"read"'))
