"""Pages of a born-digital PDF: words and rules from pdfplumber, and whether they can be trusted.

A text layer is judged by what it says, and of a page with several fonts each by itself: a layer
in an old encoding is converted, one that cannot be made to read is refused, and the page OCRed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import replace

from pipeline.knowledge import load_yaml
from pipeline.language.syllables import LETTERS, share_of_marked, share_of_syllables
from pipeline.language.text import fold
from pipeline.read.pdf import legacy_fonts
from pipeline.read.pdf.boxes import shown_box
from pipeline.read.pdf.characters import composed, extract_words, levelled, texts_by_font, to_words
from pipeline.read.pdf.chars import Char, RawWord
from pipeline.read.pdf.cut import cut_off, lies_beneath_pictures
from pipeline.read.pdf.painted import Seen
from pipeline.read.pdf.parted import parted_by_rules
from pipeline.read.pdf.pictures import SCAN_COVERS, lines_without_characters, picture_share
from pipeline.read.pdf.rules import read_rules
from pipeline.read.pdf.unread import unread_places, without_character
from schemas.geometry import Affine, Box
from schemas.page import Page, PlaceDoubt, Rule

# Measured on real files of Vietnamese offices: good layers have 0.95-0.99 valid syllables and
# 0.83-0.88 marked words; a scanner's English OCR 0.41-0.61 and under 0.35; TCVN3, VNI and
# glyph-number layers 0.22-0.43. Lists of numbers and codes pull a good layer down, hence the room.
LEAST_VALID = 0.75
LEAST_MARKED = 0.45
# From here on, and without a strange character, no font is looked at but by its name.
SURELY_GOOD = 0.97
# With fewer letters than this a page that carries a picture is a scan with a stamp or a number;
# a digital signature says who, where and when, and there may be several of them.
LEAST_LETTERS = 200
LEAST_BESIDE_SIGNATURE = 600
# Fewer words than this prove nothing unless nearly all are bad, and a handful proves nothing.
_FEW_WORDS, _LEAST_WORDS = 20, 5
# What no text of an office holds: other scripts (numbers of glyphs that were taken for characters
# come out as Cyrillic), glyphs without any character, private characters in a row (a bullet stands
# alone), controls, and Latin letters and signs that neither Vietnamese nor English needs.
_UNREADABLE = re.compile(
    r"\(cid:\d+\)|[\u0400-\u1dff\u3000-\ua7ff\ufffd\x00-\x08\x0e-\x1f\x80-\x9f]"
    r"|[\ue000-\uf8ff]{2,}|[¡¢£¤¥¦¨©ª¬®¯µ¶¸¹ÄÅÆËÎÏÐÑÖØÛÜÞßäåæëîïðñöøûüþÿ]"
)
MOST_UNREADABLE = 0.04
LEAST_ENGLISH = 0.06  # of running English a tenth and more are such words
# A font that does not read makes the page unfit from this share of its letters.
_FONT_SHARE = 0.1
# A page that shows so many lines of text without characters is read from its picture.
_LINES_DRAWN = 2
# Of a page with hardly any text a smaller picture may be what it is about.
_PICTURE_BESIDE_FEW = 0.15


class LayerFigures(Struct, frozen=True):
    """What a text layer is judged by: `letters` a count, the others shares, 0..1.

    `valid` of words that can be Vietnamese syllables, `marked` of words with Vietnamese marks,
    `english` of words that are common in English only, `unreadable` of characters that no text of
    an office holds, `picture` of the page that pictures cover.
    """

    letters: int
    valid: float
    marked: float
    english: float
    unreadable: float
    picture: float


class LayerVerdict(Struct, frozen=True):
    """Whether a text layer is used, why, and by what figures."""

    used: bool
    reasons: tuple[str, ...]
    figures: LayerFigures


class _KnownWords(Struct, frozen=True):
    """What `text_layers.yaml` says."""

    signature: tuple[str, ...]
    english: frozenset[str]


@cache
def _known_words() -> _KnownWords:
    return convert(load_yaml("text_layers.yaml"), _KnownWords)


def judge_layer(
    texts: Mapping[str, str], picture: float = 0.0, over: str | None = None
) -> LayerVerdict:
    """Judge a text layer by what it says: the text of each font, font -> text.

    `picture` is the share of the page that pictures cover, `over` the text that lies over them,
    None for all of it.
    """
    text = " ".join(texts.values())
    scanned = picture >= SCAN_COVERS
    found = _figures(text, picture)
    if not text.strip():
        return LayerVerdict(not scanned, ("no_text_layer",), found)
    if picture >= _PICTURE_BESIDE_FEW and _letters(text) < LEAST_LETTERS:
        return LayerVerdict(False, ("text_layer_sparse",), found)
    if scanned and _letters(text if over is None else over) < _least_letters(text):
        return LayerVerdict(False, ("text_layer_sparse",), found)
    faults = _faults(texts, text, found)
    if faults:
        return LayerVerdict(False, faults, found)
    english = found.english >= LEAST_ENGLISH
    return LayerVerdict(True, ("text_layer_english" if english else "text_layer_good",), found)


def _figures(text: str, picture: float) -> LayerFigures:
    return LayerFigures(
        letters=_letters(text),
        valid=round(share_of_syllables(text), 3),
        marked=round(share_of_marked(text), 3),
        english=round(_share_of_english(text), 3),
        unreadable=round(_share_unreadable(text), 3),
        picture=round(picture, 3),
    )


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _least_letters(text: str) -> int:
    folded = fold(text)
    signed = any(words in folded for words in _known_words().signature)
    return LEAST_BESIDE_SIGNATURE if signed else LEAST_LETTERS


def _faults(texts: Mapping[str, str], text: str, found: LayerFigures) -> tuple[str, ...]:
    """Why a layer cannot be used; empty where it can."""
    faults = []
    if found.unreadable > MOST_UNREADABLE:
        faults.append("characters_unreadable")
    if found.english >= LEAST_ENGLISH:
        return tuple(faults)
    few = len(LETTERS.findall(text)) < _FEW_WORDS
    if found.valid < (LEAST_VALID / 2 if few else LEAST_VALID) and _has_words(text):
        faults.append("syllables_invalid")
    elif found.valid < SURELY_GOOD and _unfit_font(texts):
        faults.append("font_unreadable")
    # Text that was typed without marks is shown without them, and OCR would read it no better:
    # only of what lies over a scan is another OCR the likely cause.
    if found.picture >= SCAN_COVERS and found.marked < LEAST_MARKED:
        faults.append("marks_missing")
    return tuple(faults)


def _unfit_font(texts: Mapping[str, str]) -> bool:
    least = _FONT_SHARE * sum(map(len, texts.values()))
    return any(
        len(text) >= least
        and len(LETTERS.findall(text)) >= _FEW_WORDS
        and share_of_syllables(text) < LEAST_VALID / 1.5
        and _has_words(text)
        and _share_of_english(text) < LEAST_ENGLISH
        for text in texts.values()
    )


def _has_words(text: str) -> bool:
    """Whether there are words to judge by: abbreviations and lone letters say nothing."""
    telling = (len(word) > 1 and not word.isupper() for word in LETTERS.findall(text))
    return sum(telling) >= _LEAST_WORDS


def _share_of_english(text: str) -> float:
    words, english = LETTERS.findall(text.lower()), _known_words().english
    return sum(word in english for word in words) / max(1, len(words))


def _share_unreadable(text: str) -> float:
    unreadable = sum(len(found[0]) for found in _UNREADABLE.finditer(text))
    return unreadable / max(1, len(text.replace(" ", "")))


def read_text_layer(page: Any) -> tuple[Page, LayerVerdict]:
    """Return a pdfplumber page as a `Page`, with the verdict on its text layer.

    Boxes are points of the page as it is shown: pdfplumber applies /Rotate.
    """
    words, verdict = _judged_words(page)
    rules = read_rules(page)
    verdict = _seen_verdict(verdict, page, words, rules)
    blank = not words and verdict.used
    shown = shown_box(page)
    unknown = [word for word in words if without_character(word)]
    words = parted_by_rules(words, rules)
    if unknown:
        words = [word for word in words if not without_character(word)]
    read = Page(
        number=page.page_number,
        width=shown.width,
        height=shown.height,
        to_display=Affine(1, 0, -shown.x0, 0, 1, -shown.top),
        words=to_words(words),
        rules=rules,
        method="blank" if blank else "text_layer",
        reasons=verdict.reasons,
        doubts=tuple(_doubts(page, words, unknown)),
    )
    return read, verdict


def _seen_verdict(
    verdict: LayerVerdict, page: Any, words: Sequence[RawWord], rules: Sequence[Rule]
) -> LayerVerdict:
    """The verdict on a layer that reads well, where what is seen of the page speaks against it."""
    if words and verdict.used and verdict.figures.picture >= SCAN_COVERS and not rules:
        # Another program's OCR over a scan: good text, but its tables are in the picture alone.
        verdict = replace(verdict, used=False, reasons=(*verdict.reasons, "lines_in_picture"))
    seen: Seen | None = getattr(page, "seen", None)  # pdfplumber's own pages have none
    if verdict.used and seen and lies_beneath_pictures(seen):
        verdict = replace(verdict, used=False, reasons=("text_under_picture",))
    letters = [curve for curve in page.curves if curve["fill"]] + page.images
    if verdict.used and lines_without_characters(letters) >= _LINES_DRAWN:
        verdict = replace(verdict, used=False, reasons=("text_drawn",))
    if words and _is_sideways(page.chars):
        # Its words would be read, but no table: lines and columns are sought on upright pages.
        verdict = replace(verdict, used=False, reasons=("text_sideways",))
    return verdict


def _doubts(
    page: Any, words: Sequence[RawWord], unknown: Sequence[RawWord]
) -> Iterator[PlaceDoubt]:
    """The places of a page of which its words do not tell all; `unknown` have no characters."""
    unread = [Box(w["x0"], w["top"], w["x1"], w["bottom"]) for w in unknown]
    for box in [*unread, *unread_places(page, words)]:
        yield PlaceDoubt("place_unread", box)
    yield from _attached(page)
    yield from _unsure(page, words)
    seen: Seen | None = getattr(page, "seen", None)  # pdfplumber's own pages have none
    for box in cut_off(seen) if seen else ():
        yield PlaceDoubt("text_clipped", box)


def _unsure(page: Any, words: Sequence[RawWord]) -> Iterator[PlaceDoubt]:
    """Words of which only the picture of the page can tell whether they are seen."""
    for word in words if getattr(page, "unsure", False) else ():
        if any("unsure" in char for char in word["chars"]):
            box, text = Box(word["x0"], word["top"], word["x1"], word["bottom"]), word["text"]
            yield PlaceDoubt("ink_unsure", box, text)


def _attached(page: Any) -> Iterator[PlaceDoubt]:
    for name, box in getattr(page, "attached", ()):  # pdfplumber's own pages have none
        yield PlaceDoubt("attachments_unread", box, name)


def _is_sideways(chars: Sequence[Char]) -> bool:
    return sum(not char["upright"] for char in chars) * 2 > len(chars)


def _is_aslant(char: Char) -> bool:
    """Whether a character stands at neither a right angle nor level: a watermark's."""
    a, b = char["matrix"][:2]
    return bool(min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)))


