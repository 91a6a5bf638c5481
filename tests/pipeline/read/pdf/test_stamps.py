"""What annotations set over blanks reads as if it were printed there."""

import pytest

from pipeline.read.pdf.stamps import with_stamps
from pipeline.read.pdf.words import word_of


def word(text, x0, top=0.0, width=6.0):
    return word_of(
        [
            {
                "text": c,
                "x0": x0 + i * width,
                "x1": x0 + (i + 1) * width,
                "top": top,
                "bottom": top + 12,
            }
            for i, c in enumerate(text)
        ]
    )


def read(words, stamps):
    found = with_stamps(words, stamps)
    return " ".join(w["text"] for w in sorted(found, key=lambda w: w["x0"]))


@pytest.mark.parametrize("lower", [0, 3, 6, -5])
def test_dots_are_parted_where_the_stamp_stands(lower):
    line = word("Số:......./KH", 0)
    assert read([line], [word("62", 30, top=lower)]) == "Số:.. 62 .../KH"


def test_a_stamp_that_touches_what_is_printed_loses_none_of_it():
    assert read([word("Số:", 0), word("/KH", 30)], [word("362", 16)]) == "Số: 362 /KH"


def test_a_stamp_on_another_line_parts_nothing():
    assert read([word("Số:..../KH", 0)], [word("62", 20, top=9)]) == "Số:..../KH 62"
