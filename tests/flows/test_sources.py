"""Forty districts send "Phu luc.pdf": each is a document of its own, and keeps its name."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import sources
from flows.run import Run
from flows.sources import gather, tell_apart, unchanged_plan
from pipeline.agencies import Office, OfficeFiles, shipped_office
from pipeline.agencies.registry.decide import Person, decide, undo_decision
from pipeline.dataset import write_outcome
from pipeline.ingest import FoundFile
from pipeline.job import Job
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode
from tests.flows.made import outcome_of


def _file(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path):
    one = _file(tmp_path / "a" / "Phu luc.pdf", "1")
    two = _file(tmp_path / "b" / "Phu luc.pdf", "2")
    documents = gather([one, two], tmp_path / "out").all
    assert [each.source_file for each in documents] == ["a/Phu luc.pdf", "b/Phu luc.pdf"]
    first, second = (each.name for each in documents)
    assert first == "Phu luc"
    assert second == f"Phu luc-{documents[1].sha256[:8]}"


def test_folders_with_files_of_one_path_are_told_apart():
    found = [FoundFile(Path(f"/in/{p}/x/y.pdf"), "x/y.pdf") for p in ("a", "b")]
    found.append(FoundFile(Path("/in/z.pdf"), "z.pdf"))
    assert [each.name for each in tell_apart(found)] == ["a/x/y.pdf", "b/x/y.pdf", "z.pdf"]


def test_a_content_is_done_once(tmp_path: Path):
    _file(tmp_path / "in" / "a.pdf", "same")
    _file(tmp_path / "in" / "b.pdf", "same")
    documents = gather([tmp_path / "in"], tmp_path / "out")
    assert documents.copies == {"b.pdf": "a.pdf"}
    assert [each.source_file for each in documents.once] == ["a.pdf"]


def test_files_that_cannot_be_read_are_no_copies_of_each_other(tmp_path: Path, monkeypatch):
    _file(tmp_path / "in" / "a.pdf", "x")
    _file(tmp_path / "in" / "b.pdf", "y")

    def unreadable(_: Path) -> str:
        raise sources.PhulucError(FailureCode.DAMAGED_FILE, stage="ingest")

    monkeypatch.setattr(sources, "sha256_of", unreadable)
    assert gather([tmp_path / "in"], tmp_path / "out").copies == {}


class TestUnchanged:
    @pytest.fixture
    def out(self, tmp_path: Path) -> Path:
        _file(tmp_path / "in" / "a.pdf", "one\n")
        document = self._document(tmp_path / "out")
        outcome = outcome_of(Job(document.path, document.source_file, Settings(), shipped_office()))
        write_outcome(tmp_path / "out", document.name, outcome)
        return tmp_path / "out"

    @staticmethod
    def _document(out: Path) -> sources.InputFile:
        return gather([out.parent / "in"], out).all[0]

    def test_same_file_version_and_settings(self, out: Path):
        plan = unchanged_plan(self._document(out), Run(out, Settings(), shipped_office()))
        assert plan is not None
        assert len(plan.items) == 1

    def test_page_workers_change_no_result(self, out: Path):
        run = Run(out, Settings(workers=7), shipped_office())
        assert unchanged_plan(self._document(out), run) is not None

    def test_changed_content(self, out: Path):
        _file(out.parent / "in" / "a.pdf", "one\ntwo\n")
        assert unchanged_plan(self._document(out), Run(out, Settings(), shipped_office())) is None

    def test_changed_settings(self, out: Path):
        settings = Settings(join_threshold=0.9)
        assert unchanged_plan(self._document(out), Run(out, settings, shipped_office())) is None

    def test_changed_version(self, out: Path, monkeypatch):
        monkeypatch.setattr("pipeline.version.__version__", "99")
        assert unchanged_plan(self._document(out), Run(out, Settings(), shipped_office())) is None

    def test_changed_decisions(self, out: Path):
        files = OfficeFiles(out.parent / "agencies.csv", out.parent / "decisions.sqlite3")
        office = Office.load(files, Settings())
        assert unchanged_plan(self._document(out), Run(out, Settings(), office)) is not None
        person = Person("Lan", datetime(2026, 1, 2, tzinfo=UTC))
        made = decide(office, "Tổ X12", "is", "phong-noi-vu", person)
        assert unchanged_plan(self._document(out), Run(out, Settings(), office.current())) is None
        undo_decision(files.decisions, made.number, person)
        assert (
            unchanged_plan(self._document(out), Run(out, Settings(), office.current())) is not None
        )

    def test_renamed_file(self, out: Path):
        (out.parent / "in" / "a.pdf").rename(out.parent / "in" / "b.pdf")
        assert unchanged_plan(self._document(out), Run(out, Settings(), shipped_office())) is None

    def test_damaged_plan(self, out: Path):
        (out / "plans" / "a.json").write_text("{")
        assert unchanged_plan(self._document(out), Run(out, Settings(), shipped_office())) is None

    def test_a_scan_is_kept_while_tesseract_is_away(self, out: Path, monkeypatch):
        def gone(*_: object, **__: object) -> None:
            raise EnvironmentLacks(FailureCode.TESSERACT_MISSING, stage="read")

        monkeypatch.setattr(sources, "current", gone)
        assert (
            unchanged_plan(self._document(out), Run(out, Settings(), shipped_office())) is not None
        )
