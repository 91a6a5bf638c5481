"""What is seen in pixels, on pages drawn for the test."""

import cv2
import numpy as np
import pytest

from pipeline.read.scan import pixels
from schemas.geometry import Box

SCALE = 200 / 72
WORDS = "Tuyen truyen pho bien phap luat cho nguoi dan tai co so"


def page(*, height=1200, width=1000):
    return np.full((height, width), 255, np.uint8)


def with_text(grey, *, lines=20, left=120):
    for i in range(lines):
        cv2.putText(grey, WORDS, (left, 150 + 45 * i), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return grey


def with_table(grey):
    for y in (140, 400, 700):
        cv2.line(grey, (100, y), (900, y), 0, 3)
    for x in (100, 350, 900):
        cv2.line(grey, (x, 140), (x, 700), 0, 3)
    return grey


@pytest.mark.parametrize("angle", [-2.2, -0.7, 0.0, 0.4, 1.6])
def test_skew_is_found_to_a_twentieth_of_a_degree(angle):
    skewed, _ = pixels.turned(with_text(with_table(page())), angle)
    assert pixels.skew_of(skewed) == pytest.approx(-angle, abs=0.05)


def test_a_blank_page_stands_straight():
    assert abs(pixels.skew_of(page())) < 0.05


def test_skew_is_found_from_one_line_at_the_head():
    grey = page()
    cv2.line(grey, (100, 60), (900, 60), 0, 3)
    skewed, _ = pixels.turned(grey, 1.0)
    assert pixels.skew_of(skewed) == pytest.approx(-1.0, abs=0.05)


def test_a_streak_from_edge_to_edge_is_taken_out():
    grey = with_table(page())
    streaked = grey.copy()
    streaked[:, 600] = 120
    mended = pixels.without_streaks(streaked)
    assert (mended[750:, 600] == 255).all()
    assert (mended[:, 350] == grey[:, 350]).all()


def test_a_streak_across_a_page_that_was_turned_is_taken_out():
    grey = with_table(page())
    streaked = grey.copy()
    streaked[800] = 150
    mended = pixels.without_streaks(streaked)
    assert (mended[800] == 255).all()
    assert (mended[400] == grey[400]).all()


@pytest.mark.parametrize("margin", [30, 60, 100])
def test_a_rule_of_a_wide_table_is_no_streak(margin):
    grey = page()
    cv2.line(grey, (margin, 600), (1000 - margin, 600), 0, 2)
    assert (pixels.without_streaks(grey) == grey).all()


def test_a_red_seal_vanishes_and_black_stays():
    image = cv2.cvtColor(with_text(page(), lines=4), cv2.COLOR_GRAY2BGR)
    text = (pixels.ink_of(image) < 128).sum()
    cv2.circle(image, (500, 700), 120, (40, 40, 220), 4)
    assert (pixels.ink_of(image) < 128).sum() == pytest.approx(text, rel=0.01)


def test_a_page_printed_in_blue_keeps_its_text():
    black = with_text(page(), lines=8)
    blue = np.where(black[:, :, None] < 128, np.uint8([[[153, 51, 51]]]), np.uint8(255))
    kept = (pixels.ink_of(blue) < 128).sum()
    assert kept == pytest.approx((black < 128).sum(), rel=0.02)


def test_shading_is_made_white():
    grey = with_text(page(), lines=4).astype(float)
    shaded = (grey * np.linspace(0.6, 1.0, grey.shape[1])).astype(np.uint8)
    lifted = pixels.ink_of(shaded)
    assert np.median(lifted[:, :100]) > 245


@pytest.mark.parametrize("turns", [0, 2])
def test_standing_pages_are_not_sideways(turns):
    assert not pixels.is_sideways(np.rot90(with_text(with_table(page())), turns), SCALE)


@pytest.mark.parametrize("turns", [1, 3])
def test_sideways_pages_are(turns):
    assert pixels.is_sideways(np.rot90(with_text(with_table(page())), turns), SCALE)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_way_back_from_a_turned_page(turns):
    grey = page(height=600, width=400)
    grey[50:60, 300:340] = 0
    turned, back = pixels.quarter_turned(grey, turns, 2.0)
    ys, xs = np.nonzero(turned == 0)
    box = Box(xs.min() / 2, ys.min() / 2, (xs.max() + 1) / 2, (ys.max() + 1) / 2)
    assert back.apply(box) == pytest.approx((150, 25, 170, 30))


def test_the_way_back_from_a_straightened_page():
    grey = page()
    grey[200:210, 300:340] = 0
    skewed, _ = pixels.turned(grey, 1.5)
    level, matrix = pixels.turned(skewed, -1.5)
    ys, xs = np.nonzero(level < 128)
    box = Box(*(v / SCALE for v in (xs.min(), ys.min(), xs.max(), ys.max())))
    shown = pixels.back_transform(matrix, SCALE).apply(box)
    ys, xs = np.nonzero(skewed < 128)
    seen = [v / SCALE for v in (xs.min(), ys.min(), xs.max(), ys.max())]
    assert list(shown) == pytest.approx(seen, abs=1.5)


def test_dust_is_no_text():
    grey = page()
    grey[100:102, 100:102] = 0
    grey[500:520, 500:503] = 0
    mask = pixels.text_mask(grey, SCALE)
    assert mask[101, 101] == 0
    assert mask[510, 501] == 255
