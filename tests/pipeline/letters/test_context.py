"""The step as a whole: cells that go on over lines and pages, and what is left alone."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.agencies import shipped_office
from pipeline.letters.context import context_digest, in_context
from schemas.geometry import Box
from schemas.page import Page, Symbol, TextLine, Word
from schemas.reading import Reading, Source, Stitched
from schemas.table import Cell, PageTable, Piece, Row, Table

OFFICE = shipped_office()


def line(text: str, page: int, top: float, left: float = 0) -> TextLine:
    words = tuple(
        Word(part, Box(left + 10 * i, top, left + 10 * i + 9, top + 9), 0.9, symbols=symbols(part))
        for i, part in enumerate(text.split())
    )
    box = Box(left, top, left + 10 * len(words), top + 9)
    return TextLine(text, box, page, 0.9, words=words)


def symbols(text: str) -> tuple[Symbol, ...]:
    return tuple(Symbol(char, 0.9 if char in "ốếỉ" else 0.9957) for char in text)


def document(methods, cells=(), outside=()) -> Stitched:
    pages = tuple(Page(n, 600, 800, (), (), method) for n, method in enumerate(methods, 1))
    rows = tuple(Row((Cell(0, 1, pieces),)) for pieces in cells)
    part = PageTable(1, Box(0, 40, 100, 800), (0, 100), (40, 800), ())
    tables = [Table((0, 100), (), rows, (False,) * len(rows), (part,))] if rows else []
    source = Source(Path("x.pdf"), "x.pdf", "0" * 64, "pdf", len(pages))
    lines = {page.number: [x for x in outside if x.page == page.number] for page in pages}
    return Stitched(source, Reading(pages), tables, lines, [])


def piece(*lines: TextLine) -> Piece:
    return Piece(lines[0].page, Box(0, 0, 100, 100), lines)


def test_a_sentence_that_a_page_cuts_is_read_whole():
    cut = (piece(line("kinh phí chỉ", 1, 700)), piece(line("thường xuyên", 2, 50)))
    (row,) = in_context(document(["ocr", "ocr"], [cut]), OFFICE).tables[0].rows
    assert [x.text for x in row.cells[0].lines] == ["kinh phí chi", "thường xuyên"]
    assert [x.read for x in row.cells[0].lines] == ["kinh phí chỉ", ""]


def test_a_merged_cell_is_mended_in_every_row_in_which_it_stands():
    merged = (piece(line("báo cáo tống hợp", 1, 50)),)
    rows = in_context(document(["ocr"], [merged, merged]), OFFICE).tables[0].rows
    assert [row.cells[0].lines[0].text for row in rows] == ["báo cáo tổng hợp"] * 2


def test_running_text_is_read_by_paragraphs_and_letterheads_abreast_apart():
    lines = (
        line("VỀ CHUYẾN ĐỐI SỐ", 1, 60),
        line("Kinh phí", 1, 100),
        line("Kiếm", 1, 100, left=300),
        line("chỉ thường xuyên", 1, 110),
        line("tra sau", 1, 110, left=300),
    )
    made = in_context(document(["ocr"], outside=lines), OFFICE).outside[1]
    texts = [x.text for x in made]
    assert texts[1:] == ["Kinh phí", "Kiểm", "chi thường xuyên", "tra sau"]


def test_the_title_block_tells_the_province_and_this_its_units():
    cut = (piece(line("giao xã Chỉ Khê", 1, 50)),)
    whole = document(["ocr"], [cut])
    (row,) = in_context(whole, OFFICE).tables[0].rows
    assert row.cells[0].lines[0].text == "giao xã Chỉ Khê"

    headed = document(["ocr"], [cut], [line("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", 1, 20)])
    (row,) = in_context(headed, OFFICE).tables[0].rows
    assert row.cells[0].lines[0].text == "giao xã Chi Khê"


def test_a_digital_document_is_the_same_object():
    whole = document(["text_layer"], [(piece(line("kinh phí chỉ thường xuyên", 1, 50)),)])
    assert in_context(whole, OFFICE) is whole


def test_digital_pages_among_scans_stay():
    digital = line("kinh phí chỉ thường xuyên", 1, 50)
    digital = replace(digital, words=tuple(replace(w, confidence=1.0) for w in digital.words))
    made = in_context(document(["text_layer", "ocr"], [(piece(digital),)]), OFFICE)
    assert made.tables[0].rows[0].cells[0].lines[0] == digital


def test_the_digest_is_of_the_data(monkeypatch):
    before = context_digest()
    monkeypatch.setattr("pipeline.letters.context.read_bytes", lambda name: name.encode())
    context_digest.cache_clear()
    assert context_digest() != before
    context_digest.cache_clear()


@pytest.mark.parametrize("method", ["blank", "exact"])
def test_without_a_page_that_was_read_by_an_ocr_nothing_is_loaded(method, monkeypatch):
    monkeypatch.setattr("pipeline.letters.context.passages_of", lambda _: 1 / 0)
    whole = document([method])
    assert in_context(whole, OFFICE) is whole
