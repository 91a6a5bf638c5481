"""Watermarks are no text, and text that is drawn twice is one text."""

import pytest
from pikepdf import Dictionary

from tests.pipeline.read.pdf.drawn import Drawn, seen, text

BODY = b"".join(text(f"Line {i} of the text", 40, 250 - 14 * i) for i in range(10))
WORDS = " ".join(f"Line {i} of the text" for i in range(10))


@pytest.mark.parametrize("first", [True, False], ids=["beneath", "above"])
@pytest.mark.parametrize(
    "mark",
    [
        text("DRAFT", 60, 180, 60, before=".8 g"),
        text("DRAFT", 60, 180, 60, before="1 .7 .7 rg"),
        text("DRAFT", 60, 180, 40, before="1 0 0 rg"),
        text("DRAFT", 60, 180, 24, before=".8 g"),
        b"".join(text("DRAFT", x, y, 12, before=".8 g") for x in (50, 150, 300) for y in (90, 190)),
    ],
    ids=["large grey", "large light red", "large red over text", "grey over text", "tiles"],
)
def test_watermarks_are_no_text(mark: bytes, first: bool):
    black = b"0 g "
    assert seen(mark + black + BODY if first else BODY + mark) == WORDS


@pytest.mark.parametrize(
    "kept",
    [
        text("TITLE", 60, 270, 24),
        text("note", 300, 20, 12, before=".7 g"),
        text("white", 300, 20, 12, before="q 0 g 290 10 80 30 re f Q 1 g"),
    ],
    ids=["a large title", "a grey note", "white on black"],
)
def test_what_is_large_or_light_by_itself_is_text(kept: bytes):
    assert set(seen(kept + b"0 g " + BODY).split()) > set(WORDS.split())


def test_a_watermark_that_shines_through():
    drawn = Drawn(b"q /Half gs " + text("DRAFT", 60, 180, 60) + b"Q " + BODY)
    drawn.resource("ExtGState", "Half", Dictionary(ca=0.3))
    assert " ".join(drawn.words()) == WORDS


@pytest.mark.parametrize("shift", [(0, 0), (0.3, 0), (1, -1), (2, 1)])
def test_text_drawn_twice_is_one_text(shift: tuple[float, float]):
    shadow = b"q 1 0 0 1 %g %g cm .5 g " % shift + BODY + b"Q "
    assert seen(shadow + BODY) == WORDS


def test_what_is_drawn_again_where_it_is_clipped_stays():
    """Some programs draw all fields in the appearance of each, and let its box show but one."""
    again = b"q 40 0 360 300 re W n " + BODY + b"Q q 0 0 20 20 re W n " + BODY + b"Q "
    assert seen(again) == WORDS


def test_letters_that_are_twice_in_a_word_stay():
    assert seen(text("llii..ss", 50, 200) + text("ll", 50, 180) + text("ll", 50, 160)) == (
        "llii..ss ll ll"
    )
