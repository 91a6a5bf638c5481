import json

import pytest

from pipeline.dataset.plans import read_plan, write_outcome
from schemas.failure import Failure, FailureCode
from schemas.outcome import Outcome


def outcome(plan):
    document = plan.document
    return Outcome(source_file=document.source_file, sha256=document.sha256, plan=plan)


@pytest.mark.parametrize("which", ["plain_plan", "nasty_plan", "doubtful_plan"])
def test_what_is_written_is_read_back(which, request, tmp_path):
    plan = request.getfixturevalue(which)
    path = write_outcome(tmp_path, "x", outcome(plan))
    assert path == tmp_path / "plans" / "x.json"
    assert read_plan(path) == plan


def test_json_is_for_people_too(plain_plan, tmp_path):
    content = write_outcome(tmp_path, "x", outcome(plain_plan)).read_bytes()
    assert "Ủy ban nhân dân huyện Chi Lăng".encode() in content
    assert content.endswith(b"}\n")
    assert list(json.loads(content)) == [
        "schema_version",
        "produced_by",
        "document",
        "appendices",
        "sections",
        "items",
        "tables",
        "decisions",
    ]


def test_a_failure_lies_beside_the_plans_by_the_name_of_its_file(tmp_path):
    failure = Failure(
        source_file="a/x.pdf",
        code=FailureCode.OCR_FAILED,
        stage="read",
        page=3,
        message="m",
        hint="h",
        message_vi="m",
        hint_vi="h",
        environment=True,
    )
    failed = Outcome(source_file="a/x.pdf", sha256=None, failure=failure)
    path = write_outcome(tmp_path, "x", failed)
    assert path == tmp_path / "failed" / "x.pdf.json"
    assert Failure.model_validate_json(path.read_bytes()) == failure


def test_an_outcome_of_nothing_is_refused(tmp_path):
    with pytest.raises(ValueError, match="neither"):
        write_outcome(tmp_path, "x", Outcome(source_file="x.pdf", sha256=None))
