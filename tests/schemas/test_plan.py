"""The published contract: names and shapes that others rely on."""

import json

import pytest
from pydantic import ValidationError

from schemas.plan import Plan

# plans/<stem>.json as the contract prints it. Fields may be added, never renamed or dropped.
CONTRACT = {
    "schema_version": "1.0",
    "produced_by": {"phuluc": "0.1.0", "registry": "r", "ocr": "tesseract 5.3.0 vie sha256:0"},
    "document": {
        "id": "d",
        "source_file": "a/x.pdf",
        "sha256": "0" * 64,
        "pages": 6,
        "kind": "mixed",
        "title": "NỘI DUNG CẢI THIỆN",
        "plan_number": "",
        "plan_symbol": "KH-UBND",
        "issued_on": {"day": None, "month": 5, "year": 2024},
        "issuer": "Ủy ban nhân dân huyện Chi Lăng",
        "unit": "huyện Chi Lăng",
        "unit_code": None,
        "province": "Lạng Sơn",
        "year": 2024,
        "flags": ["no_table"],
    },
    "appendices": [{"id": "a1", "marker": "I", "title": "…", "pages": [3, 9]}],
    "sections": [
        {
            "id": "s1",
            "appendix_id": "a1",
            "marker": "1",
            "title": "Sự tham gia của người dân ở cấp cơ sở",
            "parent": None,
            "fragments": [],
        }
    ],
    "items": [
        {
            "id": "i1",
            "appendix_id": "a1",
            "section_id": "s1",
            "marker": "a",
            "title": "Tri thức công dân về chính sách hiện hành",
            "lead_in": None,
            "tasks": ["…"],
            "lead": [
                {
                    "raw": "Phòng TN&MT huyện",
                    "name": "Phòng Tài nguyên và Môi trường",
                    "agency_id": "phong-tai-nguyen-moi-truong",
                    "level": "district",
                    "kind": "agency",
                    "unit": "huyện Chi Lăng",
                    "score": 1.0,
                    "method": "abbreviation",
                    "status": "accepted",
                }
            ],
            "partners": [],
            "timeframe": {
                "raw": "Quý II/2024",
                "kind": "period",
                "start": "2024-04-01",
                "end": "2024-06-30",
                "recurrence": None,
            },
            "deliverable": None,
            "extra": {"Ghi chú": "…"},
            "fragments": [
                {
                    "page": 1,
                    "bbox": [50.5, 100.25, 200.0, 112.0],
                    "column": "tasks",
                    "text": "…",
                    "confidence": 0.97,
                }
            ],
            "joins": [{"page": 2, "score": 0.93, "reasons": ["key_cells_empty", "sentence_open"]}],
            "confidence": 0.97,
            "flags": [],
        }
    ],
    "decisions": [
        {
            "what": "row_join",
            "page": 2,
            "taken": False,
            "score": 0.31,
            "reasons": ["sentence_open"],
        }
    ],
}


def holds(contract, written) -> bool:
    """Whether all that the contract names is there, with its value; more may be."""
    if isinstance(contract, dict):
        return all(key in written and holds(contract[key], written[key]) for key in contract)
    if isinstance(contract, list):
        return len(contract) == len(written) and all(map(holds, contract, written))
    return contract == written


def test_the_contract_is_read_and_written():
    plan = Plan.model_validate_json(json.dumps(CONTRACT))
    written = json.loads(plan.model_dump_json())
    assert holds(CONTRACT, written)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2.0"),
        (("document", "kind"), "paper"),
        (("document", "colour"), "red"),
        (("items", 0, "confidence"), 1.01),
        (("items", 0, "confidence"), float("nan")),
        (("items", 0, "lead", 0, "score"), -0.1),
        (("items", 0, "lead", 0, "status"), "maybe"),
        (("items", 0, "timeframe", "kind"), "soon"),
        (("items", 0, "fragments", 0, "bbox"), [1, 2, 3]),
        (("decisions", 0, "what"), "guess"),
    ],
)
def test_what_the_contract_does_not_know_is_refused(path, value):
    broken = json.loads(json.dumps(CONTRACT))
    at = broken
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(ValidationError):
        Plan.model_validate(broken)


def test_plans_are_frozen():
    plan = Plan.model_validate(CONTRACT)
    with pytest.raises(ValidationError):
        plan.document.title = "other"
