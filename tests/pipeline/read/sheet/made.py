"""A plan as an office keeps it in Excel: a title block, borders, merges, dates, hidden parts."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

LINE = Side(style="thin")
DAY = date(2024, 6, 30)
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEADER = ("STT", "Nội dung", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Kinh phí")


def plan_workbook() -> Workbook:
    """Return the workbook: two items under a heading, a hidden row and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    sheet["A1"], sheet["D1"] = "UBND HUYỆN CHI LĂNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["A3"] = "PHỤ LỤC I"
    sheet["A4"] = "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024"
    sheet["A5"] = "(Kèm theo Kế hoạch số 15/KH-UBND ngày 02/5/2024 của UBND huyện Chi Lăng)"
    for row in (3, 4, 5):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    rows = [
        HEADER,
        ("I", "Cải cách thể chế", None, None, None, None),
        (1, "Rà soát", "- Lập danh mục\n- Kiến nghị sửa đổi", "Phòng Tư pháp", DAY, 1500000),
        (9, "Dòng ẩn", "Đã bỏ", "Phòng Tư pháp", None, None),
        (2, None, "Tuyên truyền", "Phòng Nội vụ", "Quý II/2024", 0.5),
    ]  # fmt: skip
    for number, values in enumerate(rows, 7):
        for col, value in enumerate(values, 1):
            cell = sheet.cell(number, col, value)
            cell.border = FRAME
            cell.font = Font(bold=number < 9)
    sheet["E9"].number_format = "dd/mm/yyyy"
    sheet["F9"].number_format = "#,##0"
    sheet["F11"].number_format = "0%"
    sheet.merge_cells("B9:B11")
    sheet.row_dimensions[10].hidden = True
    sheet["D13"] = "TM. ỦY BAN NHÂN DÂN"
    hidden = book.create_sheet("Nháp")
    hidden["A1"] = "nháp"
    hidden.sheet_state = "hidden"
    return book


def write(path: Path) -> Path:
    """Write that workbook as XLSX."""
    plan_workbook().save(path)
    return path
