"""Workbooks: what is shown becomes items with their cells, what is hidden is said."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.agencies import shipped_office
from pipeline.extract import extract_document, extract_plan
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import FailureCode
from tests.pipeline.read.sheet.made import FRAME, HEADER, plan_workbook, write

HERE = Path(__file__).parent


def _read(path: Path):
    return extract_plan(Job(path, path.name, Settings(), shipped_office()))


def _failure(path: Path) -> FailureCode | None:
    failure = extract_document(Job(path, path.name, Settings(), shipped_office())).failure
    return failure and failure.code


def _workbook(folder: Path, *rows: tuple, framed: bool = True) -> Path:
    book = Workbook()
    for number, values in enumerate(rows, 1):
        for col, value in enumerate(values, 1):
            cell = book.active.cell(number, col, value)
            if framed and value is not None:
                cell.border = FRAME
    book.save(folder / "made.xlsx")
    return folder / "made.xlsx"


@pytest.fixture(params=["xlsx", "xls", "ods"])
def plan(request, tmp_path):
    path = HERE / f"plan.{request.param}"
    return _read(write(tmp_path / "plan.xlsx") if request.param == "xlsx" else path)


def test_one_plan_in_three_formats(plan):
    assert [(i.marker, i.title, i.tasks) for i in plan.items] == [
        ("1", "Rà soát", ("Lập danh mục", "Kiến nghị sửa đổi")),
        ("2", "Rà soát", ("Tuyên truyền",)),
    ]
    assert [i.timeframe.raw for i in plan.items] == ["30/06/2024", "Quý II/2024"]
    assert [i.extra["Kinh phí"] for i in plan.items] == ["1,500,000", "50%"]
    assert [s.title for s in plan.sections] == ["Cải cách thể chế"]
    document = plan.document
    assert (document.kind, document.pages, document.plan_number) == ("sheet", 0, "15")
    assert document.title == "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024"
    assert {"sheets_hidden", "rows_hidden"} <= set(document.flags)


def test_places_are_cells_of_sheets(plan):
    cells = [(f.cell.sheet, f.cell.row, f.cell.column) for f in plan.items[1].fragments]
    assert cells == [
        ("Phụ lục", 11, "A"),
        ("Phụ lục", 9, "B"),
        *(("Phụ lục", 11, c) for c in "CDEF"),
    ]


def test_without_borders_a_table_stands_under_known_headers(tmp_path):
    rows = [
        ("Biểu tổng hợp",), (), HEADER[:5], (1, "A", "Rà soát", "Phòng Nội vụ", "2024"), (),
        ("Người lập biểu",),
    ]  # fmt: skip
    plan = _read(_workbook(tmp_path, *rows, framed=False))
    assert [(i.marker, i.tasks) for i in plan.items] == [("1", ("Rà soát",))]


def test_tables_below_and_beside_one_another_are_parted(tmp_path):
    row = (1, "A", "Rà soát", "Phòng Nội vụ", "2024")
    beside = (*HEADER[:5], None, "Xã", "Hộ"), (*row, None, "Vân Thủy", 12)
    plan = _read(_workbook(tmp_path, *beside, (), HEADER[:5], (2, *row[1:])))
    assert [(i.marker, i.extra) for i in plan.items] == [("1", {}), ("2", {})]
    assert "table_without_tasks" in plan.document.flags


def test_a_formula_without_a_result_is_said(tmp_path):
    path = _workbook(tmp_path, HEADER[:5], (1, "A", "Rà soát", "=B2", "2024"))
    assert "formulas_not_computed" in _read(path).document.flags
    assert "formulas_not_computed" not in _read(write(tmp_path / "plan.xlsx")).document.flags


def test_columns_that_are_hidden_are_left_out(tmp_path):
    book = plan_workbook()
    book.active.column_dimensions["F"].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert [i.extra for i in _read(tmp_path / "a.xlsx").items] == [{}, {}]


def test_values_in_a_text_file_that_calls_itself_xls_are_read(tmp_path):
    path = tmp_path / "plan.xls"
    rows = "\t".join(HEADER[:5]) + "\n1\tA\tRà soát\tPhòng Nội vụ\tQuý II/2024\n"
    path.write_bytes(rows.encode("utf-16"))
    plan = _read(path)
    assert plan.document.kind == "sheet"
    assert [(i.title, i.tasks) for i in plan.items] == [("A", ("Rà soát",))]


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="b"><Borders><Border ss:Position="Top" ss:LineStyle="Continuous"/></Borders>
</Style><Style ss:ID="d"><Borders><Border ss:LineStyle="Continuous"/></Borders>
<NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="Phụ lục"><Table>
<Row>{header}</Row>
<Row ss:Index="4"><Cell ss:StyleID="b"><Data ss:Type="Number">1</Data></Cell>
<Cell ss:StyleID="b" ss:MergeDown="1"><Data ss:Type="String">Rà soát</Data></Cell>
<Cell ss:StyleID="b"><Data ss:Type="String">Lập danh mục</Data></Cell>
<Cell ss:StyleID="b"><Data ss:Type="String">Phòng Tư pháp</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-06-30T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:StyleID="b"><Data ss:Type="Number">9</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="Nháp"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>
</x:WorksheetOptions></Worksheet></Workbook>"""


