"""Numbers of rows as a list: what OCR misread in the number column, mended by what stands around.

A lone "II" is read as "H" or "||", "5." as "9.". A number is mended only where its neighbours
leave no doubt, only on scanned pages, and the row says so; a misprint in a born-digital plan
stays as it was printed.
"""

import re
from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from pipeline.language.markers import Marker, classify, first_of, marker_alone, next_of

# What a character may be a misreading of, where a Roman numeral stands in bold print.
_ROMAN_SLIPS = {
    **dict.fromkeys("|!lLÍÌÏỊi1Tt[]", ("I",)),
    **dict.fromkeys("HN", ("II", "I", "III")),
    **dict.fromkeys("nu", ("II",)),
    **dict.fromkeys("vY", ("V",)),
    "x": ("X",),
}
# What a digit, or a letter of a list, may be read for.
_SLIPS = {
    **dict.fromkeys("IlLiÌÍỊ|!", "1"),
    **dict.fromkeys("AÁÀẢÃÄẠ", "4"),
    **dict.fromkeys("sS", "5"),
    **dict.fromkeys("oO", "0"),
    "©": "c",
}
_FEWEST, _NEARLY_ALL = 4, 0.75  # numbers of a list of Arabic numbers, and their share
_LONGEST_ROMAN = 6  # characters
_DUST = 2  # characters


class Label(Struct, frozen=True):
    """What the number column says in a row: as read, whether the row is a heading, was OCRed."""

    text: str
    heading: bool
    scanned: bool


class Number(Struct, frozen=True):
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


def roman_of(text: str) -> str | None:
    """Return the Roman numeral that a text must be a misreading of: III of "IIL."; else None."""
    romans = {r for r in _romans_of(text) if (marker := classify(r)) and marker.kind == "roman"}
    return romans.pop() if len(romans) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"[\s.)_\-—–~*'\"]+$", "", text)


def _mended(i: int, labels: Sequence[Label], markers: Sequence[Marker | None]) -> Marker | None:
    """The number that row `i` must carry, or None where its neighbours do not tell."""
    same = [k for k, other in enumerate(labels) if other.heading == labels[i].heading]
    place = same.index(i)
    before = markers[same[place - 1]] if place else None
    after = markers[same[place + 1]] if place + 1 < len(same) else None
    expected = next_of(before) if before else None
    read = markers[i]
    if read is not None and read == before and read.kind != "roman" and read.label != "d":
        return None  # only đ is read as the one before it: any other was printed twice
    text = labels[i].text
    only = after.follows(expected) if after and expected else _lost_a_stroke(read, before, expected)
    # "¡)" stands where the next letter must.
    unread = read is None and text.endswith(")")
    # Some lists leave out đ, none leaves out d.
    stroke = read is not None and read.label == "đ" and before is not None and before.label == "c"
    if expected is not None and (only or unread or stroke or _begins_with(text, expected)):
        return expected
    own_list = read is not None and after is not None and after.follows(read)
    looks = None if own_list else _by_looks(text, expected, [markers[k] for k in same])
    begins = place == 0 or same[place - 1] != i - 1  # the first, or the first beneath a heading
    counts_on = read is not None and before is not None and read.follows(before)
    if looks or (begins and not counts_on):
        third = markers[same[place + 2]] if place + 2 < len(same) else None
        first = looks or _first_before(read, after, third)
        if first:
            return first
    earlier = [m for k in same[:place] if (m := markers[k]) is not None and m.kind == "roman"]
    due = next_of(earlier[-1]) if earlier else classify("I")
    if due is None or due.label not in _romans_of(labels[i].text):
        return None
    return due if _may_be_misread(markers[i], before) else None


def _first_before(read: Marker | None, after: Marker | None, third: Marker | None) -> Marker | None:
    """The first number of a list, where its second one, and the third, tell what it must be."""
    if after is None or after.value[-1] != 2:
        return None
    other_kind = read is None or read.kind != after.kind
    return first_of(after) if other_kind or (third is not None and third.follows(after)) else None


def _by_looks(text: str, expected: Marker | None, others: Sequence[Marker | None]) -> Marker | None:
    """The number that is due, or 1 among Arabic numbers, where a text looks like it: "A." is 4."""
    if expected is not None and _reads_as(text, expected.label):
        return expected
    return classify("1") if _reads_as(text, "1") and _are_arabic(others) else None


def _reads_as(text: str, label: str) -> bool:
    plain = re.sub(r"[\s.,;:)_\-—–]+", "", text)
    return plain != label and "".join(_SLIPS.get(char, char) for char in plain) == label


def _are_arabic(markers: Sequence[Marker | None]) -> bool:
    """Whether nearly all rows of a kind bear Arabic numbers, and none a Roman one but I."""
    found = [marker for marker in markers if marker is not None]
    numbers = sum(marker.kind == "number" for marker in found)
    others = any(marker.kind == "roman" and marker.label != "I" for marker in found)
    return numbers >= max(_FEWEST, _NEARLY_ALL * len(found)) and not others


def _lost_a_stroke(read: Marker | None, before: Marker | None, expected: Marker | None) -> bool:
    """Whether a numeral stands there twice, of which a scan leaves all but a stroke: II of III."""
    if read is None or expected is None or read.kind != "roman":
        return False
    return read == before and expected.label == f"{read.label}I"


def _begins_with(text: str, expected: Marker) -> bool:
    """Whether a letter was read in the wrong case, or with dust behind it: "C" or "d)ạ"."""
    rest = text.strip().lower().removeprefix(expected.label)
    letter = expected.kind == "letter" and len(rest) < len(text.strip())
    return letter and len(rest) <= _DUST


def _may_be_misread(marker: Marker | None, before: Marker | None) -> bool:
    """Whether what was read is no number, or a capital that no list brings: L for I, H for II."""
    if marker is None:
        return True
    listed = marker.label == "A" or (before is not None and marker.follows(before))
    return marker.kind == "capital" and not listed


def _romans_of(text: str) -> set[str]:
    """The Roman numerals that a text may be a misreading of."""
    plain = re.sub(r"[\s.,;:)_\-—–]+", "", text)
    if not plain or len(plain) > _LONGEST_ROMAN:
        return set()
    choices = [_ROMAN_SLIPS.get(char, (char,)) for char in plain]
    return {"".join(parts) for parts in product(*choices)}
