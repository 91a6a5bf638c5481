"""What is not painted, or painted over, is not read; what is seen is read once."""

import pytest
from pikepdf import Array, Dictionary, Name

from tests.pipeline.read.pdf.drawn import HEIGHT, WIDTH, Drawn, seen, text

SHOWN = text("shown", 50, 200)
GHOST = text("ghost", 50, 100)
BOX = b"40 90 100 30 re f\n"  # around what is written at 50, 100


@pytest.mark.parametrize(
    "hidden",
    [
        text("ghost", 50, 100, before="3 Tr"),
        text("ghost", 50, 100, before="7 Tr"),
        text("ghost", 50, 100, before="1 g"),
        text("ghost", 50, 100, before="1 1 1 rg"),
        text("ghost", 50, 100, before="0 0 0 0 k"),
        text("ghost", 50, 100, before="/DeviceRGB cs .99 1 1 sc"),
        b"q 0 0 30 300 re W n " + GHOST + b"Q ",
        b"q 0 0 30 300 re W* n " + GHOST + b"Q ",
        b"q 0 0 0 0 re W n " + GHOST + b"Q ",
        b"q 1 0 0 1 0 200 cm 0 0 400 50 re W n 1 0 0 1 0 -200 cm " + GHOST + b"Q ",
        GHOST + b"q 1 g " + BOX + b"Q ",
        GHOST + b"q 1 0 0 rg " + BOX + b"Q ",
        b"q .2 .2 .9 rg " + BOX + b"Q " + text("ghost", 50, 100, before=".2 .2 .9 rg") + b"0 g ",
        b"q 0 g " + BOX + b"Q " + GHOST,
        text("ghost", 50, HEIGHT + 20),
        text("ghost", -80, 100),
    ],
    ids=[
        "render mode 3",
        "render mode 7",
        "white grey",
        "white rgb",
        "white cmyk",
        "nearly white in a colour space",
        "outside a clip",
        "outside a clip by even and odd",
        "clip of no size",
        "clip under a matrix",
        "under white",
        "under red",
        "in the colour of its box",
        "black on black",
        "above the page",
        "left of the page",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: bytes):
    assert seen(hidden + b"0 g 0 Tr " + SHOWN) == "shown"


@pytest.mark.parametrize(
    "visible",
    [
        b"q 0 g " + BOX + b"Q " + text("there", 50, 100, before="1 g") + b"0 g ",
        b"q 1 g " + BOX + b"Q " + text("there", 50, 100),
        b"q 0 0 300 300 re W n " + text("there", 50, 100) + b"Q ",
        b"q 0 0 30 300 re W n Q " + text("there", 50, 100),
        text("there", 50, 100) + b"q 1 g 200 90 100 30 re f Q ",
        text("there", 50, 100) + b"q 1 g 40 101 100 1 re f Q ",
        text("there", 50, 100, before=".5 g") + b"0 g ",
        text("there", 50, 100, before="1 Tr") + b"0 Tr ",
        b"q 0 g 90 105 m 90 125 50 125 50 105 c 50 85 90 85 90 105 c f Q "
        + text("there", 50, 100, before="1 g")
        + b"0 g ",
    ],
    ids=[
        "white on black",
        "over a white box",
        "within a clip",
        "behind a clip that ended",
        "beside a box",
        "under a thin line",
        "grey",
        "drawn as strokes",
        "white on a round area",
    ],
)
def test_what_is_seen_is_read(visible: bytes):
    assert seen(visible + SHOWN) == "shown there"


def test_a_picture_covers_what_it_was_drawn_over_and_one_with_a_mask_does_not():
    over = GHOST + b"q 100 0 0 30 40 90 cm /Im Do Q " + SHOWN
    drawn = Drawn(over)
    drawn.resource("XObject", "Im", drawn.picture())
    assert drawn.words() == ["shown"]
    assert [c["text"] for c in drawn.read().chars] == list("shown")
    through = Drawn(over)
    through.resource("XObject", "Im", through.picture(Mask=Array([0, 0])))
    assert through.words() == ["shown", "ghost"]


@pytest.mark.parametrize("over", [True, False], ids=["mode 3 over it", "plainly beneath it"])
def test_the_text_of_a_scan_is_kept_to_be_judged(over: bool):
    scan = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q ".encode()
    layer = text("layer", 50, 100, before="3 Tr" if over else "")
    drawn = Drawn(scan + layer if over else layer + scan)
    drawn.resource("XObject", "Im", drawn.picture())
    assert drawn.words() == ["layer"]


def test_see_through_areas_cover_nothing_and_wholly_transparent_text_is_not_seen():
    states = {"ExtGState": {"Half": Dictionary(ca=0.5), "None": Dictionary(ca=0)}}
    content = text("under", 50, 100) + b"q /Half gs 1 1 0 rg " + BOX + b"Q "
    assert seen(content + b"q /None gs " + text("ghost", 50, 50) + b"Q ", states) == "under"
    multiplied = {"ExtGState": {"Half": Dictionary(BM=Name.Multiply)}}
    assert seen(content, multiplied) == "under"


def test_a_form_takes_the_colour_and_the_clip_of_what_draws_it():
    drawn = Drawn(b"q 1 g /Fm Do Q q 0 0 20 20 re W n /Fm Do Q /Fm Do /Small Do")
    drawn.resource("XObject", "Fm", drawn.form(text("once", 50, 100), (0, 0, 400, 300)))
    cut = drawn.form(text("in", 50, 150) + text("out", 150, 150), (0, 0, 100, 300))
    drawn.resource("XObject", "Small", cut)
    assert drawn.words() == ["in", "once"]


def test_layers_that_are_switched_off_are_not_read():
    drawn = Drawn(
        b"/OC /Off BDC " + GHOST + b"0 90 400 3 re f EMC /OC /On BDC " + SHOWN + b"EMC "
        b"/OC /Any BDC " + text("either", 50, 80) + b"EMC /OC /All BDC " + GHOST + b"EMC "
        b"/Fm Do /Im Do " + text("last", 50, 60)
    )
    off, on = drawn.layer("off"), drawn.layer("on")
    drawn.switch_off(off)
    both = Dictionary(Type=Name.OCMD, OCGs=Array([off, on]))
    for name, layer in (
        ("Off", off),
        ("On", on),
        ("Any", both),
        ("All", Dictionary(Type=Name.OCMD, OCGs=Array([off, on]), P=Name.AllOn)),
    ):
        drawn.resource("Properties", name, drawn.pdf.make_indirect(layer))
    drawn.resource("XObject", "Fm", drawn.form(GHOST, (0, 0, 400, 300), OC=off))
    drawn.resource("XObject", "Im", drawn.picture(OC=off))
    page = drawn.read()
    assert drawn.words() == ["shown", "either", "last"]
    assert not page.rects
    assert not page.images


def test_a_watermark_that_says_so_is_no_text():
    mark = b"/Artifact <</Type/Pagination/Subtype/Watermark>> BDC " + GHOST + b"EMC "
    assert seen(mark + SHOWN) == "shown"
