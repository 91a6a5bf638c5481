"""The table as a Word document, as python-docx and so Word reads it."""

import io

import docx

from pipeline.dataset.sinks.docx import DocxColumn, docx_table

COLUMNS = (DocxColumn("STT", 1, centred=True), DocxColumn("Nhiệm vụ", 9))
ROWS = [("1", "Rà soát <đất> & rừng\n- việc hai"), ("2", "Báo cáo")]


def test_word_reads_what_was_written():
    document = docx.Document(io.BytesIO(docx_table("BẢNG TỔNG HỢP", COLUMNS, ROWS)))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["STT", "Nhiệm vụ"],
        *[list(row) for row in ROWS],
    ]
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    assert document.paragraphs[0].text == "BẢNG TỔNG HỢP"
    assert 'w:val="26"' in document.styles.element.xml
    assert "Times New Roman" in document.styles.element.xml


def test_the_same_rows_give_the_same_bytes():
    assert docx_table("x", COLUMNS, ROWS) == docx_table("x", COLUMNS, iter(ROWS))