def test_the_xml_of_excel_2003_is_a_workbook(tmp_path):
    cell = '<Cell ss:StyleID="b"><Data ss:Type="String">{}</Data></Cell>'
    text = XML_2003.format(header="".join(map(cell.format, HEADER[:5])))
    path = tmp_path / "plan.xls"
    path.write_text(text.replace('ss:Index="4"', ""), "utf-8")
    plan = _read(path)
    (item,) = plan.items
    assert (item.title, item.tasks) == ("Rà soát", ("Lập danh mục",))
    assert item.timeframe.raw == "30/06/2024"
    assert {"sheets_hidden", "rows_hidden"} <= set(plan.document.flags)
    cell = item.fragments[-1].cell
    assert (cell.sheet, cell.row, cell.column) == ("Phụ lục", 2, "E")


def _changed(path: Path, name: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_merge_of_the_whole_sheet_is_refused_before_it_is_loaded(tmp_path):
    path = _changed(write(tmp_path / "a.xlsx"), SHEET, b'"B9:B11"', b'"A1:XFD1048576"')
    assert _failure(path) == FailureCode.TOO_LARGE


def test_a_document_type_is_refused(tmp_path):
    path = write(tmp_path / "a.xlsx")
    _changed(path, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    assert _failure(path) == FailureCode.DAMAGED_FILE


def test_a_workbook_that_is_cut_short_fails_by_name(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes((HERE / "plan.xls").read_bytes()[:3000])
    assert _failure(path) in (FailureCode.DAMAGED_FILE, FailureCode.UNSUPPORTED_FILE)


def test_rows_without_borders_and_known_headers_are_a_table_where_there_are_several(tmp_path):
    rows = [("Danh sách",), ("Họ tên", "Ngày sinh"), *((f"Người {n}", "1990") for n in range(3))]
    (table,) = _read(_workbook(tmp_path, *rows, framed=False)).tables
    assert [row.cells for row in table.rows][-1] == ("Người 2", "1990")


def test_a_line_under_a_title_makes_no_table(tmp_path):
    book = plan_workbook()
    for col in range(1, 7):
        book.active.cell(4, col).border = FRAME
    book.save(tmp_path / "a.xlsx")
    plan = _read(tmp_path / "a.xlsx")
    assert len(plan.tables) == 1
    assert plan.document.title == "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024"


def test_empty_rows_within_a_table_stay_and_those_below_it_go(tmp_path):
    rows = [("Xã", "Hộ"), ("A", 1), (" ", " "), ("B", 2), (" ", " "), (" ", " ")]
    (table,) = _read(_workbook(tmp_path, *rows)).tables
    assert [row.cells for row in table.rows][1:] == [("A", "1"), ("", ""), ("B", "2")]


def test_rows_that_are_printed_on_every_page_are_the_header(tmp_path):
    path = _workbook(tmp_path, ("Xã", "Hộ"), ("A", 1), ("B", 2))
    book = load_workbook(path)
    book.active.print_title_rows = "1:1"
    book.save(path)
    (table,) = _read(path).tables
    assert [column.header for column in table.columns] == ["Xã", "Hộ"]
