"""Words are those that pdfplumber makes of the same characters."""

from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.pdf.words import words_of

SAMPLE = Path(__file__).parents[4] / "samples" / "chi-lang-papi-2024.pdf"


def theirs(chars, gap):
    words = pdfplumber.utils.extract_words(
        chars, x_tolerance_ratio=gap, y_tolerance=3, return_chars=True
    )
    return [{k: w[k] for k in ("text", "x0", "top", "x1", "bottom", "chars")} for w in words]


def ours(chars, gap):
    return [
        {k: w[k] for k in ("text", "x0", "top", "x1", "bottom", "chars")}
        for w in words_of(chars, gap)
    ]


@pytest.mark.parametrize("gap", [0.1, 0.2, 0.5])
def test_the_sample(gap):
    with pdfplumber.open(SAMPLE) as pdf:
        for page in pdf.pages[:3]:
            assert ours(page.chars, gap) == theirs(page.chars, gap)
            assert page.chars


def _char(text, x0, top, width, upright):
    return {
        "text": text, "x0": x0, "x1": x0 + width, "top": top, "bottom": top + 10, "size": 10,
        "doctop": top, "upright": upright, "height": 10, "width": width,
    }  # fmt: skip


_CHARS = st.builds(
    _char,
    st.sampled_from(["a", "ộ", " ", "", "ﬁ", "-", "\u00a0"]),
    st.sampled_from([0, 4, 5, 6.5, 7, 8, 12, 30]),
    st.sampled_from([0, 1, 2.5, 3, 5.5, 9, 20]),
    st.sampled_from([0, 3, 5]),
    st.sampled_from([True, True, True, False]),
)


@given(st.lists(_CHARS, max_size=12))
def test_never_other_than_pdfplumber(chars):
    assert ours(chars, 0.2) == theirs(chars, 0.2)
