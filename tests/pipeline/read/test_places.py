"""Places that show letters without characters are read by OCR, or said."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest import open_source
from pipeline.read.ocr.engine import NullEngine, OcrWord
from pipeline.read.pages import read_pages
from pipeline.read.pdf.text_layer import read_text_layer
from pipeline.settings import Settings
from schemas.geometry import Box
from tests.pipeline.read.pdf.drawn import Drawn, text

LINES = b"".join(text("Lines of a plan that can be read", 50, 180 - 14 * i) for i in range(8))
LINE = LINES + text("So:", 50, 250) + text("/KH", 110, 250)
PLACE = b"q 30 0 0 14 75 247 cm /Im Do Q "


def signed(size: bytes = PLACE, content: bytes = LINE) -> Drawn:
    drawn = Drawn(content + size)
    drawn.resource("XObject", "Im", drawn.picture())
    return drawn


def digits(number: str, confidence: float = 0.9) -> NullEngine:
    return NullEngine((OcrWord(number, Box(30, 30, 130, 80), confidence),))


def read(drawn: Drawn, tmp_path: Path, engine: NullEngine):
    path = tmp_path / "signed.pdf"
    path.write_bytes(drawn.data())
    return read_pages(open_source(path, "signed.pdf"), Settings(workers=1), engine)


def test_a_picture_of_digits_on_a_line_of_text_is_read(tmp_path):
    reading = read(signed(), tmp_path, digits("362"))
    (page,) = reading.pages
    (number,) = [word for word in page.words if word.text == "362"]
    assert 70 < number.box.x0 < number.box.x1 < 110
    assert number.box.top < 300 - 254 < number.box.bottom
    assert page.doubts == ()


@pytest.mark.parametrize("engine", [digits("362", 0.3), digits("3|?Ð"), NullEngine()])
def test_what_makes_no_sense_stays_in_doubt(tmp_path, engine):
    (page,) = read(signed(), tmp_path, engine).pages
    ((code, box),) = [(doubt.code, doubt.box) for doubt in page.doubts]
    assert code == "place_unread"
    assert (round(box.x0), round(box.x1)) == (75, 105)


@pytest.mark.parametrize(
    "drawn",
    [
        signed(b"q 90 0 0 90 60 150 cm /Im Do Q "),
        signed(b"q 30 0 0 14 300 100 cm /Im Do Q ", text("So:", 50, 250)),
        signed(b"q 30 0 0 14 50 247 cm /Im Do Q ", LINES + b"q /Im Do Q " + text("So:", 50, 250)),
        Drawn(LINE),
    ],
    ids=["a seal", "on no line", "behind letters", "none"],
)
def test_other_pictures_are_no_text(drawn):
    page, _ = read_text_layer(drawn.read())
    assert page.doubts == ()


def test_a_glyph_without_a_character_is_a_place_to_be_read():
    drawn = Drawn(LINES + text("A \\(cid:7\\)ng B", 50, 250))
    page, verdict = read_text_layer(drawn.read())
    assert verdict.used
    assert [doubt.code for doubt in page.doubts] == ["place_unread"]
    assert not any("cid" in word.text for word in page.words)


def test_a_picture_of_a_number_is_read_by_tesseract(tmp_path):
    pytest.importorskip("tesserocr")
    image = Image.new("L", (240, 112), 255)
    font = ImageFont.load_default(96)
    ImageDraw.Draw(image).text((20, 100), "362", fill=0, font=font, anchor="ls")
    drawn = Drawn(LINE + PLACE)
    drawn.resource(
        "XObject",
        "Im",
        drawn.pdf.make_stream(
            image.tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=240,
            Height=112,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        ),
    )
    path = tmp_path / "signed.pdf"
    path.write_bytes(drawn.data())
    reading = read_pages(open_source(path, "signed.pdf"), Settings(workers=1))
    assert "362" in [word.text for word in reading.pages[0].words]
    assert reading.engine


@pytest.mark.parametrize(("grey", "seen_too"), [(0, True), (1, False)], ids=["black", "white"])
def test_words_that_are_blended_are_read_where_the_picture_shows_them(tmp_path, grey, seen_too):
    blended = text("blended", 50, 250, before=f"{grey} g")
    drawn = Drawn(LINES + b"q /Mode gs " + blended + b"Q ")
    drawn.resource("ExtGState", "Mode", Dictionary(BM=Name.Multiply))
    (page,) = read(drawn, tmp_path, NullEngine()).pages
    assert ("blended" in [word.text for word in page.words]) is seen_too
    assert page.doubts == ()


def test_words_outside_of_a_clip_that_is_no_box(tmp_path):
    triangle = b"q 40 240 m 100 240 l 40 300 l h W n "
    inside, outside = text("in", 44, 245, 10), text("out", 80, 280, 10)
    (page,) = read(Drawn(LINES + triangle + inside + outside + b"Q "), tmp_path, NullEngine()).pages
    words = [word.text for word in page.words]
    assert "in" in words
    assert "out" not in words
