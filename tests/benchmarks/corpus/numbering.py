"""Markers of sections and items."""

import random

# The Vietnamese alphabet as offices letter their lists: đ after d, no f, j, w, z.
ALPHABET = tuple("abcdđeghiklmnopqrstuvxy")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def section_marker(style: str, index: int) -> str:
    """Return the marker of the index-th section (from 0): arabic, roman or letter."""
    match style:
        case "roman":
            return ROMAN[index]
        case "letter":
            return ALPHABET[index].upper()
        case _:
            return str(index + 1)


def item_markers(
    rng: random.Random, *, style: str, numbering: str, counts: list[int], sections: list[str]
) -> list[str]:
    """Return the marker of every item, section by section.

    `counts` holds the number of items of each section, `sections` the marker of each. Missing
    leaves out a quarter of them, repeated makes one a section the same as the one above it.
    """
    if numbering == "none":
        return [""] * sum(counts)
    markers: list[str] = []
    for count, section in zip(counts, sections, strict=True):
        start = len(markers) if numbering == "run_on" else 0
        run = [_item_marker(style, start + i, section) for i in range(count)]
        if numbering == "missing":
            run = [marker if rng.random() > 0.25 else "" for marker in run]
        if numbering == "repeated" and count > 2:
            at = rng.randrange(1, count)
            run[at] = run[at - 1]
        markers.extend(run)
    return markers


def _item_marker(style: str, index: int, section: str) -> str:
    match style:
        case "alpha":
            return ALPHABET[index]
        case "dotted":
            return f"{section}.{index + 1}"
        case "padded":
            return f"{index + 1:02}"
        case _:
            return str(index + 1)