def _judged_words(page: Any) -> tuple[list[RawWord], LayerVerdict]:
    """Return the words of a page, converted where they are in an old encoding, and the verdict."""
    chars = levelled(composed([c for c in page.chars if not _is_aslant(c)]))
    encodings = legacy_fonts.named_encodings(chars)
    if encodings:
        chars = legacy_fonts.converted(chars, encodings)
    words = _words(chars)
    verdict = _judged(words, page)
    doubtful = verdict.figures.valid < SURELY_GOOD or verdict.figures.unreadable > 0
    if doubtful and "text_layer_sparse" not in verdict.reasons:
        guessed = legacy_fonts.guess_encodings(texts_by_font(words))
        if guessed:
            words = _words(legacy_fonts.converted(chars, guessed))
            verdict = _judged(words, page)
            encodings = {**encodings, **guessed}
    names = tuple(f"encoding_{name}" for name in sorted(set(encodings.values())))
    return words, replace(verdict, reasons=(*names, *verdict.reasons))


def _words(chars: Sequence[Char]) -> list[RawWord]:
    """The words that characters make; what was stamped on the page makes words of its own."""
    stamped = [char for char in chars if "stamped" in char]
    if not stamped or 2 * len(stamped) > len(chars):
        return extract_words(chars)
    from pipeline.read.pdf.stamps import with_stamps  # noqa: PLC0415  signed files only

    printed = [char for char in chars if "stamped" not in char]
    return with_stamps(extract_words(printed), extract_words(stamped))


def _judged(words: Sequence[RawWord], page: Any) -> LayerVerdict:
    picture = picture_share(page.images, page.width, page.height)
    over = None
    if picture >= SCAN_COVERS:
        pictures = [Box(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
        over = " ".join(word["text"] for word in words if _lies_over(word, pictures))
    return judge_layer(texts_by_font([w for w in words if _is_printed(w)]), picture, over)


def _is_printed(word: RawWord) -> bool:
    """Whether a word tells about the layer of a page: a stamp that cannot be read says nothing."""
    return not ("stamped" in word["chars"][0] and without_character(word))


def _lies_over(word: RawWord, pictures: Sequence[Box]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(picture.contains(x, y) for picture in pictures)
