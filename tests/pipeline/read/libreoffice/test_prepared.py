"""What LibreOffice makes of files, and what is said where the machine has none."""

import hashlib
from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.extract import extract_document
from pipeline.job import Job
from pipeline.read.libreoffice import soffice
from pipeline.read.libreoffice.prepared import prepare
from pipeline.read.word.accepted import accepted
from pipeline.settings import Settings
from schemas.failure import FailureCode
from tests.pipeline.read.libreoffice.made import BODY
from tests.pipeline.read.word.made import NS, p, r, tbl, tr, write_docx

needs_libreoffice = pytest.mark.skipif(soffice.find() is None, reason="LibreOffice is missing")

ROW = r"\trowd\cellx600\cellx3000\cellx6000\cellx9000 "
RTF = r"{\rtf1\ansi\ansicpg1252\uc1 PH\u7908?  L\u7908?C I\par " + "".join(
    ROW + "".join(rf"\intbl {text}\cell " for text in row) + r"\row "
    for row in (
        ("STT", r"N\u7897?i dung", r"Nhi\u7879?m v\u7909?", r"C\u417? quan ch\u7911? tr\u236?"),
        ("1", r"C\u244?ng khai", r"Ni\u234?m y\u7871?t", r"Ph\u242?ng N\u7897?i v\u7909?"),
    )
) + "}"  # fmt: skip


def _outcome(path: Path, kept: Path | None = None):
    return extract_document(Job(path, path.name, Settings(), shipped_office(), kept=kept))


def test_without_libreoffice_old_formats_fail_by_name_and_docx_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(soffice, "find", lambda: None)
    old = tmp_path / "plan.doc"
    old.write_text(RTF)
    failure = _outcome(old, tmp_path).failure
    assert (failure.code, failure.environment) == (FailureCode.LIBREOFFICE_MISSING, True)
    docx = write_docx(tmp_path / "plan.docx", BODY)
    prepare([("a" * 64, docx)], tmp_path)
    fragments = _outcome(docx, tmp_path).plan.items[0].fragments
    assert {f.page for f in fragments} == {None}


def test_changes_are_accepted_for_the_rendering():
    kept = p("còn ", "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>")
    gone = (
        p("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "lại")
        + tbl(tr("A"), tr("B", properties="<w:del/>"))
        + p(f"<w:moveFrom>{r('đi')}</w:moveFrom>", properties="<w:rPr><w:del/></w:rPr>")
    )
    document = f"<w:document {NS}><w:body>{kept}{gone}</w:body></w:document>".encode()
    text = accepted(document).decode()
    assert all(word in text for word in ("còn ", "thêm", "lại", ">A<"))
    assert not any(word in text for word in ("bỏ", ">B<", "đi"))


def test_a_document_without_changes_is_rendered_as_it_is():
    document = f"<w:document {NS}><w:body>{p('lại')}</w:body></w:document>".encode()
    assert accepted(document) is document


@pytest.mark.slow
@needs_libreoffice
def test_one_start_makes_docx_and_places_of_many_files(tmp_path):
    files = []
    for name, content in (("a.doc", RTF.encode()), ("b.docx", b"")):
        path = tmp_path / name
        if content:
            path.write_bytes(content)
        else:
            write_docx(path, BODY)
        files.append((hashlib.sha256(path.read_bytes()).hexdigest(), path))
    prepare(files, tmp_path / "kept")
    made = sorted(path.suffix for path in (tmp_path / "kept" / "office").iterdir())
    assert made == [".docx", ".pdf", ".pdf"]
    for _, path in files:
        plan = _outcome(path, tmp_path / "kept").plan
        assert plan.document.kind == "word"
        assert plan.document.pages > 0
        assert all(f.page and f.bbox and f.cell for item in plan.items for f in item.fragments)


@pytest.mark.slow
@needs_libreoffice
def test_what_libreoffice_cannot_load_is_missing_and_costs_no_other(tmp_path):
    bad, good = tmp_path / "bad.doc", tmp_path / "good.rtf"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)
    good.write_text(RTF)
    made = soffice.convert({"bad": bad, "good": good}, soffice.TO_DOCX, tmp_path / "out")
    assert set(made) == {"good"}


def _pretend(monkeypatch, folder: Path, script: str) -> None:
    """Put a program in the place of LibreOffice that treats `hang` and `fail` as it would."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "find", lambda: str(program))


# Its arguments end in --outdir OUT FILE...: it copies each file, and stops at one that says so.
LIKE_IT = """
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for file; do
  case $(cat "$file") in hang) sleep 600;; crash) exit 0;; esac
  cp "$file" "$out/$(basename "${file%.*}").docx"
done
"""


@pytest.mark.parametrize("bad", ["hang", "crash"])
def test_a_file_that_stops_it_costs_no_other(tmp_path, monkeypatch, bad):
    monkeypatch.setattr(soffice, "_SECONDS", 1)
    _pretend(monkeypatch, tmp_path, LIKE_IT)
    files = {}
    for name in ("a", bad, "b", "c"):
        files[name] = tmp_path / f"{name}.rtf"
        files[name].write_text(name)
    made = soffice.convert(files, soffice.TO_DOCX, tmp_path / "out")
    assert {key: path.read_text() for key, path in made.items()} == {"a": "a", "b": "b", "c": "c"}
