"""The overview as a Word document: headings as rows, doubts told below."""

import io

import docx
import pytest

from pipeline.dataset.handout import handout
from pipeline.dataset.overview import overview_batch

ONE = ("huyện Chi Lăng", "Lạng Sơn", "154", "KH-UBND", 5, 2, 2024, "a.pdf")
TWO = ("", None, "", "", None, None, None, "b.pdf")


def row(document, section, title, deliverable="", reasons=""):
    of_item = (
        *section, "a", title, None, "Rà soát", "Phòng Nội vụ", "", "Quý I/2024", None, None,
        deliverable, 1, 1,
    )  # fmt: skip
    return (*document, *of_item, reasons)


ROWS = [
    row(ONE, ("1", "Công khai"), "Thu chi"),
    row(ONE, ("1", "Công khai"), "Quy hoạch", reasons="Chưa rõ.\nCần xem."),
    row(ONE, ("2", "Thủ tục"), "Một cửa"),
    row(TWO, ("", ""), "Khác", deliverable="Báo cáo"),
]


def read(rows, **options):
    document = docx.Document(io.BytesIO(handout([overview_batch(rows, 1)], **options)))
    return document.tables[0], [each.text for each in document.paragraphs]


def test_plans_and_sections_are_rows_above_their_items():
    table, below = read(ROWS, deliverables=True)
    texts = [
        [each.cells[0].text] if len(each._tr.tc_lst) == 1 else [cell.text for cell in each.cells]
        for each in table.rows
    ]
    assert texts[0] == [
        "STT", "Nội dung", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm",
    ]  # fmt: skip
    assert [each if len(each) == 1 else each[:2] for each in texts[1:]] == [
        ["huyện Chi Lăng, Lạng Sơn – 154/KH-UBND, 05/02/2024"],
        ["1. Công khai"],
        ["1", "a. Thu chi"],
        ["2", "a. Quy hoạch"],
        ["2. Thủ tục"],
        ["3", "a. Một cửa"],
        ["b.pdf"],
        ["4", "a. Khác"],
    ]
    assert below[-1] == "2. Chưa rõ. Cần xem."


@pytest.mark.parametrize("deliverables", [True, False])
def test_a_column_for_deliverables_is_there_where_some_are(deliverables):
    table, below = read(ROWS[:1], deliverables=deliverables)
    assert len(table.columns) == (7 if deliverables else 6)
    assert not any("cần xem lại" in text for text in below)
