"""Dirt in a cell of a scan: a sign or two, hardly read, far from all of its text."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from schemas.geometry import Box
from schemas.page import TextLine, Word
from schemas.plan import LetterChange

_SIGNS = re.compile(r"[^\d\s]{1,2}")
_DIRTY = re.compile(r"(?:^|\s)\W{1,2}$")
_SURE = 0.6  # confidence from which a sign counts as printed
_FAR = 2.5  # heights of the nearest text
_LOG_ODDS = 4.0


def without_specks(
    lines: Sequence[TextLine],
) -> tuple[tuple[TextLine, ...], tuple[LetterChange, ...]]:
    """Return the lines of a cell without dirt at their ends, and what was taken off.

    A cell that would hold nothing else, or still ends in a lone mark, stays as it is; so do digits.
    """
    kept: list[TextLine] = []
    specks: list[str] = []
    for line in lines:
        on_page = [word for each in lines if each.page == line.page for word in each.words]
        text = line.text
        for word in reversed(line.words):
            ends = text == word.text or text.endswith(f" {word.text}")
            if not ends or not _is_speck(word, on_page):
                break
            specks.append(word.text)
            text = text.removesuffix(word.text).rstrip()
        if text:
            kept.append(line if text == line.text else replace(line, text=text))
    if not kept or _DIRTY.search(kept[-1].text):
        return tuple(lines), ()
    changes = (LetterChange(before=text, after="", log_odds=_LOG_ODDS) for text in specks)
    return tuple(kept), tuple(changes)


def _is_speck(word: Word, on_page: Sequence[Word]) -> bool:
    if word.confidence >= _SURE or not _SIGNS.fullmatch(word.text):
        return False
    text = [other for other in on_page if not _SIGNS.fullmatch(other.text)]
    return bool(text) and all(_gap(word.box, other.box) > _FAR * other.box.height for other in text)


def _gap(a: Box, b: Box) -> float:
    across = max(a.x0 - b.x1, b.x0 - a.x1, 0.0)
    down = max(a.top - b.bottom, b.top - a.bottom, 0.0)
    return max(across, down)
