"""Numbers of rows as a list: what OCR misread in the number column, mended by what stands around.

A lone "II" is read as "H" or "||", "5." as "9.". A number is mended only where its neighbours
leave no doubt, only on scanned pages, and the row says so; a misprint in a born-digital plan
stays as it was printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.markers import Marker, classify, first_of, marker_alone, next_of

# What Tesseract makes of Roman numerals in bold print.
_ROMAN_SLIPS = (
    (re.compile(r"[|!lLÍÌÏi1Tt\[\]]"), "I"),
    (re.compile(r"[HNn]"), "II"),
    (re.compile(r"[Vv]|\\/"), "V"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """What the number column says in a row: as read, whether the row is a heading, was OCRed."""

    text: str
    heading: bool
    scanned: bool


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a row, without "." or ")", and whether it was mended."""

    label: str
    mended: bool = False


def read_numbers(labels: Sequence[Label]) -> list[Number]:
    """Return the number of every row; headings and items count each among themselves."""
    markers = [marker_alone(label.text) for label in labels]
    numbers = []
    for i, label in enumerate(labels):
        marker = markers[i]
        mended = _mended(i, labels, markers) if label.text and label.scanned else None
        if mended is not None and (marker is None or mended.label != marker.label):
            markers[i] = mended
            numbers.append(Number(mended.label, mended=True))
        else:
            numbers.append(Number(marker.label if marker else _plain(label.text)))
    return numbers


def _plain(text: str) -> str:
    return re.sub(r"[\s.)_\-—–~*'\"]+$", "", text)


def _mended(i: int, labels: Sequence[Label], markers: Sequence[Marker | None]) -> Marker | None:
    """The number that row `i` must carry, or None where its neighbours do not tell."""
    same = [k for k, other in enumerate(labels) if other.heading == labels[i].heading]
    place = same.index(i)
    before = markers[same[place - 1]] if place else None
    after = markers[same[place + 1]] if place + 1 < len(same) else None
    expected = next_of(before) if before else None
    if place == 0 and after is not None and after.value[-1] == 2:
        return first_of(after)
    if expected is not None and after is not None and after.follows(expected):
        return expected
    slip = _roman_of(labels[i].text)
    if slip is None or markers[i] is not None:
        return None
    earlier = [m for k in same[:place] if (m := markers[k]) is not None and m.kind == "roman"]
    due = next_of(earlier[-1]) if earlier else classify("I")
    return slip if slip == due else None


def _roman_of(text: str) -> Marker | None:
    """The Roman numeral that a text may be a misreading of."""
    plain = re.sub(r"[\s.,;:)_\-—–]+", "", text)
    for slip, numeral in _ROMAN_SLIPS:
        plain = slip.sub(numeral, plain)
    marker = classify(plain) if plain else None
    return marker if marker is not None and marker.kind == "roman" else None
