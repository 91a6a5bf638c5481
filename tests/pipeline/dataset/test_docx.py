"""The table as a Word document, as python-docx and so Word reads it."""

import io

import docx

from pipeline.dataset.sinks.docx import DocxColumn, DocxHeading, DocxRow, docx_table

COLUMNS = (DocxColumn("STT", 1, centred=True), DocxColumn("Nhiệm vụ", 9))
TEXTS = [("1", "Rà soát <đất> & rừng\n- việc hai"), ("2", "Báo cáo")]
ROWS = [DocxRow(cells) for cells in TEXTS]


def test_word_reads_what_was_written():
    document = docx.Document(io.BytesIO(docx_table("BẢNG TỔNG HỢP", COLUMNS, ROWS)))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["STT", "Nhiệm vụ"],
        *[list(cells) for cells in TEXTS],
    ]
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    assert document.paragraphs[0].text == "BẢNG TỔNG HỢP"
    assert 'w:val="26"' in document.styles.element.xml
    assert "Times New Roman" in document.styles.element.xml


def test_a_heading_is_one_cell_that_stays_with_its_rows_and_what_is_marked_is_coloured():
    rows = [DocxHeading("I. Công khai"), DocxRow(("1", "a"), marked=True), DocxRow(("2", "b"))]
    content = docx_table("x", COLUMNS, rows, ["1. Chưa rõ."])
    document = docx.Document(io.BytesIO(content))
    heading, marked, plain = document.tables[0].rows[1:]
    assert len(heading._tr.tc_lst) == 1
    assert heading.cells[0].text == "I. Công khai"
    assert "keepNext" in heading._tr.xml
    assert ["FFE699" in row._tr.xml for row in (heading, marked, plain)] == [False, True, False]
    assert document.paragraphs[-1].text == "1. Chưa rõ."


def test_the_same_rows_give_the_same_bytes():
    assert docx_table("x", COLUMNS, ROWS) == docx_table("x", COLUMNS, iter(ROWS))
