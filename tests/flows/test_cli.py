"""The command line as its users and other programs meet it."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.flows.conftest import SAMPLE, phuluc_command

HEAVY = ("prefect", "pandas", "pyarrow", "cv2", "rapidfuzz", "pdfplumber", "rich")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.pdf"
    path.write_text("This is no PDF.")
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A page that only OCR can read."""
    path = tmp_path / "scan.png"
    image = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(image).text((100, 100), "KE HOACH", fill=0, font_size=60)
    image.save(path)
    return path


def test_extract_tells_programs_what_it_did(phuluc, tmp_path):
    result = phuluc("extract", SAMPLE, "--out", tmp_path / "out", "--json", "--quiet")
    assert result.returncode == 0
    assert result.stderr == ""
    summary = json.loads(result.stdout)
    assert summary["exit_code"] == 0
    assert summary["totals"]["done"] == 1
    (document,) = summary["documents"]
    assert document["source_file"] == SAMPLE.name
    assert document["status"] == "done"
    assert document["failure"] is None
    plan = json.loads((tmp_path / "out" / document["plan"]).read_text())
    assert len(plan["items"]) == document["items"] > 0
    assert (tmp_path / "out" / "dataset" / "items.csv").exists()


def test_a_document_that_fails_stops_no_other(phuluc, tmp_path, broken):
    result = phuluc("extract", broken, SAMPLE, "--out", tmp_path / "out", "--json")
    assert result.returncode == 1
    summary = json.loads(result.stdout)
    failed, done = summary["documents"]
    assert failed["failure"]["code"] == "unsupported_file"
    assert failed["failure"]["message"] in result.stderr
    assert failed["failure"]["hint"] in result.stderr
    assert done["status"] == "done"
    kept = json.loads((tmp_path / "out" / "failed" / "broken.pdf.json").read_text())
    assert kept["source_file"] == "broken.pdf"
    assert kept["code"] == "unsupported_file"


def test_what_the_machine_lacks_wins_over_what_failed(phuluc, tmp_path, broken, picture):
    out = tmp_path / "out"
    result = phuluc("extract", broken, SAMPLE, picture, "--out", out, "--json", PATH="/nowhere")
    assert result.returncode == 3
    documents = {each["source_file"]: each for each in json.loads(result.stdout)["documents"]}
    assert documents["scan.png"]["failure"]["code"] == "tesseract_missing"
    assert documents[SAMPLE.name]["status"] == "done"
    assert "phuluc doctor" in result.stderr


def test_without_joining_every_piece_of_a_row_stands_by_itself(phuluc, tmp_path):
    plans = {}
    for name, flags in (("joined", ()), ("apart", ("--no-join",))):
        out = tmp_path / name
        assert phuluc("extract", SAMPLE, "--out", out, "--quiet", *flags).returncode == 0
        plans[name] = json.loads((out / "plans" / f"{SAMPLE.stem}.json").read_text("utf-8"))
    joins = [join for item in plans["joined"]["items"] for join in item["joins"]]
    assert joins
    assert not [join for item in plans["apart"]["items"] for join in item["joins"]]
    assert len(plans["apart"]["items"]) == len(plans["joined"]["items"]) + len(joins)
    refused = [d for d in plans["apart"]["decisions"] if "switched_off" in d["reasons"]]
    assert [d["score"] for d in refused] == [join["score"] for join in joins]


