"""Which fonts of a document hold text of before Unicode, judged over all that each font shows.

The name alone is a trap: of files that name such a font nearly all show Unicode in it.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.language.syllables import share_of_syllables
from pipeline.read.pdf.legacy_fonts import Encoding, encoding_of, holds_unicode, to_unicode
from pipeline.read.word.styles import Styles, font_of
from pipeline.read.word.xml import W, child, value

if TYPE_CHECKING:
    from lxml.etree import _Element


def old_encodings(root: "_Element", styles: Styles) -> dict[str, Encoding]:
    """Return the encoding of each font whose text reads as Vietnamese once it is converted."""
    found = {}
    for font, text in _texts(root, styles).items():
        encoding = encoding_of(font)
        if encoding is None or text.isascii() or holds_unicode(text):
            continue
        if share_of_syllables(to_unicode(text, encoding)) > share_of_syllables(text):
            found[font] = encoding
    return found


def _texts(root: "_Element", styles: Styles) -> Mapping[str, str]:
    """All text of each font with the name of an old one."""
    texts: dict[str, list[str]] = defaultdict(list)
    for run in root.iter(W + "r"):
        paragraph = next(run.iterancestors(W + "p"), None)
        style = value(child(paragraph, "pPr"), "pStyle")
        font = font_of(run) or styles.face(style, value(child(run, "rPr"), "rStyle")).font
        if encoding_of(font) is not None:
            texts[font] += (t.text or "" for t in run.iterfind(W + "t"))
    return {font: " ".join(parts) for font, parts in texts.items()}
