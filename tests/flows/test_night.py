"""A pass over an inbox does what is new or changed, and knows the rest by looking at it."""

import csv
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows import night, sources
from flows.conclude import conclude
from flows.night import Wishes, look, without_growing
from flows.report import Report, Summary, write_and_report
from flows.run import Run
from pipeline.agencies import shipped_office
from pipeline.dataset.known_files import known_files
from pipeline.job import Job
from pipeline.messages import failure_from
from pipeline.settings import Settings
from schemas.errors import ExitCode, UserError
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.outcome import Outcome
from tests.flows.made import outcome_of

SETTINGS = Settings()
OFFICE = shipped_office()


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(night, "_STEADY", 0.0)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    for name, content in {"a.pdf": "one\n", "b.pdf": "two\n", "sub/bad.pdf": "broken"}.items():
        _file(folder / name, content)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _file(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def _run(
    inbox: Path, out: Path, wishes: Wishes | None = None, **changed
) -> tuple[set[str], Summary]:
    """A pass as the batch does it, without Prefect; returns what was read, too."""
    wishes = wishes or Wishes()
    run = Run(out, Settings(**changed), OFFICE)
    looked = without_growing(look(inbox, run, wishes), out)
    reports: list[Report] = []
    for document in looked.due:
        job = Job(document.path, document.source_file, run.settings, OFFICE)
        if document.path.read_text() == "broken":
            error = PhulucError(FailureCode.DAMAGED_FILE, stage="read")
            failure = failure_from(error, document.source_file)
            outcome = Outcome(source_file=document.source_file, sha256=None, failure=failure)
        else:
            outcome = outcome_of(job)
        reports.append(write_and_report(document, outcome, out, 1.0))
    read = {document.source_file for document in looked.due}
    return read, conclude(run, looked, reports, wishes)


def _statuses(summary: Summary) -> dict[str, str]:
    return {each.source_file: each.status for each in summary.reports}


def test_the_second_night_reads_nothing_and_hashes_nothing(inbox, out, monkeypatch):
    read, first = _run(inbox, out)
    assert read == {"a.pdf", "b.pdf", "sub/bad.pdf"}
    monkeypatch.setattr(sources, "sha256_of", lambda _: pytest.fail("hashed"))
    monkeypatch.setattr("flows.makers.read_plan", lambda _: pytest.fail("plan read"))
    read, second = _run(inbox, out)
    assert read == set()
    assert _statuses(second) == {
        "a.pdf": "unchanged",
        "b.pdf": "unchanged",
        "sub/bad.pdf": "failed",
    }
    assert (second.items, second.review) == (first.items, first.review)
    assert second.exit_code == ExitCode.SOME_FAILED


def test_what_is_new_or_changed_is_read_and_no_more(inbox, out):
    _run(inbox, out)
    _file(inbox / "b.pdf", "two\nthree\n")
    _file(inbox / "new.pdf", "new\n")
    os.utime(inbox / "a.pdf")  # another time, the same content
    read, summary = _run(inbox, out)
    assert read == {"b.pdf", "new.pdf"}
    assert _statuses(summary)["a.pdf"] == "unchanged"
    assert _run(inbox, out)[0] == set()


def test_a_failure_is_tried_again_when_asked_or_when_something_has_changed(inbox, out):
    _run(inbox, out)
    assert _run(inbox, out)[0] == set()
    assert _run(inbox, out, Wishes(retry=True))[0] == {"sub/bad.pdf"}
    read, _ = _run(inbox, out, join_threshold=0.7)
    assert read == {"a.pdf", "b.pdf", "sub/bad.pdf"}
    _file(inbox / "sub" / "bad.pdf", "mended\n")
    read, summary = _run(inbox, out, join_threshold=0.7)
    assert read == {"sub/bad.pdf"}
    assert summary.exit_code == ExitCode.OK
    assert not list((out / "failed").iterdir())


def test_what_the_machine_lacked_is_tried_again(inbox, out):
    run = Run(out, SETTINGS, OFFICE)
    looked = look(inbox, run, Wishes())
    lacks = EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read")
    reports = [
        write_and_report(
            document,
            Outcome(
                source_file=document.source_file,
                sha256=None,
                failure=failure_from(lacks, document.source_file),
            ),
            out,
        )
        for document in looked.due
    ]
    conclude(run, looked, reports, Wishes())
    assert _run(inbox, out)[0] == {"a.pdf", "b.pdf", "sub/bad.pdf"}


def test_verify_looks_at_contents(inbox, out):
    _run(inbox, out)
    status = (inbox / "a.pdf").stat()
    (inbox / "a.pdf").write_text("0ne\n")
    os.utime(inbox / "a.pdf", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert _run(inbox, out)[0] == set()
    assert _run(inbox, out, Wishes(verify=True))[0] == {"a.pdf"}


def test_a_file_that_grows_is_left_for_the_next_pass(inbox, out, monkeypatch):
    monkeypatch.setattr(night, "_STEADY", 0.5)
    ends = time.monotonic() + 1.5

    def write():
        with (inbox / "slow.pdf").open("a") as file:
            while time.monotonic() < ends:
                file.write("more\n")
                file.flush()
                time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.1)
    read, summary = _run(inbox, out)
    writer.join()
    assert "slow.pdf" not in read
    assert summary.growing == ("slow.pdf",)
    assert not (out / "plans" / "slow.json").exists()
    assert _run(inbox, out)[0] == {"slow.pdf"}


def test_files_of_the_pass_before_are_not_watched_for_growing(inbox, out, monkeypatch):
    _run(inbox, out)
    monkeypatch.setattr(night, "_STEADY", 60.0)  # which would not be waited for here
    assert _run(inbox, out, join_threshold=0.7)[0] == {"a.pdf", "b.pdf", "sub/bad.pdf"}


def test_one_content_under_two_names_is_one_document_with_two_sources(inbox, out):
    _file(inbox / "z" / "again.pdf", "one\n")
    read, summary = _run(inbox, out)
    assert "z/again.pdf" not in read
    assert _statuses(summary)["z/again.pdf"] == "copy"
    rows = _csv(out / "dataset" / "documents.csv")
    assert [row["other_sources"] for row in rows] == ["z/again.pdf", ""]
    (inbox / "a.pdf").unlink()
    read, _ = _run(inbox, out)
    rows = _csv(out / "dataset" / "documents.csv")
    assert {row["source_file"] for row in rows} == {"b.pdf", "z/again.pdf"}
    assert {row["other_sources"] for row in rows} == {""}


def test_a_vanished_file_leaves_the_dataset_only_when_asked(inbox, out):
    _run(inbox, out)
    (inbox / "b.pdf").unlink()
    _, summary = _run(inbox, out)
    assert summary.vanished == ("b.pdf",)
    assert len(_csv(out / "dataset" / "documents.csv")) == 2
    _run(inbox, out, Wishes(drop=True))
    assert [row["source_file"] for row in _csv(out / "dataset" / "documents.csv")] == ["a.pdf"]
    assert {file.source_file for file in known_files(out)} == {"a.pdf", "sub/bad.pdf"}
    assert _run(inbox, out)[1].vanished == ()


def test_without_what_is_known_everything_is_looked_at_again_and_nothing_read(inbox, out):
    _run(inbox, out)
    (out / "sources.json").write_text("{")
    assert _run(inbox, out)[0] == {"sub/bad.pdf"}


def test_units_that_have_sent_nothing_are_told(inbox, out, tmp_path):
    who = tmp_path / "who.csv"
    who.write_text("unit,province\nhuyện Chi Lăng,Lạng Sơn\nhuyện Bình Gia,\n", "utf-8")
    _, summary = _run(inbox, out, Wishes(expect=str(who)))
    assert summary.missing == ("huyện Chi Lăng", "huyện Bình Gia")
    assert [row["unit"] for row in _csv(out / "missing.csv")] == list(summary.missing)
    assert any("huyện Bình Gia" in remark for remark in summary.remarks())
    _, summary = _run(inbox, out, Wishes(expect="Lạng Sơn"))
    assert "huyện Chi Lăng" in summary.missing  # as it stood in 2024, for which the plans are
    with pytest.raises(UserError):
        _run(inbox, out, Wishes(expect="nowhere"))


def test_the_office_is_alerted_of_what_fails_now(inbox, out, tmp_path, monkeypatch):
    said = tmp_path / "said.json"
    monkeypatch.setenv("PHULUC_ALERT", f"cat > {said}")
    _run(inbox, out)
    assert "sub/bad.pdf" in said.read_text("utf-8")
    said.unlink()
    _run(inbox, out)
    assert not said.exists()


def test_nothing_new_loads_no_prefect(inbox, out, environment):
    _run(inbox, out)
    program = (
        "import sys; from flows.cli import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit as end: print(end.code, 'prefect' in sys.modules)\n"
    )
    arguments = ["batch", "--inbox", str(inbox), "--out", str(out), "--quiet"]
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["1", "False"]


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
