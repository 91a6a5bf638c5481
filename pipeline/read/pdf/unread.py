"""Places of a digital page that show letters without saying which: small pictures of digits, and
glyphs of which the font does not tell the character."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.read.pdf.chars import Char, RawWord
from schemas.geometry import Box

# Points: what is taller or wider is a seal, a signature, a drawing; what is smaller a speck.
_TALLEST, _WIDEST, _SMALLEST = 40.0, 180.0, 4.0
# An unknown sign before a capital is a bullet, see `signs`.
_NO_CHARACTER = re.compile(r"\(cid:\d+\)|(?<=.)[\ufffd\uffff]|^[\ufffd\uffff](?=[a-zà-ỹđ0-9])")
_BLANK = frozenset(" \u00a0._…")


def without_character(word: RawWord) -> bool:
    """Whether a word holds a glyph of which nothing tells the character."""
    text = word["text"]
    return (
        len(text) > 1
        and ("(" in text or not text.isprintable() or "\ufffd" in text)
        and (_NO_CHARACTER.search(text) is not None)
    )


def unread_places(page: Any, words: Sequence[RawWord]) -> list[Box]:
    """Return the places of a page of pdfplumber that show letters that `words` do not hold.

    `words` are those that can be read, and tell where lines of text run.
    """
    pictures = [Box(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    small = [box for box in pictures if _is_small(box)]
    if not small:
        return []
    lines = [Box(w["x0"], w["top"], w["x1"], w["bottom"]) for w in words]
    chars: list[Char] = page.chars
    return [box for box in small if _on_a_line(box, lines) and not any(_over(box, chars))]


def _is_small(box: Box) -> bool:
    return _SMALLEST <= box.height <= _TALLEST and _SMALLEST <= box.width <= _WIDEST


def _on_a_line(box: Box, lines: Sequence[Box]) -> bool:
    """Whether a line of text runs on at the height of a box."""
    y = box.center[1]
    return any(line.top <= y <= line.bottom for line in lines)


def _over(box: Box, chars: Sequence[Char]) -> Iterator[bool]:
    """Whether letters stand where a box is, character by character."""
    for char in chars:
        at = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        yield char["text"] not in _BLANK and box.contains(*at)
