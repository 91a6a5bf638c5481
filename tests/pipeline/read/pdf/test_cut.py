"""What a reader sees of a text that is cut off is read, and the cut is said."""

from pipeline.read.pdf.text_layer import read_text_layer
from tests.pipeline.read.pdf.drawn import HEIGHT, Drawn, text

BODY = b"".join(text(f"Line {i} of a text that is long enough", 40, 250 - 14 * i) for i in range(9))


def codes(drawn: Drawn) -> list[str]:
    return [doubt.code for doubt in read_text_layer(drawn.read())[0].doubts]


def test_a_text_that_its_cell_cuts_off_is_doubted_where_it_ends():
    drawn = Drawn(BODY + b"q 40 50 60 20 re W n " + text("Before the deadline", 50, 60) + b"Q ")
    page, _ = read_text_layer(drawn.read())
    (doubt,) = page.doubts
    assert doubt.code == "text_clipped"
    assert 85 < doubt.box.x1 < 105
    assert "deadline" not in " ".join(word.text for word in page.words)


def test_what_is_clipped_as_a_whole_or_drawn_again_is_not_cut():
    hidden = b"q 0 0 20 20 re W n " + text("nobody sees this", 50, 60) + b"Q "
    again = (
        b"q 40 50 60 20 re W n " + text("Before noon", 50, 60) + b"Q " + text("Before noon", 50, 60)
    )
    beneath = b"q 0 0 20 20 re W n " + text("nobody", 40, 250) + b"Q "
    assert codes(Drawn(BODY + hidden)) == []
    assert codes(Drawn(beneath + BODY)) == []
    assert codes(Drawn(BODY + again)) == []


def test_a_page_whose_text_a_picture_covers_is_read_from_its_picture():
    content = BODY + b"q 300 0 0 30 30 232 cm /Im Do Q "
    drawn = Drawn(content)
    drawn.resource("XObject", "Im", drawn.picture())
    _, verdict = read_text_layer(drawn.read())
    assert (verdict.used, verdict.reasons) == (False, ("text_under_picture",))
    seal = Drawn(BODY + b"q 30 0 0 14 40 %d cm /Im Do Q " % (HEIGHT - 53))
    seal.resource("XObject", "Im", seal.picture())
    assert read_text_layer(seal.read())[1].used
