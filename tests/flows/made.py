"""Outcomes made up for tests of what is done with them."""

import hashlib

from pipeline.job import Job
from pipeline.version import current
from schemas.outcome import Outcome
from schemas.plan import Document, IssuedOn, Item, Plan, Timeframe


def outcome_of(job: Job) -> Outcome:
    """A plan with as many items as the file has lines."""
    content = job.path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(
        id=sha256[:16],
        source_file=job.source_file,
        sha256=sha256,
        pages=1,
        kind="digital",
        title="NỘI DUNG CẢI THIỆN",
        plan_number="",
        plan_symbol="KH-UBND",
        issued_on=IssuedOn(year=2024),
        issuer="",
        unit="",
        unit_code=None,
        province=None,
        year=2024,
    )
    items = tuple(_item(number) for number, _ in enumerate(content.splitlines(), start=1))
    plan = Plan(
        produced_by=current(job.office.version, job.settings, ocr=False),
        document=document,
        appendices=(),
        sections=(),
        items=items,
        decisions=(),
    )
    return Outcome(source_file=job.source_file, sha256=sha256, plan=plan)


def _item(number: int) -> Item:
    return Item(
        id=f"i{number}",
        appendix_id="a1",
        section_id=None,
        marker=str(number),
        title="Tri thức công dân",
        lead_in=None,
        tasks=("Tổ chức tuyên truyền.",),
        lead=(),
        partners=(),
        timeframe=Timeframe(raw="Năm 2024", kind="period", start="2024-01-01", end="2024-12-31"),
        deliverable=None,
        extra={},
        fragments=(),
        joins=(),
        confidence=1.0,
    )
