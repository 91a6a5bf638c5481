"""The plan that every twist is made of: an invented district's, six rows."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus.model import When
from tests.benchmarks.corpus.twists import Gold
from tests.benchmarks.corpus.twists.sheet import Sheet, table

HEADER = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")
TITLE = (
    "Phụ lục",
    "NHIỆM VỤ CHUYỂN ĐỔI SỐ NĂM 2025",
    "(Kèm theo Kế hoạch số 83/KH-UBND ngày 18 tháng 02 năm 2025 "
    "của Ủy ban nhân dân huyện Văn Lãng)",
)

# Task, lead with its canonical names, partners with theirs, time.
_ROWS = (
    (
        "Rà soát, công bố danh mục thủ tục hành chính đủ điều kiện cung cấp trực tuyến toàn trình.",
        ("Văn phòng HĐND và UBND huyện", ("Văn phòng HĐND và UBND",)),
        ("Phòng Tư pháp; UBND cấp xã", ("Phòng Tư pháp", "UBND cấp xã")),
        When("Quý II/2025", "period", "2025-04-01", "2025-06-30"),
    ),
    (
        "Niêm yết công khai mã QR tra cứu hồ sơ tại bộ phận một cửa của các xã, thị trấn.",
        ("UBND cấp xã", ("UBND cấp xã",)),
        ("Phòng Tài chính - Kế hoạch", ("Phòng Tài chính - Kế hoạch",)),
        When("Thường xuyên", "continuous"),
    ),
    (
        "Tổ chức tập huấn kỹ năng số cho công chức và tổ công nghệ số cộng đồng.",
        ("Phòng Văn hóa và Thông tin", ("Phòng Văn hóa và Thông tin",)),
        ("Phòng Nội vụ", ("Phòng Nội vụ",)),
        When("Trước ngày 30/9/2025", "deadline", None, "2025-09-30"),
    ),
    (
        "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại các cơ quan, đơn vị.",
        ("Phòng Nội vụ", ("Phòng Nội vụ",)),
        ("Thanh tra huyện", ("Thanh tra huyện",)),
        When("Hằng quý", "recurring", None, None, "quarterly"),
    ),
    (
        "Lấy ý kiến người dân về dự thảo quy hoạch sử dụng đất của thị trấn.",
        ("Phòng Tài nguyên và Môi trường", ("Phòng Tài nguyên và Môi trường",)),
        ("Hội Nông dân huyện", ("Hội Nông dân",)),
        When("Tháng 10/2025", "period", "2025-10-01", "2025-10-31"),
    ),
    (
        "Tổng hợp, báo cáo kết quả thực hiện, trình Chủ tịch UBND huyện xem xét, khen thưởng.",
        ("Văn phòng HĐND và UBND huyện", ("Văn phòng HĐND và UBND",)),
        ("Phòng Nội vụ", ("Phòng Nội vụ",)),
        When("Ngày 15/12/2025", "deadline", None, "2025-12-15"),
    ),
)


def rows(numbers: Iterable[int] = range(1, 7)) -> list[tuple[str, ...]]:
    """Return the printed texts of the cells of some rows, by their numbers."""
    return [
        (str(n), task, lead[0], partners[0], when.text)
        for n in numbers
        for task, lead, partners, when in (_ROWS[n - 1],)
    ]


def gold(numbers: Sequence[int] = range(1, 7)) -> Gold:
    """Return what a right answer holds of a plan that prints those rows."""
    return {
        "unit": "huyện Văn Lãng",
        "province": "Lạng Sơn",
        "year": 2025,
        "number": "83",
        "day": 18,
        "month": 2,
        "template": "T2",
        "sections": [],
        "items": [_item(n) for n in numbers],
    }


def _item(number: int) -> Gold:
    task, lead, partners, when = _ROWS[number - 1]
    return {
        "section": None,
        "marker": str(number),
        "title": "",
        "lead_in": None,
        "tasks": [task],
        "lead_names": list(lead[1]),
        "partner_names": list(partners[1]),
        "timeframe": {
            "kind": when.kind,
            "start": when.start,
            "end": when.end,
            "recurrence": when.recurrence,
        },
    }


def on_a_page(path: Path, these: Iterable[Sequence[str]] = (), **options: Any) -> Gold:
    """Draw the plan, or these rows, as one table with some options of `table`; returns the gold."""
    sheet = Sheet(path)
    table(sheet, sheet.heading(TITLE), [HEADER, *(these or rows())], **options)
    sheet.save()
    return gold()
