"""Title blocks as the tests write them: text into lines with boxes."""

from pipeline.titles import DocumentHead, parse_head
from schemas.geometry import Box
from schemas.page import TextLine

COLUMN, LINE = 260.0, 16.0


def lines(text: str, page: int = 1) -> list[TextLine]:
    """One TextLine a line; " || " parts what stands left and right at the same height."""
    return [
        TextLine(part, Box(60 + COLUMN * n, top, 60 + COLUMN * n + 6 * len(part), top + 12), page)
        for top, line in ((50 + LINE * row, line) for row, line in enumerate(text.splitlines()))
        for n, part in enumerate(line.split(" || "))
    ]


def head(text: str) -> DocumentHead:
    return parse_head(lines(text))


def issued(text: str) -> tuple[int | None, int | None, int | None]:
    on = head(text).issued_on
    return on.day, on.month, on.year


def attached(reference: str, title: str = "DANH MỤC NHIỆM VỤ") -> str:
    return f"PHỤ LỤC\n{title}\n({reference})"


LETTERHEAD = """\
ỦY BAN NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN CHI LĂNG || Độc lập - Tự do - Hạnh phúc
Số: 154/KH-UBND || Chi Lăng, ngày 12 tháng 5 năm 2024
KẾ HOẠCH
Nâng cao chỉ số PAPI trên địa bàn huyện
năm 2024
Căn cứ Quyết định số 06/QĐ-TTg ngày 06 tháng 01 năm 2022 của Thủ tướng Chính phủ
TM. ỦY BAN NHÂN DÂN
"""
