"""How wide a quarter's numeral is tells how many strokes it has, whatever was read."""

import pytest

from pipeline.agencies import shipped_office
from pipeline.letters.known import known_of
from pipeline.letters.mend import mended
from pipeline.letters.quarters import quarter_of
from schemas.geometry import Box
from schemas.page import Word

# Widths of the letters of Times New Roman and Arial, as shares of the size.
TIMES = {"Q": 0.722, "q": 0.5, "u": 0.5, "ý": 0.5, "I": 0.333, "V": 0.722, "/": 0.278, ",": 0.25}
ARIAL = {
    "Q": 0.778,
    "q": 0.556,
    "u": 0.556,
    "ý": 0.5,
    "I": 0.278,
    "V": 0.667,
    "/": 0.278,
    ",": 0.278,
}
DIGIT = {id(TIMES): 0.5, id(ARIAL): 0.556}
SIZE = 13


def printed(text: str, read: str, font: dict[str, float] = TIMES) -> list[Word]:
    """Words as wide as `text` is in a font, whose last was read as `read`."""
    words = []
    for word in text.split():
        wide = sum(font.get(char, DIGIT[id(font)]) for char in word) - 0.05
        words.append(Word(word, Box(0, 0, wide * SIZE, SIZE), 0.9))
    return [*words[:-1], Word(read, words[-1].box, 0.9)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Quý III/2022", "II/2022"),
        ("Quý III/2022", "1/2022"),
        ("Quý II/2022", "IH/2022"),
        ("Quý III/2022", "IH/2022"),
        ("quý III/2026", "IIU/2026"),
        ("quý I/2023", "12023"),
        ("Quý IV/2024", "1V/2024"),
        ("Quý III", "II"),
        ("Quý II, III/2024", "II/2024"),
    ],
)
def test_a_numeral_is_what_is_so_wide(text: str, read: str) -> None:
    words = printed(text, read)

    found = quarter_of(words, len(words) - 1)

    assert found is not None
    assert (found.text, found.other, found.mended) == (text.rsplit(maxsplit=1)[-1], read, True)
    assert found.log_odds < 3  # shown as a doubt


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Quý III/2022", "III/2022"),
        ("Quý II/2022", "II/2022"),
        ("Quý 1/2022", "1/2022"),
        ("Quý II, III/2024", "III/2024"),
        ("Quý III, II/2024", "III/2024"),  # quarters of a list ascend
        ("quý IV II", "2"),  # the numeral stands before it
        ("quý III/2022", "HOẠCH"),
        ("quý IIIIIIIII", "II"),  # as wide as no quarter
        ("ngày III/2022", "II/2022"),
    ],
)
def test_what_is_as_wide_as_it_was_read_or_as_nothing_stays(text: str, read: str) -> None:
    words = printed(text, read)

    assert quarter_of(words, len(words) - 1) is None


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        ("Quý I/2022", "12022", "I/2022"),
        ("Quý IV/2022", "1V/2022", "IV/2022"),
        ("Quý III/2022", "II/2022", None),  # as wide as II of Calibri
        ("Quý II/2022", "II/2022", None),
        ("Quý III/2022", "III/2022", None),
    ],
)
def test_what_another_font_has_so_wide_is_not_told(text: str, read: str, right: str | None) -> None:
    found = quarter_of(printed(text, read, ARIAL), 1)

    assert (found.text if found else None) == right


def test_of_a_scan_alone() -> None:
    known = known_of(shipped_office().registry(), None)
    words = printed("Quý III/2022", "II/2022")
    digital = [Word(word.text, word.box) for word in words]

    assert [word.text for word in mended([words], known)[0]] == ["Quý", "III/2022"]
    assert [word.text for word in mended([digital], known)[0]] == ["Quý", "II/2022"]
