"""What the pipeline makes of words as the OCR delivers them."""

import numpy as np
import pytest
from msgspec.structs import replace

from pipeline.read.ocr.engine import NullEngine, OcrWord
from pipeline.read.scan import page as scan
from pipeline.read.scan.page_image import PageImage
from schemas.geometry import Box


@pytest.fixture
def page_with_text():
    """A white page of A4 at 100 dpi with strokes where text would stand."""
    pixels = np.full((1170, 827), 255, np.uint8)
    for y in range(200, 500, 40):
        for x in range(100, 700, 12):
            pixels[y : y + 14, x : x + 5] = 0
    return PageImage(pixels, 100 / 72)


def test_words_that_cannot_be_are_believed_less(page_with_text):
    read = {"Thực": 0.9, "thựchiện": 0.9, "154/KH-UBND": 0.8, "CHQ®S": 0.8}
    words = tuple(OcrWord(text, Box(100, 200, 160, 214), sure) for text, sure in read.items())
    page = scan.read_scan(page_with_text, 1, (), NullEngine(words))
    assert {word.text: word.confidence for word in page.words} == pytest.approx(
        {"Thực": 0.9, "thựchiện": 0.45, "154/KH-UBND": 0.8, "CHQ®S": 0.4}
    )


def test_a_page_of_which_nothing_is_read_is_blank(page_with_text):
    page = scan.read_scan(page_with_text, 1, ("picture",), NullEngine())
    assert (page.method, page.words) == ("blank", ())


@pytest.mark.parametrize("upright", [0, 1, 2, 3])
@pytest.mark.parametrize("looks_sideways", [True, False])
def test_a_page_is_turned_as_it_makes_sense(monkeypatch, page_with_text, upright, looks_sideways):
    """However the ink looks: columns of figures in high rows look like lines that run up it."""
    made = scan._made_upright
    tried = []

    class Engine(NullEngine):
        def recognise(self, image, *, dpi, page):  # noqa: ARG002
            text = "nhiệm vụ" if tried[-1] == upright else "xqz"
            words = text.split() * 16
            return [OcrWord(word, Box(10, 10, 60, 24), 0.95) for word in words]

    def note(grey, turns, scale):
        tried.append(turns)
        return made(grey, turns, scale)

    monkeypatch.setattr(scan, "_made_upright", note)
    monkeypatch.setattr(scan.pixels, "is_sideways", lambda *_: looks_sideways)
    page = scan.read_scan(page_with_text, 1, (), Engine())
    assert page.reasons == ((f"turned_{90 * upright}",) if upright else ())
    assert page.words[0].text in {"nhiệm", "vụ"}


def test_no_page_is_read_twice_that_makes_no_sense_either_way(monkeypatch, page_with_text):
    read = []

    class Engine(NullEngine):
        def recognise(self, image, *, dpi, page):  # noqa: ARG002
            read.append(image.shape)
            text = "nhiệm vụ" if len(read) % 2 else "xqz"  # the first lines alone make sense
            return [OcrWord(word, Box(10, 10, 60, 24), 0.95) for word in text.split() * 16]

    monkeypatch.setattr(scan.pixels, "is_sideways", lambda *_: True)
    scan.read_scan(page_with_text, 1, (), Engine())
    assert len(read) == 8


@pytest.mark.parametrize("upright", [1, 3, 2])
def test_a_page_whose_first_lines_say_nothing_is_turned_as_all_of_it_makes_sense(
    monkeypatch, page_with_text, upright
):
    made = scan._made_upright

    class Engine(NullEngine):
        def recognise(self, image, *, dpi, page):  # noqa: ARG002
            text = "nhiệm vụ" if image[0, 0] == upright else "xqz"
            return [OcrWord(word, Box(10, 10, 60, 24), 0.95) for word in text.split() * 16]

    def marked(grey, turns, scale):
        """The page upright, in which each pixel says how it was turned."""
        page = made(grey, turns, scale)
        stacks = [replace(s, image=np.full_like(s.image, turns)) for s in page.stacks]
        return replace(page, stacks=stacks)

    def without_text(stack, _):
        return replace(stack, image=np.full_like(stack.image, 255))

    monkeypatch.setattr(scan, "_made_upright", marked)
    monkeypatch.setattr(scan, "beginning", without_text)
    monkeypatch.setattr(scan.pixels, "is_sideways", lambda *_: True)
    page = scan.read_scan(page_with_text, 1, (), Engine())
    assert page.reasons == (f"turned_{90 * upright}",)
