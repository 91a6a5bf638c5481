"""What is found, and what is refused."""

import pytest
from PIL import Image

from pipeline import ingest
from pipeline.ingest import discover, open_source
from schemas.failure import FailureCode, PhulucError

MINIMAL = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"
)


def test_folders_are_read_through_in_the_order_of_names(tmp_path):
    for name in ("b/Phụ lục.pdf", "a/x.PNG", "a/~$x.pdf", ".hidden/y.pdf", "a/notes.txt", "c.tiff"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [f.name for f in discover([tmp_path])] == ["a/x.PNG", "b/Phụ lục.pdf", "c.tiff"]


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path):
    path = tmp_path / "scan.bin"
    path.write_bytes(b"x")
    assert [f.name for f in discover([path, tmp_path, path])] == ["scan.bin"]


def test_a_missing_input_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        discover([tmp_path / "none"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FailureCode.EMPTY_FILE),
        (b"hello, this is text", FailureCode.UNSUPPORTED_FILE),
        (b"PK\x03\x04 a docx called pdf", FailureCode.UNSUPPORTED_FILE),
        (b"%PDF-1.7\nnothing more", FailureCode.DAMAGED_FILE),
        (b"\x89PNG\r\n\x1a\nbroken", FailureCode.DAMAGED_FILE),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, content, code):
    path = tmp_path / "f.pdf"
    path.write_bytes(content)
    with pytest.raises(PhulucError) as caught:
        open_source(path, "f.pdf")
    assert caught.value.code == code
    assert caught.value.stage == "ingest"


def test_kind_and_pages_come_from_the_content(tmp_path):
    pdf = tmp_path / "a.jpg"
    pdf.write_bytes(MINIMAL)
    assert (open_source(pdf, "a.jpg").kind, open_source(pdf, "a.jpg").pages) == ("pdf", 1)
    tiff = tmp_path / "b.pdf"
    first, second = Image.new("L", (20, 30)), Image.new("L", (20, 30))
    first.save(tiff, format="TIFF", save_all=True, append_images=[second])
    assert (open_source(tiff, "b.pdf").kind, open_source(tiff, "b.pdf").pages) == ("image", 2)


def test_a_content_that_is_known_is_not_hashed_again(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    Image.new("L", (10, 10)).save(path)
    monkeypatch.setattr(ingest, "sha256_of", lambda _: pytest.fail("hashed again"))
    assert open_source(path, "a.png", "ab" * 32).sha256 == "ab" * 32
