"""Documents that a PDF carries are named."""

from pathlib import Path

from pikepdf import AttachedFileSpec, Dictionary, Name, String

from pipeline.ingest import open_source
from pipeline.read.ocr.engine import NullEngine
from pipeline.read.pages import read_pages
from pipeline.settings import Settings
from tests.pipeline.read.pdf.drawn import Drawn, text

LETTER = b"".join(text("A letter with a plan attached", 50, 250 - 14 * i) for i in range(5))


def doubts(drawn: Drawn, tmp_path: Path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(drawn.data())
    reading = read_pages(open_source(path, path.name), Settings(workers=1), NullEngine())
    return [(d.code, d.text) for d in reading.pages[0].doubts]


def test_documents_of_a_portfolio_are_named_and_data_of_programs_are_not(tmp_path):
    drawn = Drawn(LETTER)
    for name in ("Kế hoạch.pdf", "Phụ lục.docx", "form.xml"):
        drawn.pdf.attachments[name] = AttachedFileSpec(drawn.pdf, b"x", filename=name)
    assert doubts(drawn, tmp_path) == [("attachments_unread", "Kế hoạch.pdf; Phụ lục.docx")]


def test_a_file_that_a_note_opens_is_named_where_it_stands(tmp_path):
    drawn = Drawn(LETTER)
    file = Dictionary(Type=Name.Filespec, F=String("plan.pdf"), UF=String("Kế hoạch.pdf"))
    drawn.annotate((300, 200, 320, 220), Subtype=Name.FileAttachment, FS=file)
    assert doubts(drawn, tmp_path) == [("attachments_unread", "Kế hoạch.pdf")]


def test_most_files_carry_none(tmp_path):
    assert doubts(Drawn(LETTER), tmp_path) == []
