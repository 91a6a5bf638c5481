"""What an item says about how its text was read."""

import pytest

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.items import Context, item_of
from pipeline.interpret.numbering import Number
from pipeline.interpret.roles import Column
from schemas.geometry import IDENTITY, Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row

COLUMNS = (Column("title", "Nội dung", 1.0, ()), Column("tasks", "Nhiệm vụ", 1.0, ()))


def item(title, task, confidence):
    cells = tuple(
        Cell(col, 1, (Piece(1, box, (TextLine(text, box, 1, confidence),)),))
        for col, (text, box) in enumerate(
            [(title, Box(0, 0, 100, 20)), (task, Box(100, 0, 300, 20))]
        )
    )
    context = Context(
        COLUMNS, ({}, {}), {1: IDENTITY}, IssuerContext(), 2024, shipped_office().registry()
    )
    return item_of(Row(cells), Number("1"), context, ("i1", "a1", None))


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
