"""Texts of which a reader sees a part: cut off at the edge of a clip, or beneath a picture."""

from collections.abc import Iterator

from pipeline.read.pdf.chars import Char
from pipeline.read.pdf.painted import Seen
from schemas.geometry import Box

_GAP = 0.3  # of a letter's size: the letter behind it, if it belongs to the same text
_LEVEL = 1.0  # points
# So many letters beneath a picture that was painted later: what stands there is in the picture.
_BENEATH = 40


def cut_off(seen: Seen) -> Iterator[Box]:
    """Yield the last letters that are seen of texts that a clip cuts off."""
    pairs = [pair for pair in seen.clipped if _goes_on(*pair)]
    if not pairs:
        return
    places = {_place(char) for char in seen.chars}
    for last, gone in pairs:
        # What is drawn again where it is clipped is seen all the same.
        if _place(gone) not in places:
            yield Box(last["x0"], last["top"], last["x1"], last["bottom"])


def lies_beneath_pictures(seen: Seen) -> bool:
    """Whether a page has a text that a picture covers, which may show another."""
    return sum(not char["text"].isspace() for char in seen.under_pictures) >= _BENEATH


def _place(char: Char) -> tuple[str, int, int]:
    return char["text"], round(char["x0"]), round(char["top"])


def _goes_on(char: Char, other: Char) -> bool:
    level = abs(char["top"] - other["top"]) <= _LEVEL
    return bool(level and abs(other["x0"] - char["x1"]) <= _GAP * char["size"])
