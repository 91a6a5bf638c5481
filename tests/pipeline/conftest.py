"""Plans built by hand: a plain one, one full of text that breaks naive writers, one of doubts."""

import hashlib
from collections.abc import Callable

import pytest

from schemas.plan import (
    Agency,
    Appendix,
    Decision,
    Document,
    Fragment,
    IssuedOn,
    Item,
    Join,
    Plan,
    ProducedBy,
    Section,
    Timeframe,
)

AGENCY = Agency(
    raw="Phòng TN&MT huyện",
    name="Phòng Tài nguyên và Môi trường",
    agency_id="phong-tai-nguyen-moi-truong",
    level="district",
    kind="agency",
    unit="huyện Chi Lăng",
    score=1.0,
    method="abbreviation",
    status="accepted",
)
UNKNOWN_AGENCY = Agency(
    raw="Tổ công tác 35",
    name=None,
    agency_id=None,
    level=None,
    kind=None,
    unit=None,
    score=0.4,
    method="none",
    status="unresolved",
)
NASTY = {
    "formula": '=HYPERLINK("http://x","y")',
    "dash": "- Rà soát quy hoạch",
    "plus": "+ Tuyên truyền",
    "at": "@SUM(A1)",
    "spaced": "  =1+1",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "quotes": 'Nghị quyết "27", khoản 1',
    "lines": "Dòng một\r\nDòng hai\nDòng ba\rDòng bốn",
    "control": "a\x00b\x07c\x0bd\x1fe\ufffef",
    "escape": "_x000D_ kept",
    "emoji": "Hoàn thành 👍🏽 \U00020000",
    "decomposed": "Hoa\u0301 chất",
    "separators": "a;b,c|d",
    "apostrophe": "'quoted'",
    "empty": "",
    "space": " ",
    "long": "Rất dài 👍 " * 5000,
}


def fragment(page: int = 1, column: str = "tasks", text: str = "văn bản", **more: object):
    top = 100.0 + 10 * page
    values = {"bbox": (50.5, top, 200.0, top + 12.25), "confidence": 0.97} | more
    return Fragment(page=page, column=column, text=text, **values)


def item(number: int = 1, **more: object) -> Item:
    values = {
        "id": f"i{number}",
        "appendix_id": "a1",
        "section_id": "s1",
        "marker": "a",
        "title": "Tri thức công dân",
        "lead_in": None,
        "tasks": ("Tuyên truyền, phổ biến", "Rà soát"),
        "lead": (AGENCY,),
        "partners": (),
        "timeframe": Timeframe(
            raw="Quý II/2024", kind="period", start="2024-04-01", end="2024-06-30"
        ),
        "deliverable": None,
        "extra": {},
        "fragments": (fragment(1), fragment(1, "lead", AGENCY.raw), fragment(2)),
        "joins": (Join(page=2, score=0.93, reasons=("key_cells_empty", "sentence_open")),),
        "confidence": 0.97,
    }
    return Item(**(values | more))


def plan(
    source_file: str = "Phu luc.pdf", items: tuple[Item, ...] = (), content: str = "", **more
) -> Plan:
    sha256 = hashlib.sha256((content or source_file).encode()).hexdigest()
    document = {
        "id": sha256[:16],
        "source_file": source_file,
        "sha256": sha256,
        "pages": 6,
        "kind": "digital",
        "title": "NỘI DUNG CẢI THIỆN, NÂNG CAO CHỈ SỐ PAPI",
        "plan_number": "",
        "plan_symbol": "KH-UBND",
        "issued_on": IssuedOn(day=None, month=5, year=2024),
        "issuer": "Ủy ban nhân dân huyện Chi Lăng",
        "unit": "huyện Chi Lăng",
        "unit_code": None,
        "province": "Lạng Sơn",
        "year": 2024,
    }
    decisions = more.pop("decisions", ())
    return Plan(
        produced_by=ProducedBy(phuluc="0.1.0", registry="r1", ocr=None),
        document=Document(**(document | more)),
        appendices=(Appendix(id="a1", marker="I", title="Phụ lục", pages=(1, 2)),),
        sections=(
            Section(
                id="s1",
                appendix_id="a1",
                marker="1",
                title="Công khai, minh bạch",
                parent=None,
                fragments=(fragment(1, "section", bbox=(50, 90, 300, 100)),),
            ),
        ),
        items=items,
        decisions=decisions,
    )


@pytest.fixture(scope="session")
def make_plan() -> Callable[..., Plan]:
    return plan


@pytest.fixture(scope="session")
def make_item() -> Callable[..., Item]:
    return item


@pytest.fixture(scope="session")
def make_fragment() -> Callable[..., Fragment]:
    return fragment


@pytest.fixture(scope="session")
def unknown_agency() -> Agency:
    return UNKNOWN_AGENCY


@pytest.fixture(scope="session")
def nasty() -> dict[str, str]:
    return NASTY


@pytest.fixture(scope="session")
def plain_plan() -> Plan:
    return plan("a/Phu luc.pdf", (item(1), item(2, section_id=None, tasks=(), joins=())))


@pytest.fixture(scope="session")
def nasty_plan() -> Plan:
    """Every field of text in turn holds every nasty text."""
    items = tuple(
        item(
            number,
            marker=text[:40],
            title=text,
            lead_in=text,
            tasks=(text, "- x", text),
            lead=(UNKNOWN_AGENCY.model_copy(update={"raw": text}),),
            timeframe=Timeframe(raw=text, kind="unknown", flags=("timeframe_compound",)),
            deliverable=text,
            extra={"Ghi chú": text, "=cột": text},
            fragments=(fragment(1, "lead", text), fragment(2, "tasks", text)),
            confidence=0.5,
        )
        for number, text in enumerate(NASTY.values(), 1)
    )
    return plan("=nasty +.pdf", items, title="=1+1", unit="-1+1")


@pytest.fixture(scope="session")
def doubtful_plan() -> Plan:
    doubted = item(
        1,
        lead=(UNKNOWN_AGENCY, AGENCY.model_copy(update={"status": "review", "score": 0.8})),
        timeframe=Timeframe(raw="Theo tiến độ chung", kind="unknown"),
        fragments=(
            fragment(1, "title", "Tri thức"),
            fragment(1, "lead_and_partners", "UBND cấp xã"),
            fragment(2, "lead_and_partners", "Tổ công\ntác 35", bbox=(300, 60, 400, 80)),
            fragment(2, "timeframe", "Theo tiến độ chung", confidence=0.31),
        ),
        joins=(Join(page=2, score=0.6, reasons=("sentence_open",)),),
        confidence=0.55,
        flags=("low_confidence",),
    )
    decisions = (
        Decision(what="row_join", page=2, taken=True, score=0.6, reasons=("sentence_open",)),
        Decision(what="row_join", page=1, taken=False, score=0.3, reasons=("key_cells_empty",)),
        Decision(what="row_join", page=2, taken=False, score=0.1, reasons=()),
        Decision(what="row_join", page=2, taken=True, score=0.75, reasons=()),
        Decision(what="text_layer", page=1, taken=False, score=0.5, reasons=()),
    )
    return plan("doubt.pdf", (doubted, item(2)), flags=("no_table",), decisions=decisions)
