"""Whether the plan that is there of a file is what would be made of it now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.makers import Makers
from flows.run import Run
from flows.sources import InputFile, gather
from pipeline.agencies import Office, OfficeFiles, shipped_office
from pipeline.agencies.registry.decide import Person, decide, undo_decision
from pipeline.dataset import write_outcome
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode
from schemas.plan import Plan
from tests.flows.made import outcome_of


def _file(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    _file(tmp_path / "in" / "a.pdf", "one\n")
    document = _document(tmp_path / "out")
    outcome = outcome_of(Job(document.path, document.source_file, Settings(), shipped_office()))
    write_outcome(tmp_path / "out", document.name, outcome)
    return tmp_path / "out"


def _document(out: Path) -> InputFile:
    return gather([out.parent / "in"], out).all[0]


def _kept(out: Path, settings: Settings | None = None, office: Office | None = None) -> Plan | None:
    run = Run(out, settings or Settings(), office or shipped_office())
    return Makers(run).unchanged_plan(_document(out))


def test_same_file_version_and_settings(out: Path):
    plan = _kept(out)
    assert plan is not None
    assert len(plan.items) == 1


def test_page_workers_change_no_result(out: Path):
    assert _kept(out, Settings(workers=7)) is not None


def test_changed_content(out: Path):
    _file(out.parent / "in" / "a.pdf", "one\ntwo\n")
    assert _kept(out) is None


def test_changed_settings(out: Path):
    assert _kept(out, Settings(join_threshold=0.9)) is None


def test_changed_version(out: Path, monkeypatch):
    monkeypatch.setattr("pipeline.version.__version__", "99")
    assert _kept(out) is None


def test_changed_decisions(out: Path):
    files = OfficeFiles(out.parent / "agencies.csv", out.parent / "decisions.sqlite3")
    office = Office.load(files, Settings())
    assert _kept(out, office=office) is not None
    person = Person("Lan", datetime(2026, 1, 2, tzinfo=UTC))
    made = decide(office, "Tổ X12", "is", "phong-noi-vu", person)
    assert _kept(out, office=office.current()) is None
    undo_decision(files.decisions, made.number, person)
    assert _kept(out, office=office.current()) is not None


def test_renamed_file(out: Path):
    (out.parent / "in" / "a.pdf").rename(out.parent / "in" / "b.pdf")
    assert _kept(out) is None


def test_damaged_plan(out: Path):
    (out / "plans" / "a.json").write_text("{")
    assert _kept(out) is None


def test_a_scan_is_kept_while_tesseract_is_away(out: Path, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read")

    monkeypatch.setattr("flows.makers.current", gone)
    assert _kept(out) is not None
