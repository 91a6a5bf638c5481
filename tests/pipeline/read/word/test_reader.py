"""Whole Word documents: from the file to its items, and files that nobody should send."""

import zipfile
from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.dataset.review import review_plan
from pipeline.extract import extract_document, extract_plan
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import FailureCode
from tests.pipeline.read.word.made import NS, p, r, tbl, tc, tr, write_docx

HEADER = ("STT", "Nội dung", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")


def _plan(*rows: str) -> str:
    letterhead = tbl(
        tr(tc("ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        tr("Số: 15/KH-UBND", "Chi Lăng, ngày 02 tháng 5 năm 2024"),
        ruled=False,
    )
    centred = '<w:jc w:val="center"/>'
    return (
        letterhead
        + p(r("KẾ HOẠCH", "<w:b/>"), properties=centred)
        + p(r("Nâng cao chỉ số hài lòng năm 2024", "<w:b/>"), properties=centred)
        + p("Căn cứ Luật Tổ chức chính quyền địa phương, huyện ban hành kế hoạch như sau:")
        + tbl(tr(*HEADER), *rows)
    )


def _read(path: Path):
    return extract_plan(Job(path, path.name, Settings(), shipped_office()))


def test_title_block_rows_and_places(tmp_path):
    both = tc("- Niêm yết", "- Lập sổ")
    rows = (
        tr("1", tc("Công khai", merge="restart"), both, "Phòng Nội vụ", "Quý II/2024"),
        tr("2", tc("", merge="continue"), "Tuyên truyền", "Phòng Nội vụ", "Thường xuyên"),
    )
    plan = _read(write_docx(tmp_path / "plan.docx", _plan(*rows)))
    document = plan.document
    assert (document.kind, document.pages) == ("word", 0)
    assert (document.plan_number, document.plan_symbol) == ("15", "KH-UBND")
    assert (document.issued_on.day, document.issued_on.month, document.year) == (2, 5, 2024)
    assert document.unit == "huyện Chi Lăng"
    assert document.title == "KẾ HOẠCH Nâng cao chỉ số hài lòng năm 2024"
    assert [(i.marker, i.title, i.tasks) for i in plan.items] == [
        ("1", "Công khai", ("Niêm yết", "Lập sổ")),
        ("2", "Công khai", ("Tuyên truyền",)),
    ]
    cells = [(f.cell.table, f.cell.row, f.cell.column) for f in plan.items[0].fragments]
    assert cells == [(2, 2, 1), (2, 2, 2), (2, 2, 3), (2, 2, 4), (2, 2, 5)]


def test_paragraphs_are_tasks_where_they_begin_and_one_where_they_go_on(tmp_path):
    cell = tc("Rà soát hộ nghèo", "Lập danh sách các hộ", "trên địa bàn xã")
    plan = _read(
        write_docx(tmp_path / "a.docx", _plan(tr("1", "Giảm nghèo", cell, "UBND xã", "2024")))
    )
    assert plan.items[0].tasks == ("Rà soát hộ nghèo", "Lập danh sách các hộ trên địa bàn xã")


def test_a_table_parted_by_an_empty_paragraph_is_one_and_its_rows_are_whole(tmp_path):
    one = tr("1", "Công khai", "Niêm yết danh sách", "Phòng Nội vụ", "2024")
    two = tr("", "", "và các nội dung khác", "UBND xã", "2024")
    body = _plan(one) + p("") + tbl(tr(*HEADER), two)
    plan = _read(write_docx(tmp_path / "a.docx", body))
    assert [item.tasks for item in plan.items] == [
        ("Niêm yết danh sách",),
        ("và các nội dung khác",),
    ]


def test_tables_of_other_columns_are_no_part_of_it(tmp_path):
    two = tbl(tr("STT", "Nội dung", "Cơ quan chủ trì"), tr("2", "Rà soát", "UBND xã"))
    row = tr("1", "Công khai", "Niêm yết", "Phòng Nội vụ", "2024")
    plan = _read(write_docx(tmp_path / "a.docx", _plan(row) + p("") + two))
    assert [(item.title, item.tasks) for item in plan.items] == [
        ("Công khai", ("Niêm yết",)),
        ("", ("Rà soát",)),
    ]


def _failure(path: Path) -> FailureCode | None:
    failure = extract_document(Job(path, path.name, Settings(), shipped_office())).failure
    return failure and failure.code


def _with_document(path: Path, document: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return path


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f"<w:document {NS}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (BOMB, FailureCode.DAMAGED_FILE),
        (f"<w:document {NS}><w:body>", FailureCode.DAMAGED_FILE),
        ("", FailureCode.DAMAGED_FILE),
        (f"<w:document {NS}>{'<w:p/>' * 4_000_001}</w:document>", FailureCode.TOO_LARGE),
        (b" " * (101 << 20), FailureCode.TOO_LARGE),
        (f"<w:document {NS}><w:body>{'<w:tbl><w:tr><w:tc>' * 100_000}", FailureCode.DAMAGED_FILE),
    ],
    ids=["entities", "cut short", "empty", "elements", "unpacked size", "depth"],
)  # fmt: skip
def test_hostile_documents_fail_by_name(tmp_path, document, code):
    assert _failure(_with_document(tmp_path / "a.docx", document)) == code


def test_a_zip_that_is_cut_short_is_no_word_document(tmp_path):
    path = write_docx(tmp_path / "a.docx", p("x"))
    path.write_bytes(path.read_bytes()[:-30])
    assert _failure(path) == FailureCode.UNSUPPORTED_FILE


def test_a_zip_whose_names_are_no_text_is_no_word_document(tmp_path):
    path = write_docx(tmp_path / "a.docx", p("x"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("é", "")  # its name is marked as UTF-8
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xfe"))
    assert _failure(path) == FailureCode.UNSUPPORTED_FILE


def test_an_external_entity_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    document = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><w:document {NS}>&s;</w:document>'
    )
    assert _failure(_with_document(tmp_path / "a.docx", document)) == FailureCode.DAMAGED_FILE


def test_strict_documents_are_read_as_any_other(tmp_path):
    path = write_docx(tmp_path / "a.docx", _plan(tr("1", "A", "Rà soát", "UBND xã", "2024")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(
                name,
                data.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert [item.tasks for item in _read(path).items] == [("Rà soát",)]


STRUCK = "<w:strike/>"


def test_struck_words_are_kept_apart_and_said(tmp_path):
    cell = tc(p("Rà soát ", r("và bãi bỏ ", STRUCK), "văn bản"))
    rows = (
        tr("1", "Thể chế", cell, tc(p(r("Sở Tư pháp", STRUCK))), "2024"),
        tr("2", "Công khai", "Niêm yết", "UBND xã", "2024"),
    )
    plan = _read(write_docx(tmp_path / "a.docx", _plan(*rows)))
    first, second = plan.items
    assert (first.tasks, first.lead) == (("Rà soát văn bản",), ())
    assert "text_struck" in first.flags
    assert [f.struck for f in first.fragments] == ["", "", "và bãi bỏ", "Sở Tư pháp", ""]
    assert "text_struck" not in second.flags
    assert {f.struck for f in second.fragments} == {""}


@pytest.mark.parametrize("how", ["struck", "struck but its number", "deleted"])
def test_a_row_that_is_struck_or_deleted_as_a_whole_is_shown_and_said(tmp_path, how):
    texts = ("2", "Công khai", "Niêm yết", "UBND xã", "2024")
    row = {
        "struck": tr(*(tc(p(r(text, STRUCK))) for text in texts)),
        "struck but its number": tr("2", *(tc(p(r(text, STRUCK))) for text in texts[1:])),
        "deleted": tr(*texts, properties="<w:del/>"),
    }[how]
    one = tr("1", "Thể chế", "Rà soát", "UBND xã", "2024")
    plan = _read(write_docx(tmp_path / "a.docx", _plan(one, row)))
    assert [(i.marker, i.tasks) for i in plan.items] == [("1", ("Rà soát",)), ("2", ("Niêm yết",))]
    assert ["text_struck" in i.flags for i in plan.items] == [False, True]
    assert [row.reasons for row in review_plan(plan) if row.item_id == "i2"] == ["text_struck"]


def test_empty_rows_are_rows_of_the_table_and_no_items(tmp_path):
    row = ("1", "Thể chế", "Rà soát", "UBND xã", "2024")
    body = _plan(tr(*row), tr("", "", "", "", ""), tr("2", *row[1:]))
    plan = _read(write_docx(tmp_path / "a.docx", body))
    assert [item.marker for item in plan.items] == ["1", "2"]
    assert plan.tables[0].row_count == 3


@pytest.mark.parametrize(("marked", "headers"), [(2, ["Xã / Tên", "Hộ / Số"]), (0, ["", ""])])
def test_rows_that_word_repeats_are_the_header(tmp_path, marked, headers):
    rows = [("Xã", "Hộ"), ("Tên", "Số"), ("A", "1"), ("B", "2")]
    repeated = "<w:tblHeader/>"
    made = (tr(*row, properties=repeated if n < marked else "") for n, row in enumerate(rows))
    (table,) = _read(write_docx(tmp_path / "a.docx", tbl(*made))).tables
    assert [column.header for column in table.columns] == headers
