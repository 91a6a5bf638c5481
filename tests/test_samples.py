"""What samples/expected/ shows is what the program makes of the samples."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.extract import extract
from pipeline.agencies import shipped_office
from pipeline.extract import extract_plan
from pipeline.job import Job
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = SAMPLES / "expected"
DIGITAL, SCAN = "chi-lang-papi-2024", "chi-lang-papi-2024-scan"

Plan = dict[str, Any]


def _expected(name: str) -> Plan:
    return json.loads((EXPECTED / "plans" / f"{name}.json").read_text("utf-8"))


def _made(name: str, out: Path) -> Plan:
    extract([SAMPLES / f"{name}.pdf"], out, quiet=True)
    return json.loads((out / "plans" / f"{name}.json").read_text("utf-8"))


def _without_versions(plan: Plan) -> Plan:
    return {key: value for key, value in plan.items() if key != "produced_by"}


def _structure(plan: Plan) -> Plan:
    """What another version of Tesseract must not change."""
    return {
        "sections": [(each["id"], each["marker"], each["parent"]) for each in plan["sections"]],
        "items": [
            (each["id"], each["section_id"], each["marker"], len(each["tasks"]))
            for each in plan["items"]
        ],
        "joins": {
            each["id"]: [join["page"] for join in each["joins"]]
            for each in plan["items"]
            if each["joins"]
        },
    }


def test_the_digital_sample_gives_the_expected_plan(tmp_path: Path):
    assert _without_versions(_made(DIGITAL, tmp_path)) == _without_versions(_expected(DIGITAL))


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract not installed")
def test_the_scanned_sample_gives_the_expected_structure(tmp_path: Path):
    assert _structure(_made(SCAN, tmp_path)) == _structure(_expected(SCAN))


@pytest.mark.parametrize("name", [DIGITAL, SCAN])
def test_the_expected_plans_mend_the_two_page_breaks_that_cut_a_row(name: str):
    """So that making the expected files anew cannot hide that a join was lost."""
    plan = _structure(_expected(name))
    assert len(plan["items"]) == 25
    assert plan["joins"] == {"i5": [2], "i10": [3]}


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_office_file_gives_the_same_items_but_for_their_places(suffix: str):
    path = SAMPLES / f"{DIGITAL}.{suffix}"
    plan = extract_plan(Job(path, path.name, Settings(), shipped_office())).model_dump(mode="json")
    expected = _expected(DIGITAL)
    for part in ("sections", "items"):
        assert _without_places(plan[part]) == _without_places(expected[part])


def _without_places(rows: list[Plan]) -> list[Plan]:
    places = ("fragments", "joins", "confidence")
    return [{key: row[key] for key in row if key not in places} for row in rows]


def test_the_heading_alone_at_the_foot_of_a_page_keeps_its_item():
    plan = _expected(DIGITAL)
    heading = next(each for each in plan["sections"] if each["marker"] == "5")
    items = [each for each in plan["items"] if each["section_id"] == heading["id"]]
    assert {fragment["page"] for fragment in heading["fragments"]} == {3}
    assert [{fragment["page"] for fragment in each["fragments"]} for each in items] == [{4}]


def test_the_expected_tables_hold_no_more_than_can_be_compared():
    assert {path.suffix for path in EXPECTED.rglob("*") if path.is_file()} == {".json", ".csv"}
