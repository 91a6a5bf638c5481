import pytest

from pipeline.interpret.specks import without_specks
from schemas.geometry import Box
from schemas.page import TextLine, Word
from schemas.plan import LetterChange


def _line(*words: tuple[str, float, float], top: float = 0) -> TextLine:
    """A line of words, each with its place and its confidence; 10 points high, 5 a letter."""
    made = tuple(
        Word(text, Box(x, top, x + 5 * len(text), top + 10), sure) for text, x, sure in words
    )
    text = " ".join(word.text for word in made)
    return TextLine(text, Box(0, top, 200, top + 10), page=1, words=made)


def test_signs_far_from_the_text_and_hardly_read_are_dirt() -> None:
    lines = [_line(("Quý", 0, 0.9), ("II/2023", 20, 0.9), ("w", 90, 0.3), ("\\", 120, 0.2))]

    kept, specks = without_specks(lines)

    assert [line.text for line in kept] == ["Quý II/2023"]
    assert specks == tuple(
        LetterChange(before=text, after="", log_odds=4.0) for text in ("\\", "w")
    )


def test_a_line_of_dirt_alone_goes() -> None:
    lines = [_line(("Quý", 0, 0.9), ("II/2023", 20, 0.9)), _line(("t", 0, 0.2), top=50)]

    assert [line.text for line in without_specks(lines)[0]] == ["Quý II/2023"]


@pytest.mark.parametrize(
    "last",
    [
        ("l", 60, 0.3),  # near
        ("l", 90, 0.7),  # surely read
        ("2", 90, 0.3),  # a digit
        ("năm", 90, 0.3),  # a word
    ],
)
def test_what_may_be_text_stays(last: tuple[str, float, float]) -> None:
    lines = [_line(("Quý", 0, 0.9), ("II/2023", 20, 0.9), last)]

    assert without_specks(lines) == (tuple(lines), ())


def test_a_sign_that_fills_the_cell_stays() -> None:
    lines = [_line(("x", 0, 0.3))]

    assert without_specks(lines) == (tuple(lines), ())


def test_a_cell_that_still_ends_in_a_lone_mark_stays() -> None:
    lines = [_line(("Hằng", 0, 0.9), ("năm", 25, 0.9), ("§", 90, 0.8), ("\\", 140, 0.2))]

    assert without_specks(lines) == (tuple(lines), ())


def test_so_does_one_that_ends_in_a_line_of_marks() -> None:
    text, dirt = _line(("Hằng", 0, 0.9), ("năm", 25, 0.9)), _line(("/", 0, 0.3), top=60)
    lines = [text, dirt, _line(("§", 0, 0.7), top=72)]

    assert without_specks(lines) == (tuple(lines), ())