def test_progress_is_a_line_a_document(phuluc, tmp_path, broken):
    result = phuluc("extract", broken, "--out", tmp_path / "out")
    assert "[1/1] broken.pdf: failed (unsupported_file)" in result.stderr
    assert "Documents: 0 done" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("extract", "/no/such.pdf", "--out", "out"), "/no/such.pdf"),
        (("extract", SAMPLE), "--out"),
        (("extract", SAMPLE, "--out", SAMPLE), "is a file"),
        (("extract", SAMPLE, "--out", "/dev/null/out"), "/dev/null/out"),
        (("batch", "--inbox", "/no/such", "--out", "out"), "/no/such"),
        (("extract", SAMPLE, "--out", "out", "--lang", "fr"), "fr"),
        (("harvest",), "harvest"),
    ],
)
def test_wrong_usage_is_said_and_nothing_else_happens(phuluc, arguments, said):
    result = phuluc(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_cron_that_is_none_is_wrong_usage(phuluc, tmp_path):
    result = phuluc("serve", "--inbox", tmp_path, "--out", tmp_path / "out", "--cron", "at six")
    assert result.returncode == 2
    assert "at six" in result.stderr


def test_an_office_registry_that_cannot_be_read_is_told_once(phuluc, tmp_path):
    registry = tmp_path / "agencies.csv"
    registry.write_text("no,such,columns\n1,2,3\n")
    named = {"PHULUC_REGISTRY_OVERLAY": str(registry)}
    result = phuluc("extract", SAMPLE, "--out", tmp_path / "out", **named)
    assert result.returncode == 2
    assert str(registry) in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", SAMPLE, "--out", "{out}"),
        ("batch", "--inbox", SAMPLE.parent, "--out", "{out}"),
        ("doctor",),
        ("agencies", "match", "UBND huyện"),
        ("agencies", "serve", "--port", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(phuluc, tmp_path, arguments):
    given = [str(each).format(out=tmp_path / "out") for each in arguments]
    result = phuluc(*given, PHULUC_AGENCY_ACCEPT="often", PHULUC_LANG="en")
    assert result.returncode == 2
    assert "PHULUC_AGENCY_ACCEPT is “often”" in result.stderr
    assert "a number from 0 to 1" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_empty_folder_is_said(phuluc, tmp_path):
    (tmp_path / "inbox").mkdir()
    result = phuluc("extract", tmp_path / "inbox", "--out", tmp_path / "out")
    assert result.returncode == 0
    assert str(tmp_path / "inbox") in result.stdout


@pytest.mark.parametrize("how", ["option", "locale"])
def test_messages_in_vietnamese(phuluc, tmp_path, broken, how):
    asked = ["--lang", "vi"] if how == "option" else []
    changed = {} if how == "option" else {"LC_ALL": "vi_VN.UTF-8"}
    result = phuluc("extract", broken, "--out", tmp_path / "out", *asked, **changed)
    assert "Văn bản: 0 đã xử lý" in result.stdout
    assert "Cách xử lý" in result.stderr


def test_help_in_both_languages(phuluc):
    assert "Read the files at hand" in phuluc("--help").stdout
    assert "Đọc các tệp đang có" in phuluc("--help", "--lang", "vi").stdout


def test_help_imports_nothing_heavy(environment):
    code = f"import sys, flows.cli; print([m for m in {HEAVY} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_extract_never_imports_prefect(environment, tmp_path):
    code = (
        "import sys\n"
        "from flows.cli import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "print('prefect' in sys.modules)\n"
    )
    arguments = ["extract", str(SAMPLE), "--out", str(tmp_path / "out"), "--quiet"]
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "False"


def test_doctor_knows_what_is_missing(phuluc):
    result = phuluc("doctor", "--json", PATH="/nowhere")
    assert result.returncode == 3
    checks = {each["name"]: each for each in json.loads(result.stdout)["checks"]}
    assert not checks["tesseract"]["ok"]
    assert "apt-get install tesseract-ocr" in checks["tesseract"]["mend"]
    assert checks["python"]["ok"]


def test_doctor_says_where_a_folder_cannot_be_written(phuluc):
    result = phuluc("doctor", "--lang", "vi", PREFECT_HOME="/dev/null/prefect")
    assert result.returncode == 3
    assert "/dev/null/prefect không ghi được" in result.stdout


def test_interrupt_is_clean(environment, tmp_path):
    """Ctrl-C, as a terminal sends it: to the process and to all that it started."""
    scan = SAMPLE.with_name("chi-lang-papi-2024-scan.pdf")
    process = subprocess.Popen(
        [*phuluc_command(), "extract", str(scan), "--out", str(tmp_path / "out")],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Stopped" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").rglob("*.tmp"))
