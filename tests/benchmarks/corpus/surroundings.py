"""What stands around the table: letterhead, running text, appendix heading, notes, signature."""

import random

from msgspec import Struct

from tests.benchmarks.corpus import content
from tests.benchmarks.corpus.layouts import Layout
from tests.benchmarks.corpus.model import Appendix, Plan
from tests.benchmarks.corpus.rows import CellText, Paragraph, TableRow, header_rows

SIGNING_LINE_CHANCE = 0.15


class Pair(Struct, frozen=True):
    """Two blocks side by side, as letterheads and signatures are set; widths in centimetres."""

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]
    widths: tuple[float, float] = (6.5, 10.5)


Block = Paragraph | Pair


def _centred(*lines: str, bold: bool = True, italic: bool = False) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, bold=bold, italic=italic, align="center") for line in lines)


def letterhead(plan: Plan) -> list[Block]:
    """Return the head of the plan's first page, number and date as far as they are filled in."""
    number = f"Số: {plan.number or '     '}/KH-UBND"
    day = plan.day if plan.day else "    "
    day = f"{day:02}" if isinstance(day, int) else day
    date = f"{plan.place.proper_name}, ngày {day} tháng {plan.month} năm {plan.issued_year}"
    left = _centred("ỦY BAN NHÂN DÂN", plan.place.unit.upper()) + _centred(number, bold=False)
    right = _centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    right += _centred(date, bold=False, italic=True)
    title = _centred("", "KẾ HOẠCH", f"Thực hiện {plan.subject} năm {plan.year}", "")
    return [Pair(left, right), *title]


def body(plan: Plan) -> list[Block]:
    """Return the running text before the appendix, with the signature beneath it."""
    blocks: list[Block] = []
    for text in plan.body:
        heading = text.isupper() or text.split(".")[0] in ("I", "II", "III")
        blocks.append(Paragraph(text, bold=heading, align="both"))
    return [*blocks, Paragraph(""), signature(plan)]


def signature(plan: Plan) -> Pair:
    """Return "Nơi nhận" beside the signature."""
    receivers = (
        "- Như trên;",
        f"- UBND tỉnh {plan.place.province};",
        "- Các cơ quan, đơn vị;",
        "- Lưu: VT.",
    )
    left = (
        Paragraph("Nơi nhận:", bold=True, italic=True),
        *[Paragraph(line) for line in receivers],
    )
    right = _centred("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "", "Nguyễn Văn Thành")
    return Pair(left, right, (8.5, 8.5))


def appendix_heading(rng: random.Random, plan: Plan, appendix: Appendix) -> list[Block]:
    """Return "PHỤ LỤC", the title and the line that says which plan it goes with."""
    blank = rng.choice(("     ", "     ", "……"))
    line = rng.choice(content.phrases()["attached"]).format(
        number=plan.number or blank,
        day=plan.day or blank,
        month=plan.month,
        year=plan.issued_year,
        unit=plan.place.unit,
    )
    caption = f"PHỤ LỤC {appendix.marker}".strip()
    heading = [*_centred(caption, appendix.title), *_centred(line, bold=False, italic=True)]
    return [*_signing_line(rng, plan), *heading, Paragraph("")]


def _signing_line(rng: random.Random, plan: Plan) -> list[Block]:
    """Return, at times, what a digital signature prints at the top right: a date of its own."""
    if rng.random() > SIGNING_LINE_CHANCE:
        return []
    stamp = (
        f"{rng.randint(1, 28):02}/{min(plan.month + 1, 12):02}/{plan.issued_year} 16:29:07 +07:00"
    )
    who = f"Người ký: Ủy ban nhân dân {plan.place.unit}"
    return [Paragraph(who, align="right"), Paragraph(f"Thời gian ký: {stamp}", align="right")]


def tail(plan: Plan, layout: Layout) -> list[Block]:
    """Return what stands after the table."""
    blocks: list[Block] = [Paragraph("")]
    if "notes" in layout.tail:
        blocks.append(Paragraph("Ghi chú:", bold=True, italic=True))
        blocks.append(
            Paragraph(
                "- Nhiệm vụ phát sinh thực hiện theo chỉ đạo của cấp có thẩm quyền.", italic=True
            )
        )
    if "signature" in layout.tail:
        blocks.append(signature(plan))
    return blocks


def empty_form(layout: Layout, headers: tuple[str, ...]) -> list[TableRow]:
    """Return a form to be filled in: numbered rows without text."""
    rows = header_rows(layout, headers)
    for i in range(8):
        number = CellText((Paragraph(str(i + 1), align="center"),))
        rows.append(
            TableRow(
                (
                    number,
                    *[CellText((Paragraph("…" if i == 7 else ""),))] * (len(layout.columns) - 1),
                )
            )
        )
    return rows
