"""Light letters on dark cells, margins left black by the scanner, and what must stay."""

import cv2
import numpy as np

from pipeline.read.scan.dark_cells import with_usual_cells
from pipeline.read.scan.pixels import darkened, ink_of

SCALE = 200 / 72
CELL = np.s_[100:170, 100:500]


def page(ground=(255, 255, 255), ink=(0, 0, 0)):
    """A page with a filled cell (BGR), in which letters stand."""
    image = np.full((600, 800, 3), 255, np.uint8)
    image[CELL] = ground
    cv2.putText(image, "Noi dung", (150, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.2, ink, 3)
    return image


def usual(image):
    return with_usual_cells(ink_of(image), image, SCALE)


def test_white_letters_become_dark_on_white_within_an_outline():
    blue = usual(page((100, 56, 31), (255, 255, 255)))
    inside = blue[CELL][6:-6, 6:-6]
    assert np.median(inside) > 250
    dark = usual(page())[CELL][6:-6, 6:-6] < 100
    found = inside < 100
    assert (found & dark).sum() > 0.8 * dark.sum()
    assert (blue[98:104, 100:500] < 50).any(axis=0).mean() > 0.95


def test_a_cell_on_a_page_that_lies_askew():
    image = page((196, 114, 68), (255, 255, 255))
    turn = cv2.getRotationMatrix2D((400, 300), 2, 1)
    askew = cv2.warpAffine(image, turn, (800, 600), borderValue=(255, 255, 255))
    assert (usual(askew) < 100).mean() < 0.06  # no black wedges beside it


def test_dark_letters_on_a_shaded_cell_stay():
    shaded = page((150, 150, 150))
    assert (usual(shaded) == ink_of(shaded)).all()


def test_bold_letters_that_stand_close_are_no_cell():
    image = np.full((600, 800, 3), 255, np.uint8)
    for i in range(4):
        cv2.putText(
            image, "MMMMMMMM", (100, 150 + 40 * i), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (0, 0, 0), 6
        )
    assert (usual(image) == ink_of(image)).all()


def test_the_star_of_a_worn_seal_is_no_cell():
    image = np.full((600, 800, 3), 255, np.uint8)
    cv2.rectangle(image, (300, 300), (360, 350), (44, 32, 196), -1)
    cv2.putText(image, "x", (320, 335), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 255, 255), 3)
    assert (usual(image) == ink_of(image)).all()


def test_margins_that_the_lid_left_black_become_white():
    image = cv2.copyMakeBorder(page(), 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=(10, 10, 10))
    found = usual(image)
    assert (found[:30] == 255).all()
    assert (found[:, :30] == 255).all()
    assert (found[30:-30, 40:-40] == ink_of(page())[:, 10:-10]).mean() > 0.99


def test_a_dark_picture_at_the_edge_is_left():
    image = page()
    image[500:560, 0:80] = 20
    assert (usual(image) == ink_of(image)).all()


def faint(level):
    grey = np.full((400, 400), 255, np.uint8)
    cv2.putText(grey, "Noi dung", (50, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (level,), 4)
    return grey


def test_faint_print_is_made_dark():
    assert darkened(faint(150)).min() < 40
    assert darkened(faint(150)).max() == 255


def test_print_that_is_dark_enough_and_what_shows_through_stay():
    for level in (0, 50, 190):
        grey = faint(level)
        assert darkened(grey) is grey
    speck = np.full((400, 400), 255, np.uint8)
    speck[:4, :4] = 120
    assert darkened(speck) is speck
