"""Signs of a text layer that do not say what they show: bullets, drawn hyphens, unknown letters."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pipeline.language.symbol_fonts import symbol, unicode_of

_UNKNOWN = "\ufffd"
# What fonts and converters give for a glyph of which they do not know the character.
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff]")
_STRANGE = re.compile(r"[\x00-\x1f\xad\ue000-\uf8ff\ufffd-\uffff]")
_SYMBOL_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?=symbol|wingdings|webdings)", re.IGNORECASE)
_BULLET = "•"
# A sign by itself, or close before a capital, is no letter of the word.
_LEADING = re.compile(r"^\ufffd(?=$|[A-ZÀ-ỸĐ])")
_PRIVATE = range(0xF000, 0xF100)
_SOFT_HYPHEN = "\u00ad"


def shown(text: str, chars: Sequence[dict[str, Any]]) -> str:
    """Return the text of a word as a reader sees it; U+FFFD for letters that cannot be told.

    A soft hyphen that takes room is drawn; an unknown sign by itself, or before a capital, is a
    bullet.
    """
    font = _font_of_symbols(chars[0]["fontname"]) if chars else ""
    if font:
        return "".join(_symbol(sign, font) for sign in text)
    if _STRANGE.search(text) is None:
        return text
    if _SOFT_HYPHEN in text and any(map(_is_drawn, chars)):
        text = text.replace(_SOFT_HYPHEN, "-")
    text = _NO_CHARACTER.sub(_UNKNOWN, unicode_of(text))
    return _LEADING.sub(_BULLET, text)


def _symbol(sign: str, font: str) -> str:
    """A sign of a font of symbols, whose code may lie in the private area or be its own."""
    code = ord(sign)
    if code in _PRIVATE or 0x20 < code < 0x100:
        return symbol(code & 0xFF, font)
    return sign


def is_whole(text: str) -> bool:
    """Whether every letter of a shown text is known."""
    return _UNKNOWN not in text


@lru_cache(maxsize=256)
def _font_of_symbols(name: str) -> str:
    """The name of a font of symbols without its prefix; "" for any other."""
    found = _SYMBOL_FONT.match(name)
    return name[found.end() :] if found else ""


def _is_drawn(char: dict[str, Any]) -> bool:
    return bool(char["text"] == _SOFT_HYPHEN and char["x1"] > char["x0"])
