"""Twists of sheets: two pages on one, columns of a spreadsheet on further pages."""

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import WIDTHS, Sheet, table

_A3 = (1190.6, 841.9)
_RIGHT = 635.0
_SPILL = (30.0, 330.0, 150.0, 170.0, 150.0)


def _two_up(
    *, header: bool = False, cut: bool = False, scale: float = 1.0, numbers: bool = False
) -> Callable[[Path], Gold]:
    """Two pages on a sheet that lies across; `cut` parts the third row between them."""

    def make(path: Path) -> Gold:
        sheet = Sheet(path, (_A3[0] * scale, _A3[1] * scale))
        sheet.height /= scale
        sheet.canvas.scale(scale, scale)
        first, second = plan.rows((1, 2, 3)), plan.rows((4, 5, 6))
        if cut:
            row = first.pop()
            task, rest = row[1][:40].rsplit(" ", 1)[0], row[1][len(row[1][:40].rsplit(" ", 1)[0]) :]
            first.append((row[0], task, *row[2:]))
            second.insert(0, ("", rest.strip(), "", "", ""))
        top = sheet.heading(plan.TITLE, within=(40, 555))
        table(sheet, top, [plan.HEADER, *first])
        rows = [plan.HEADER, *second] if header else second
        table(sheet, 60, rows, left=_RIGHT, header=header)
        if numbers:
            sheet.centred(800, "1", "body", within=(40, 555))
            sheet.centred(800, "2", "body", within=(_RIGHT, _RIGHT + sum(WIDTHS)))
        sheet.save()
        return plan.gold()

    return make


def _letter_and_appendix(path: Path) -> Gold:
    """The letter on the left, its appendix with the table on the right."""
    sheet = Sheet(path, _A3)
    sheet.heading(("ỦY BAN NHÂN DÂN", "HUYỆN VĂN LÃNG", "Số: 83/KH-UBND"), within=(40, 230))
    republic = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    sheet.heading((*republic, "(Văn Lãng, ngày 18 tháng 02 năm 2025)"), within=(260, 555))
    sheet.heading(
        ("KẾ HOẠCH", "Chuyển đổi số năm 2025 trên địa bàn huyện"), top=130, within=(40, 555)
    )
    for i in range(30):
        sheet.text(
            45,
            180 + 18 * i,
            "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, các cơ quan, đơn vị "[:80],
        )
        sheet.text(330, 180 + 18 * i, "tổ chức triển khai các nhiệm vụ được giao đúng tiến độ.")
    top = sheet.heading(plan.TITLE, within=(_RIGHT, _RIGHT + sum(WIDTHS)))
    table(sheet, top, [plan.HEADER, *plan.rows()], left=_RIGHT)
    sheet.save()
    return plan.gold()


def _spilled(*, over_first: bool = False) -> Callable[[Path], Gold]:
    """Columns of a spreadsheet on further pages, six rows on two stretches of pages."""

    def make(path: Path) -> Gold:
        sheet = Sheet(path)
        stretches = [[plan.HEADER, *plan.rows((1, 2, 3))], plan.rows((4, 5, 6))]
        bands = [(0, 3), (3, 5)]
        order = [(rows, band) for band in bands for rows in stretches]
        if over_first:
            order = [(rows, band) for rows in stretches for band in bands]
        for rows, (first, end) in order:
            top = sheet.heading(plan.TITLE) if rows is stretches[0] and not first else 95.0
            part = [row[first:end] for row in rows]
            header = rows is stretches[0]
            table(sheet, top, part, widths=_SPILL[first:end], header=header, height=40)
            sheet.page()
        sheet.save()
        return plan.gold()

    return make


TWISTS = (
    Twist("two_pages_on_a_sheet", _two_up()),
    Twist("two_pages_on_a_sheet_headed", _two_up(header=True, numbers=True)),
    Twist("two_pages_on_a_sheet_row_cut", _two_up(cut=True)),
    Twist("two_pages_on_a4", _two_up(cut=True, scale=0.707)),
    Twist("letter_and_appendix_on_a_sheet", _letter_and_appendix),
    Twist("columns_spilled_down_then_over", _spilled()),
    Twist("columns_spilled_over_then_down", _spilled(over_first=True)),
)
