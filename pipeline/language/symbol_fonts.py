"""Signs of symbol fonts in Unicode: a bullet that Word keeps at U+F0B7 is "•"."""

from functools import cache

from pipeline.knowledge import load_yaml

_PRIVATE = range(0xF000, 0xF100)
_UNKNOWN = "•"  # nearly all of them are bullets


def unicode_of(text: str, font: str = "") -> str:
    """Return the text with signs of the private area as what they look like in the font."""
    if text.isascii() or not any(ord(sign) in _PRIVATE for sign in text):
        return text
    return "".join(
        symbol(ord(sign) - _PRIVATE.start, font) if ord(sign) in _PRIVATE else sign for sign in text
    )


def symbol(code: int, font: str) -> str:
    """Return what a code shows in a symbol font; a bullet where neither font is known to have it.

    Letters and digits that only lie in the private area are themselves.
    """
    tables = _tables()
    first = "symbol" if font.lower().startswith("symbol") else "wingdings"
    for name in (first, "symbol"):
        if found := tables[name].get(code):
            return found
    ascii_sign = chr(code)
    return ascii_sign if ascii_sign.isascii() and ascii_sign.isprintable() else _UNKNOWN


@cache
def _tables() -> dict[str, dict[int, str]]:
    return {
        font: {int(str(code), 16): sign for code, sign in signs.items()}
        for font, signs in load_yaml("symbol_fonts.yaml").items()
    }
