"""What is wrong with a machine, a name or a moment ends in a sentence and costs no document."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.files.lock import one_writer
from tests.flows.conftest import ROOT, SAMPLE

ENTRY = "from flows.entry import main; main()"
# The second page is counted, and is not there.
PAGE_MISSING = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"
)


def test_a_second_run_into_one_folder_leaves_with_a_code_of_its_own(phuluc, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with one_writer(out):
        result = phuluc("extract", SAMPLE, "--out", out, "--lang", "vi")
    assert result.returncode == 4
    assert f"tiến trình {os.getpid()}" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (out / "plans").exists()
    assert phuluc("extract", SAMPLE, "--out", out).returncode == 0


def test_a_name_that_is_no_utf8_is_shown_and_read(phuluc, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLE, os.fsdecode(os.fsencode(inbox) + b"/ph\xf4 l\xf4c.pdf"))
    Path(os.fsdecode(os.fsencode(inbox) + b"/b\xff.png")).write_bytes(b"no picture")
    result = phuluc("extract", inbox, "--out", tmp_path / "out", "--json")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    documents = {d["source_file"]: d["status"] for d in json.loads(result.stdout)["documents"]}
    assert documents == {"b\\xff.png": "failed", "ph\\xf4 l\\xf4c.pdf": "done"}


def test_a_page_that_cannot_be_loaded_fails_its_document_and_names_the_page(phuluc, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(PAGE_MISSING)
    result = phuluc("extract", tmp_path / "broken.pdf", SAMPLE, "--out", tmp_path, "--json")
    assert "Traceback" not in result.stderr
    broken, sample = json.loads(result.stdout)["documents"]
    assert broken["failure"]["code"] == "damaged_file"
    assert "page 2" in broken["failure"]["message"]
    assert sample["status"] == "done"


@pytest.mark.parametrize(
    "arguments",
    [("extract", SAMPLE, "--json"), ("extract", SAMPLE), ("--help",), ("doctor", "--json")],
)
def test_a_full_disk_behind_stdout_is_told(environment, tmp_path, arguments):
    out = ["--out", str(tmp_path)] if arguments[0] == "extract" else []
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-c", ENTRY, *map(str, arguments), *out],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 3
    assert "stdout" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
    if arguments[0] == "extract":
        assert (tmp_path / "dataset" / "items.csv").exists()


def test_a_full_disk_behind_stderr_costs_no_document(environment, tmp_path):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-c", ENTRY, "extract", str(SAMPLE), "--out", str(tmp_path)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
    assert result.returncode == 0
    assert (tmp_path / "plans" / f"{SAMPLE.stem}.json").exists()


def test_ctrl_c_in_the_first_moment_says_nothing(environment, tmp_path):
    """While the command line itself is loaded, here typer."""
    (tmp_path / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    result = subprocess.run(
        [sys.executable, "-c", ENTRY, "--help"],
        env={**environment, "PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        check=False,
    )
    assert result.returncode == -signal.SIGINT
    assert result.stderr == b""
