"""Names of units of the plan's province get votes behind a kind, where it is one name only."""

import pytest

from pipeline.agencies import shipped_office
from pipeline.letters.known import known_of
from pipeline.letters.marks import Mended
from pipeline.letters.mend import mended
from schemas.geometry import Box
from schemas.page import Symbol, Word

REGISTRY = shipped_office().registry()


def passage(text: str, province: str | None, at: float = 0.9957) -> list[Mended]:
    """What is made of a text, whose letters were all told as surely as `at`."""
    words = [
        Word(part, Box(0, 0, 1, 1), 0.9, symbols=tuple(Symbol(c, at) for c in part))
        for part in text.split()
    ]
    return mended([words], known_of(REGISTRY, province))[0]


def read(text: str, province: str | None) -> str:
    return " ".join(word.text for word in passage(text, province, at=0.98))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("giao cho xã Chỉ Khê thực hiện", "giao cho xã Chi Khê thực hiện"),
        ("tại các xã Môn Sơn, Chỉ Khê và Lục Dã", "tại các xã Môn Sơn, Chi Khê và Lục Dạ"),
        ("trên địa bàn huyện Quỳnh Lựu và xã khác", "trên địa bàn huyện Quỳnh Lưu và xã khác"),
    ],
)
def test_a_name_that_no_unit_has_becomes_that_of_one_of_the_province(text: str, right: str) -> None:
    assert read(text, "Nghệ An") == right


def test_of_one_that_was_read_surely_both_are_shown() -> None:
    doubt = passage("giao cho xã Chỉ Khê thực hiện", "Nghệ An")[3].reread

    assert doubt is not None
    assert not doubt.mended
    assert (doubt.text, doubt.other) == ("Chỉ", "Chi")
    assert doubt.log_odds < 2


@pytest.mark.parametrize("province", [None, "Cà Mau"])
def test_without_the_province_no_name_is_told(province: str | None) -> None:
    text = "giao cho xã Chỉ Khê thực hiện"

    assert read(text, province) == text


@pytest.mark.parametrize(
    "text",
    [
        "giao cho xã Diên Hoa, xã Diễn Hoa thực hiện",  # both are units there
        "giao cho xã Châu Binh thực hiện",  # Châu Bình or Châu Bính
        "học tập tại xã Hương Sơn và xã Trà Lần",  # of other provinces
        "công tác xã hội tại Chỉ Khê",
        "UBND xã chỉ khê khi cần",
    ],
)
def test_what_may_be_another_name_stays(text: str) -> None:
    assert read(text, "Nghệ An") == text
