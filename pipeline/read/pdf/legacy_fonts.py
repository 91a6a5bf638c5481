"""Text of the fonts in use before Unicode: TCVN3 (.VnTime and its kin) and VNI (VNI-Times).

Such a font draws Vietnamese letters in the places of others (TCVN3: "¸" looks like "á"; VNI: "a"
and a mark of its own, "aù"), and the text layer holds what stands in those places. The tables are
`knowledge/legacy_fonts.csv`. The fonts whose names end in H draw the same codes as capitals.

The package viparse has such tables too, and ours agree with all that it has. It is not used, for it
lacks what boxes and headings need: it converts whole texts, not characters with their places, it
leaves text in capital fonts in lower case, and of VNI it does not know ẳ, ỵ, í and ì.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from pipeline.knowledge import read_text
from pipeline.language.syllables import LETTERS, share_of_syllables
from pipeline.read.pdf.chars import Char

Encoding = Literal["tcvn3", "vni"]

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_NAMES: tuple[tuple[Encoding, re.Pattern[str]], ...] = (
    ("tcvn3", re.compile(r"[._]?Vn[A-Z]")),
    ("vni", re.compile(r"VNI[-_ A-Z]")),
)
_CAPITALS = re.compile(r"[._]?Vn\w.*[a-z0-9 ]H$")
# Letters that only Unicode has: a font that shows one of them holds no old codes.
_UNICODE = re.compile(r"[ăđơưĂĐƠƯẠ-ỹ]")
# Word hands the codes of fonts that it takes for symbols over in the private area.
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}
# TCVN3 keeps ư where other encodings have an invisible hyphen, which readers of PDF give as a
# space. ư is about half as wide as its font is high, a space a quarter.
_WIDER_THAN_SPACE = 0.38

# By what a text says: it reads as Vietnamese once converted, and much better than before.
_CONVERTED_LEAST = 0.8
_GAIN_LEAST = 0.2
_SURELY_UNICODE = 0.9
_FEWEST_WORDS = 3


def encoding_of(font: str) -> Encoding | None:
    """Return the encoding that a font's name tells, None for any other."""
    name = _SUBSET.sub("", font)
    return next((encoding for encoding, names in _NAMES if names.match(name)), None)


def draws_capitals(font: str) -> bool:
    """Whether the font draws small letters as capitals, by its name (.VnTimeH)."""
    return bool(_CAPITALS.match(_SUBSET.sub("", font).split(",")[0]))


def holds_unicode(text: str) -> bool:
    """Whether a text shows a letter that only Unicode has: then it holds no old codes."""
    return _UNICODE.search(text) is not None


def named_encodings(chars: Sequence[Char]) -> dict[str, Encoding]:
    """Return the encoding of each old font among the characters, by the fonts' names.

    A font is left out whose text is Unicode all the same: some programs convert it and keep the
    name.
    """
    fonts = {char["fontname"] for char in chars}
    named = {font: encoding for font in fonts if (encoding := encoding_of(font))}
    if not named:
        return {}
    modern = {c["fontname"] for c in chars if c["fontname"] in named and holds_unicode(c["text"])}
    return {font: encoding for font, encoding in named.items() if font not in modern}


def guess_encodings(texts: Mapping[str, str]) -> dict[str, Encoding]:
    """Return the encoding of each old font by its text (font -> text), whatever the font's name.

    All that does not read as Vietnamese is tried together, for a font may show three words only;
    then each font is converted whose text is the better for it.
    """
    doubtful = {
        font: text
        for font, text in texts.items()
        if not text.isascii() and share_of_syllables(text) < _SURELY_UNICODE
    }
    whole = " ".join(doubtful.values())
    if len(LETTERS.findall(whole)) < _FEWEST_WORDS:
        return {}
    best, share = max(
        ((name, share_of_syllables(to_unicode(whole, name))) for name, _ in _NAMES),
        key=itemgetter(1),
    )
    if share < max(_CONVERTED_LEAST, share_of_syllables(whole) + _GAIN_LEAST):
        return {}
    return {
        font: best
        for font, text in doubtful.items()
        if share_of_syllables(to_unicode(text, best)) > share_of_syllables(text)
    }


def to_unicode(text: str, encoding: Encoding) -> str:
    """Return text of an old encoding in Unicode; what the encoding does not know stays."""
    table, pattern = _table(encoding)
    return pattern.sub(lambda found: table[found[0]], text.translate(_SYMBOLS))


def converted(chars: Sequence[Char], encodings: Mapping[str, Encoding]) -> list[Char]:
    """Return the characters of a page with those of the fonts in `encodings` in Unicode.

    A letter that was two characters (VNI) becomes one, its box around both. The characters given
    stay as they are. They must stand in the order of the file, where a mark follows its letter.
    """
    result: list[Char] = []
    for font, run in groupby(chars, key=itemgetter("fontname")):
        encoding = encodings.get(font)
        if encoding is None:
            result += run
        else:
            result += _converted_run(list(run), encoding, capitals=draws_capitals(font))
    return result


def _converted_run(run: list[Char], encoding: Encoding, *, capitals: bool) -> list[Char]:
    table, pattern = _table(encoding)
    # One letter a character, so that places in the text are those of the characters.
    text = "".join(_code(char, encoding) for char in run)
    run = [
        char if len(char["text"]) == 1 else char | {"text": to_unicode(char["text"], encoding)}
        for char in run
    ]
    result, done = [], 0
    for found in pattern.finditer(text):
        result += run[done : found.start()]
        parts = run[found.start() : found.end()]
        box = {
            "x0": min(part["x0"] for part in parts),
            "x1": max(part["x1"] for part in parts),
            "top": min(part["top"] for part in parts),
            "bottom": max(part["bottom"] for part in parts),
        }
        result.append(parts[0] | box | {"text": table[found[0]]})
        done = found.end()
    result += run[done:]
    return [char | {"text": char["text"].upper()} for char in result] if capitals else result


def _code(char: Char, encoding: Encoding) -> str:
    """The code of a character; nothing that is a code for one that stands for several."""
    text: str = char["text"]
    if len(text) != 1:
        return "\0"
    if encoding == "tcvn3" and text == " " and char["width"] > _WIDER_THAN_SPACE * char["size"]:
        return "\u00ad"
    return text.translate(_SYMBOLS)


@cache
def _table(encoding: Encoding) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the letters of an encoding and a pattern that finds their codes, longest first."""
    rows = csv.DictReader(read_text("legacy_fonts.csv").splitlines())
    table = {
        "".join(chr(int(code, 16)) for code in row["codes"].split()): row["letter"]
        for row in rows
        if row["encoding"] == encoding
    }
    codes = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, codes)))
