"""Boxes lie on the ink of a page as it is shown, whatever is cropped and turned."""

import io

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from pipeline.read.pdf.page import fast_pages
from pipeline.read.pdf.text_layer import read_text_layer
from tests.pipeline.read.pdf.drawn import Drawn

WIDTH, HEIGHT = 400, 600
TEXT = b"BT /F1 14 Tf 120 380 Td (Phong) Tj 60 -90 Td (huyen) Tj ET 110 370 m 260 370 l S "
# How to draw upright on a page that is turned by so many degrees.
UPRIGHT = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, HEIGHT, 0),
    180: (-1, 0, 0, -1, WIDTH, HEIGHT),
    270: (0, -1, 1, 0, 0, WIDTH),
}


def turned(box, turn):
    """A box of the upright page in the coordinates of the page that is turned."""
    x0, y0, x1, y1 = box
    return {
        0: box,
        90: (HEIGHT - y1, x0, HEIGHT - y0, x1),
        180: (WIDTH - x1, HEIGHT - y1, WIDTH - x0, HEIGHT - y0),
        270: (y0, WIDTH - x1, y1, WIDTH - x0),
    }[turn]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [(0, 0, WIDTH, HEIGHT), (-50, -30, WIDTH, HEIGHT)])
@pytest.mark.parametrize(
    "crop",
    [
        None,
        (90, 250, 350, 480),
        (-80, -60, 500, 700),  # beyond the page: viewers show the page
    ],
)
def test_boxes_lie_on_the_ink(turn, media, crop):
    drawn = Drawn(b"%g %g %g %g %g %g cm " % UPRIGHT[turn] + TEXT)
    drawn.page.MediaBox = pikepdf.Array(turned(media, turn))
    if crop is not None:
        drawn.page.CropBox = pikepdf.Array(turned(crop, turn))
    drawn.page.Rotate = turn
    (fast,) = fast_pages(pdfplumber.open(io.BytesIO(drawn.data())), {1})
    page, _ = read_text_layer(fast)
    with pypdfium2.PdfDocument(drawn.data()) as document:
        shown = document[0]
        assert (page.width, page.height) == pytest.approx(shown.get_size())
        ink = np.asarray(shown.render(scale=4).to_numpy()[:, :, 0]) < 128
    boxes = [page.to_display.apply(each.box) for each in (*page.words, *page.rules)]
    assert len(boxes) == 3
    for box in boxes:
        x0, top, x1, bottom = (round(4 * edge) for edge in box)
        assert ink[top : bottom + 2, x0:x1].any(axis=0).mean() > 0.6
        ink[max(0, top - 4) : bottom + 5, max(0, x0 - 4) : x1 + 4] = False
    assert not ink.any()
