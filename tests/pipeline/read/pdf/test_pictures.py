"""Lines of text that are drawn, and hold no characters."""

import pytest

from pipeline.read.pdf.pictures import lines_without_characters
from pipeline.read.pdf.text_layer import judge_layer, read_text_layer
from tests.pipeline.read.pdf.drawn import Drawn, text


def shapes(count, *, step=8, size=6, lines=1):
    places = [(50 + step * i, 90 + 14 * line) for line in range(lines) for i in range(count)]
    return [{"x0": x, "x1": x + size, "top": y, "bottom": y + 6} for x, y in places]


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        (shapes(20, lines=3), 3),
        (shapes(7, step=20), 0),
        (shapes(30, step=2, lines=4), 0),
        (shapes(20, size=60), 0),
        ([], 0),
    ],
    ids=["three lines", "a few dots", "a coat of arms", "a drawing", "nothing"],
)
def test_letters_beside_each_other_make_a_line(drawn, lines):
    assert lines_without_characters(drawn) == lines


def outlines(lines: int) -> bytes:
    return b"".join(
        b"%d %d m %d %d %d %d %d %d c f\n" % (x, y, x, y + 8, x + 6, y + 8, x + 6, y)
        for y in range(200, 200 - 14 * lines, -14)
        for x in range(50, 250, 8)
    )


def test_a_page_of_outlines_is_read_from_its_picture_whatever_its_number_is_set_in():
    _, verdict = read_text_layer(Drawn(outlines(3) + text("12", 200, 20)).read())
    assert (verdict.used, verdict.reasons) == (False, ("text_drawn",))
    _, one = read_text_layer(Drawn(outlines(1) + text("12", 200, 20)).read())
    assert one.used


def test_a_page_that_is_a_picture_but_for_its_number_is_read_from_its_picture():
    verdict = judge_layer({"Times": "Trang 12"}, picture=0.3)
    assert (verdict.used, verdict.reasons) == (False, ("text_layer_sparse",))
    assert judge_layer({"Times": "Trang 12"}, picture=0.05).used
    assert judge_layer({"Times": "Rà soát thủ tục hành chính " * 20}, picture=0.3).used
