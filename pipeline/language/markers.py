"""Markers: the numbers and letters that rows carry (1. / I / a) / 1.1 / đ)), and their order."""

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from pipeline.knowledge import load_yaml

MarkerKind = Literal["roman", "capital", "decimal", "number", "letter"]

# The Vietnamese alphabet as lists use it: đ after d, no f, j, w, z (Decree 30/2020, Annex I).
_LETTERS = list("abcdđeghiklmnopqrstuvxy")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
# How a marker stands before its text: "a) …", "1. …", "1.1. …", "II. …", "A. …", "Bước 1" not.
_LEADING = re.compile(
    r"^\(?(?P<label>[IVX]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ])"
    r"(?P<end>\s?[.)/]|\.\)|(?=\s*$))\s*"
)
# What OCR makes of "g)", "i)", "d)": a sign or three, and a bracket that nothing opened. And of
# "VII.": strokes with marks on them.
_MISREAD = re.compile(
    r"^([^\s()]{1,3}\)\s*(?=\w)|(?=.*[IVXHỊÍÌ|])[IVXLHỊÍÌĨỈTl|!1]{2,6}\.\s+(?=\w))"
)
_ALONE = re.compile(
    r"^\(?(?P<label>[IVXl1]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ])\s?[.)/]*$"
)


class Marker(Struct, frozen=True):
    """A marker as printed, without "." or ")". `value` orders markers of one kind from 1."""

    label: str
    kind: MarkerKind
    value: tuple[int, ...]

    def follows(self, other: "Marker") -> bool:
        """Whether it is the next one after `other` in the same list (1 after 1.1 is not)."""
        if self.kind != other.kind or len(self.value) != len(other.value):
            return False
        return self.value[:-1] == other.value[:-1] and self.value[-1] == other.value[-1] + 1


def next_of(marker: Marker) -> Marker | None:
    """Return the marker that comes after one in its list; None after the last that is known."""
    value = marker.value[-1] + 1
    if marker.kind in ("number", "decimal"):
        *head, last = marker.label.split(".")
        return classify(".".join([*head, str(value).zfill(len(last))]))
    if marker.kind == "roman":
        return classify(_roman_label(value)) if value < 40 else None
    if value > len(_LETTERS):
        return None
    letter = _LETTERS[value - 1]
    return classify(letter if marker.kind == "letter" else letter.upper())


def first_of(marker: Marker) -> Marker | None:
    """Return the marker that begins the list in which one stands: 1, 1.1, I, A, a."""
    *head, last = marker.label.split(".")
    firsts = {"roman": "I", "capital": "A", "letter": "a"}
    return classify(firsts.get(marker.kind) or ".".join([*head, "1".zfill(len(last))]))


def _roman_label(value: int) -> str:
    label = ""
    for worth, numeral in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        label += numeral * (value // worth)
        value %= worth
    return label


def _roman_value(label: str) -> int:
    digits = {"I": 1, "V": 5, "X": 10}
    total = 0
    for char, after in zip(label, [*label[1:], ""], strict=True):
        value = digits[char]
        total += -value if after and digits[after] > value else value
    return total


def classify(label: str) -> Marker | None:
    """Return the marker that a bare label is ("IV", "2.1", "đ"), or None."""
    if _ROMAN.fullmatch(label):
        return Marker(label, "roman", (_roman_value(label),))
    if re.fullmatch(r"\d{1,3}", label):
        return Marker(label, "number", (int(label),))
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})+", label):
        return Marker(label, "decimal", tuple(map(int, label.split("."))))
    if label in _LETTERS:
        return Marker(label, "letter", (_LETTERS.index(label) + 1,))
    if label.lower() in _LETTERS and len(label) == 1:
        return Marker(label, "capital", (_LETTERS.index(label.lower()) + 1,))
    return None


@cache
def _decimal_leading() -> re.Pattern[str]:
    """A marker of several parts without a stop: "1.1 Rà soát", but neither "1.000 hộ" nor "2.5 ha".

    Its further parts have one or two digits.
    """
    measures = "|".join(load_yaml("list_signs.yaml")["measures"])
    return re.compile(
        rf"^(?P<label>\d{{1,3}}(?:\.\d{{1,2}}){{1,3}})(?P<end>)\s+(?=\D)(?!(?:{measures})\b)"
    )


def split_marker(text: str) -> tuple[Marker | None, str]:
    """Return the marker that a text begins with and the rest; (None, text) where there is none."""
    match = _decimal_leading().match(text) or _LEADING.match(text)
    if match is None:
        return None, text
    marker = classify(match["label"])
    rest = text[match.end() :]
    # "1.000 hộ", "24/7": a number that goes on is no marker.
    if marker is None or (match["end"].strip() == "/" or rest[:1].isdigit()):
        return None, text
    return marker, rest


def misread_marker(text: str) -> str | None:
    """Return what stands at the head of a text as "g) " or "VII. " would, but can be no marker.

    For example "#ø) " and "VỊI. ".
    """
    match = _MISREAD.match(text)
    return match[0] if match and split_marker(text)[0] is None else None


def marker_alone(text: str) -> Marker | None:
    """Return the marker that is all of a cell of the index column, or None.

    A narrow column may have cut it ("VI|I", "1.1|0"): spaces are taken away. In that column a
    lone stroke can only be a numeral, so what OCR makes of I (l, 1 beside I, |) is mended.
    """
    label = re.sub(r"\s+", "", text).strip(".,;:_-—–~'\"*")
    label = re.sub(r"[|!]", "I", label)
    match = _ALONE.match(label)
    if match is None:
        return None
    found = match["label"]
    if re.fullmatch(r"[IVXl1]+", found) and re.search(r"[IVX]", found):
        found = re.sub("[l1]", "I", found)
    return classify(found.rstrip("."))
