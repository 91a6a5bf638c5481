"""The flow: what fails stops nothing else, what is done is not done again. Two runs, one server."""

import json
from pathlib import Path

import pytest

from flows import batch as batch_module
from flows.batch import as_markdown, batch
from flows.report import Report, Summary
from schemas.errors import ExitCode
from tests.flows import faults

CONTENT = {
    "a/Phu luc.pdf": b"one\ntwo\n",
    "b/Phu luc.pdf": b"three\n",
    "b/again.pdf": b"three\n",
    "c.pdf": b"killed",
    "d.pdf": b"eats_memory",
    "e.pdf": b"raises",
    "f.pdf": b"four\n",
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name, content in CONTENT.items():
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "inbox"


@pytest.mark.usefixtures("prefect_server")
def test_two_passes_over_an_inbox(inbox: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(batch_module, "extract_document", faults.by_content)
    out = tmp_path / "out"

    first = batch(inbox, out)
    assert {each.source_file: (each.status, each.items) for each in first.reports} == {
        "a/Phu luc.pdf": ("done", 2),
        "b/Phu luc.pdf": ("done", 1),
        "b/again.pdf": ("copy", 0),
        "c.pdf": ("failed", 0),
        "d.pdf": ("failed", 0),
        "e.pdf": ("failed", 0),
        "f.pdf": ("done", 1),
    }
    assert first.exit_code == ExitCode.SOME_FAILED
    assert _codes(out) == {
        "c.pdf.json": "crashed",
        "d.pdf.json": "too_large",
        "e.pdf.json": "crashed",
    }
    plans = sorted(path.name for path in (out / "plans").iterdir())
    assert [name.partition("-")[0] for name in plans] == ["Phu luc", "Phu luc.json", "f.json"]
    assert (out / "dataset" / "items.csv").read_text("utf-8-sig").count("\n") == 1 + 4
    assert "[6/6]" in capsys.readouterr().err

    written = {path: path.stat().st_mtime_ns for path in (out / "plans").iterdir()}
    (inbox / "f.pdf").write_bytes(b"four\nfive\n")
    (inbox / "c.pdf").write_bytes(b"mended\n")
    second = batch(inbox, out, quiet=True)
    statuses = {each.source_file: (each.status, each.items) for each in second.reports}
    assert statuses["a/Phu luc.pdf"] == ("unchanged", 2)
    assert statuses["b/Phu luc.pdf"] == ("unchanged", 1)
    assert statuses["f.pdf"] == ("done", 2)
    assert statuses["c.pdf"] == ("done", 1)
    assert statuses["d.pdf"] == ("failed", 0)
    again = {path.name for path, time in written.items() if path.stat().st_mtime_ns != time}
    assert again == {"f.json"}
    assert "c.pdf.json" not in _codes(out)
    assert capsys.readouterr().err == ""


def _codes(out: Path) -> dict[str, str]:
    return {path.name: json.loads(path.read_text())["code"] for path in (out / "failed").iterdir()}


def test_summary_as_a_page_keeps_its_table_whole():
    odd = Report("a|b\nc.pdf", "done", items=3, pages=6, seconds=1.5)
    page = as_markdown(Summary(Path("out"), (odd,)))
    assert "| a\\|b c.pdf | 3 items, 0 to review | 6 | 3 | 0 | 1.5 |" in page.splitlines()
