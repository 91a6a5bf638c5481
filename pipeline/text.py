"""Vietnamese text: the one place that knows about Unicode forms, tones, hyphens and quotes.

Three strengths of likeness, each a function from text to text:

- `clean`: what is kept and shown (NFC, plain spaces; nothing else changes);
- `fold`: what is compared (case, tone placement, hyphen kinds, quotes and spaces aside);
- `bare`: `fold` without tones and marks, for OCR slips and text typed without them.
"""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# Zero-width characters and soft hyphens that Word leaves in PDF text; they print nothing.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_PUNCTUATION = str.maketrans(
    {**dict.fromkeys("–—−‐‑‒―", "-"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚′`", "'")}
)

# Both styles of placing the tone are in use (hoá/hóa, thuỷ/thủy, khoẻ/khỏe); the fold takes the
# older, hóa, as Decree 30/2020's own examples and Microsoft's keyboards do.
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_NEW_STYLE = re.compile(
    rf"(?P<first>o|u)(?P<last>a|e|y)(?P<tone>[{_TONES}])(?![\u0300-\u036f]*[a-zđ])"
)


def clean(text: str) -> str:
    """Return the text in NFC, without invisible characters, runs of white space made one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def _old_style(match: re.Match[str]) -> str:
    first, last, tone = match["first"], match["last"], match["tone"]
    before = match.string[match.start() - 1 : match.start()]
    # "quý", "quả": here u belongs to the consonant qu, and the tone rightly stands on the vowel.
    if first == "u" and (last != "y" or before == "q"):
        return match[0]
    return first + tone + last


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text for comparison: lower case, hóa for hoá, one kind of hyphen and of quote.

    Spaces around hyphens are taken away, so "Tài chính – Kế hoạch" and "Tài chính-Kế hoạch" meet.
    """
    plain = clean(text).lower().translate(_PUNCTUATION)
    decomposed = unicodedata.normalize("NFD", plain)
    placed = _NEW_STYLE.sub(_old_style, decomposed)
    return re.sub(r"\s*-\s*", "-", unicodedata.normalize("NFC", placed))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return `fold(text)` without tones and marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
