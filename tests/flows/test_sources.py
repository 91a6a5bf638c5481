"""Forty districts send "Phu luc.pdf": each is a document of its own, and keeps its name."""

from pathlib import Path

from flows import sources
from flows.sources import gather, tell_apart
from pipeline.ingest import FoundFile
from schemas.failure import FailureCode


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
