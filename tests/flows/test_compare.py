"""`phuluc compare`: two plans by their files, or by id in a folder."""

import json

from typer.testing import CliRunner

from flows.cli import app
from tests.web.office import SAMPLES

PLANS = SAMPLES / "expected" / "plans"
BEFORE, AFTER = PLANS / "chi-lang-papi-2024.json", PLANS / "chi-lang-papi-2024-scan.json"


def run(*arguments):
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


def test_two_files_and_two_ids_give_the_same():
    by_file = run(BEFORE, AFTER, "--json")
    assert by_file.exit_code == 0, by_file.output
    told = json.loads(by_file.output)
    assert all(row["kind"] == "changed" for row in told["rows"])
    ids = [json.loads(path.read_bytes())["document"]["id"] for path in (BEFORE, AFTER)]
    assert run(*ids, "--out", SAMPLES / "expected", "--json").output == by_file.output
    assert "25" in run(BEFORE, BEFORE).output


def test_a_plan_that_is_not_there_is_a_wrong_call(tmp_path):
    assert run(BEFORE, "doc-nothing").exit_code == 2
    (tmp_path / "x.json").write_text("{}")
    assert run(BEFORE, tmp_path / "x.json").exit_code == 2
