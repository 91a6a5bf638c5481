"""`phuluc agencies decide | undo | export | import`, as a person would use them."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from flows.agency_commands import app


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    path = tmp_path / "office" / "decisions.sqlite3"
    monkeypatch.setenv("PHULUC_REGISTRY_OVERLAY", str(tmp_path / "office" / "agencies.csv"))
    monkeypatch.setenv("COLUMNS", "240")
    return path


def run(*arguments, code=0):
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


def matched(text):
    return [(a["agency_id"], a["method"]) for a in json.loads(run("match", text, "--json").stdout)]


def test_decide_match_undo(store):
    said = run("decide", "Tổ X12", "--is", "phong-noi-vu", "--by", "Lan").stdout
    assert "1" in said
    assert str(store) in said
    assert matched("Tổ X12") == [("phong-noi-vu", "decision")]
    table = run("match", "TỔ X12").stdout
    assert "Lan" in table
    run("undo", "1", "--by", "Minh")
    assert matched("Tổ X12") == [(None, "none")]
    assert "1" in run("undo", "1", code=2).stderr


def test_never_and_new():
    assert matched("Phòng TN&MT") == [("phong-tai-nguyen-moi-truong", "abbreviation")]
    run("decide", "Phòng TN&MT", "--not", "phong-tai-nguyen-moi-truong")
    assert matched("Phòng TN&MT")[0][0] != "phong-tai-nguyen-moi-truong"
    run("decide", "Đội\\nX12", "--new", "Đội X mười hai", "--kind", "unit", "--level", "district")
    assert matched("ĐỘI X12") == [("doi-x-muoi-hai", "decision")]
    assert "doi-x-muoi-hai" in run("list", "--level", "district").stdout


def test_export_and_import(monkeypatch, tmp_path):
    run("decide", "Tổ X12", "--is", "phong-noi-vu", "--by", "Lan")
    run("undo", "1", "--by", "Minh")
    (row,) = csv.DictReader(io.StringIO(run("export").stdout))
    assert (row["text"], row["decided_by"], row["undone_by"]) == ("Tổ X12", "Lan", "Minh")
    file = tmp_path / "decisions.csv"
    run("export", "--out", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    monkeypatch.setenv("PHULUC_DECISIONS", str(tmp_path / "elsewhere.sqlite3"))
    run("import", str(file))
    assert list(csv.DictReader(io.StringIO(run("export").stdout))) == [row]
    run("import", str(tmp_path / "no such file.csv"), code=2)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--is", "phong-noi-vu", "--not", "phong-y-te"),
        ("--new", "Đội X12"),
        ("--is", "phong-noi-vu", "--kind", "unit"),
        ("--is", "phong-noi-vu", "--level", "district"),
        ("--is", "khong-co"),
    ],
)
def test_wrong_usage(options, store):
    run("decide", "Tổ X12", *options, code=2)
    assert not store.exists()


def test_a_name_of_one_unit_only():
    run("add", "Đội X12", "--kind", "unit", "--level", "district", "--unit", "huyện Chi Lăng")
    here = run("match", "Đội X12", "--unit", "huyện Chi Lăng", "--json").stdout
    there = run("match", "Đội X12", "--unit", "huyện Văn Lãng", "--json").stdout
    assert [json.loads(found)[0]["status"] for found in (here, there)] == ["accepted", "unresolved"]
