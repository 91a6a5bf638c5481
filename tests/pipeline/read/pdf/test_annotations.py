"""Annotations and form fields that a reader sees are text of the page."""

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.ingest import open_source
from pipeline.read.scan.render import render_page
from tests.pipeline.read.pdf.drawn import HEIGHT, WIDTH, Drawn, text

LINE = text("So:", 50, 200) + text("/KH", 110, 200)
BLANK = (72, 196, 108, 212)


def stamped(drawn: Drawn, words: str = "362", **entries: object) -> Drawn:
    drawn.annotate(BLANK, drawn.form(text(words, 2, 4), (0, 0, 36, 16)), **entries)
    return drawn


def test_a_number_stamped_over_the_blank_stands_in_its_place():
    assert stamped(Drawn(LINE)).words() == ["So:", "362", "/KH"]


@pytest.mark.parametrize(
    "entries",
    [{"F": 2}, {"F": 32}, {"F": 36}, {"Subtype": Name.Popup}],
    ids=["hidden", "not viewed", "printed only", "a note's window"],
)
def test_what_is_hidden_is_not_read(entries: dict):
    assert stamped(Drawn(LINE), **entries).words() == ["So:", "/KH"]


def test_an_annotation_of_a_layer_that_is_switched_off_is_not_read():
    drawn = Drawn(LINE)
    layer = drawn.layer("off")
    drawn.switch_off(layer)
    assert stamped(drawn, OC=layer).words() == ["So:", "/KH"]


def test_layers_within_an_appearance():
    """As signature programs write it: /FRM in /N, /n0 and /n2 in /FRM."""
    drawn = Drawn(LINE)
    n0 = drawn.form(b"% DSBlank\n", (0, 0, 100, 100))
    n2 = drawn.form(text("362", 2, 4), (0, 0, 36, 16))
    inner = Dictionary(XObject=Dictionary(n0=n0, n2=n2))
    content = b"q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q "
    frm = drawn.form(content, (0, 0, 36, 16), Resources=inner)
    outer = Dictionary(XObject=Dictionary(FRM=frm))
    top = drawn.form(b"q 1 0 0 1 0 0 cm /FRM Do Q", (0, 0, 36, 16), Resources=outer)
    drawn.annotate(BLANK, top, FT=Name.Sig)
    assert drawn.words() == ["So:", "362", "/KH"]


def test_the_form_is_fitted_into_its_rectangle():
    """The appearance may be drawn in any space and at any size: its box is laid on the place."""
    drawn = Drawn(LINE)
    shifted = drawn.form(text("362", 1004, 508, 24), (1000, 500, 1072, 532))
    drawn.annotate(BLANK, shifted)
    turned = drawn.form(text("14", 2, 4), (0, 0, 16, 16), Matrix=Array([0, 1, -1, 0, 0, 0]))
    drawn.annotate((300, 100, 316, 116), turned)
    page = drawn.read()
    number = [c for c in page.chars if c["text"] in "362"]
    assert [round(c["size"]) for c in number] == [12, 12, 12]
    assert drawn.words()[:3] == ["So:", "362", "/KH"]
    assert [c["upright"] for c in page.chars if c["text"] in "14"] == [False, False]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_on_a_page_that_is_shown_turned(rotate: int):
    """What stands upright for the reader is drawn on its side in the space of the page."""
    matrix = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[rotate]
    moved = {90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[rotate]
    whole = " ".join(map(str, (*matrix, *moved))).encode()
    drawn = Drawn(b"q " + whole + b" cm " + LINE + b"Q", rotate)
    a, b, c, d = matrix
    corners = [
        (a * x + c * y + moved[0], b * x + d * y + moved[1]) for x, y in (BLANK[:2], BLANK[2:])
    ]
    xs, ys = zip(*corners, strict=True)
    form = drawn.form(text("362", 2, 4), (0, 0, 36, 16), Matrix=Array([*matrix, 0, 0]))
    drawn.annotate((min(xs), min(ys), max(xs), max(ys)), form)
    assert drawn.words() == ["So:", "362", "/KH"]


def test_states_of_a_field_are_told_by_its_name():
    drawn = Drawn(LINE)
    states = Dictionary(
        On=drawn.form(text("yes", 2, 4), (0, 0, 36, 16)),
        Off=drawn.form(text("no", 2, 4), (0, 0, 36, 16)),
    )
    drawn.annotate(BLANK, states, AS=Name.On)
    assert drawn.words() == ["So:", "yes", "/KH"]


def test_a_value_without_an_appearance_is_drawn_by_the_viewer():
    drawn = Drawn(LINE)
    parent = Dictionary(FT=Name.Tx, V=String("362"), DA=String("/F1 12 Tf 0 g"))
    drawn.annotate(BLANK, Parent=drawn.pdf.make_indirect(parent))
    drawn.annotate((50, 100, 200, 150), Subtype=Name.FreeText, Contents=String("Đã ký\nsố"))
    drawn.annotate((50, 20, 200, 40), FT=Name.Tx, V=String("secret"), Ff=1 << 13)
    drawn.annotate((50, 20, 200, 40), FT=Name.Btn, V=Name.Yes)
    assert drawn.words() == ["So:", "362", "/KH", "Đã", "ký", "số"]


def test_damaged_annotations_are_passed_over():
    drawn = stamped(Drawn(LINE))
    drawn.annotate((1, 2, 3))
    drawn.annotate(BLANK, Dictionary(N=1), AP=Dictionary(N=3))
    drawn.page.Annots.append(7)
    assert drawn.words() == ["So:", "362", "/KH"]


def test_the_picture_of_a_page_shows_its_fields(tmp_path: Path):
    """A scan that was signed is read by OCR from this picture."""
    drawn = stamped(Drawn(b""), FT=Name.Sig, T=String("number"))
    path = tmp_path / "signed.pdf"
    path.write_bytes(drawn.data())
    pixels = render_page(open_source(path, "signed.pdf"), 1, 10**8).pixels
    assert pixels.min() < 100
