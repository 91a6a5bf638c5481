"""Vietnamese text: the one place that knows about Unicode forms, tones, hyphens and quotes.

Strengths of likeness, each a function from text to text:

- `clean`: what is kept and shown (NFC, plain spaces; nothing else changes);
- `fold`: what is compared (case, tone placement, hyphen kinds, quotes and spaces aside);
- `bare`: `fold` without tones and marks, for OCR slips and text typed without them;
- `plain`: lower case without tones and marks, cut from `clean` at the same places.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_SPACES = re.compile(r"\s+")
# What prints nothing: zero-width characters and soft hyphens that Word leaves in PDF text, marks of
# direction, controls, and code points that are no characters.
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [
        *map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\uffff"),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(code for code in range(0xA0) if code < 0x20 or code >= 0x7F),
    ]
)
for _space in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
    del _INVISIBLE[ord(_space)]
# Letters of other languages that look like Đ and are typed for it.
_SHOWN = _INVISIBLE | dict.fromkeys(map(ord, "ÐƉ"), "Đ") | dict.fromkeys(map(ord, "ðɖ"), "đ")
_PUNCTUATION = str.maketrans(
    {**dict.fromkeys("–—−‐‑‒―", "-"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚′`", "'")}
)
_SPECKS = re.compile(r"(?<!\S)[ˆ`´^|_¨]+(?!\S)[^\S\n]*")
_STROKES = str.maketrans("⁄∕／", "///")

# Both styles of placing the tone are in use (hoá/hóa, thuỷ/thủy, khoẻ/khỏe); the fold takes the
# older, hóa, as Decree 30/2020's own examples and Microsoft's keyboards do.
_OLD_STYLE = {
    new + last: old + plain
    for new, old_vowels, plain, lasts in (
        ("o", "óòỏõọ", "a", "áàảãạ"),
        ("o", "óòỏõọ", "e", "éèẻẽẹ"),
        ("u", "úùủũụ", "y", "ýỳỷỹỵ"),
    )
    for old, last in zip(old_vowels, lasts, strict=True)
}
# In "quý" the u belongs to the consonant qu, and the tone rightly stands on the vowel.
_NEW_STYLE = re.compile(rf"(?<!q)({'|'.join(_OLD_STYLE)})(?![a-zà-ỹđ])")
_HYPHEN = re.compile(r"\s*-\s*")


def clean(text: str) -> str:
    """Return the text in NFC, without invisible characters, runs of white space made one space.

    Letters that look like Đ are Đ.
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_SHOWN)).strip()


def without_specks(text: str) -> str:
    """Return the text without the signs that stand alone and that OCR makes of dust.

    Line breaks stay; a dash, which may be a bullet or a hyphen, is no speck.
    """
    return _SPECKS.sub("", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text for comparison: lower case, hóa for hoá, one kind of hyphen and of quote.

    Spaces around hyphens are taken away, so "Tài chính – Kế hoạch" and "Tài chính-Kế hoạch" meet.
    """
    plain = clean(text).lower().translate(_PUNCTUATION)
    placed = _NEW_STYLE.sub(lambda match: _OLD_STYLE[match[0]], plain)
    return _HYPHEN.sub("-", placed) if "-" in placed else placed


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return `fold(text)` without tones and marks, đ as d."""
    return toneless(fold(text))


def newer_style(syllable: str) -> str:
    """Return a syllable in lower case with the newer place of the tone: hoá for hóa, uỷ for ủy."""
    for newer, older in _OLD_STYLE.items():
        if syllable.endswith(older) and not syllable.startswith("q"):
            return syllable.removesuffix(older) + newer
    return syllable


def toneless(text: str) -> str:
    """Return the text without tones and marks, đ as d; nothing else changes."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(filterfalse(unicodedata.combining, decomposed))


def plain(text: str) -> str:
    """Return cleaned text in lower case, without marks: character by character the same length.

    So what is found in it can be cut from `clean(text)` at the same place.
    """
    return "".join(map(_plain_letter, clean(text).translate(_STROKES)))


@lru_cache(maxsize=4096)
def _plain_letter(character: str) -> str:
    base = toneless(character) or character
    lower = base.lower()
    return lower if len(lower) == 1 else character
