"""Characters of a PDF into words, however the program that wrote the file has set them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from unicodedata import normalize

from pipeline.language.syllables import LETTERS, is_syllable
from pipeline.language.text import clean
from pipeline.read.pdf.chars import SAME_LINE, Char, RawWord
from pipeline.read.pdf.signs import is_whole, shown
from schemas.geometry import Box
from schemas.page import Word

# A gap wider than this share of the font's size parts two words ...
_GAP = 0.2
# ... unless the letters themselves are set apart: then a wider one, the narrowest that serves.
_WIDER_GAPS = (0.3, 0.4, 0.5, 0.6, 0.75, 0.9)
_STRETCH_GAP = 1.0
_LETTER_UNKNOWN = 0.5  # the confidence in a word of which a letter cannot be told
_CLEARLY_BETTER = 0.02
_TONES = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
# A font whose characters hang lower or higher than the page's by more than this share of their
# size (and so would be a line of their own) is put level.
_LEVEL = 0.02


def composed(chars: Sequence[Char]) -> list[Char]:
    """Return the characters with tones that are characters of their own put to their letters.

    In the order of the file a tone follows its letter; by place it may stand behind the next one.
    """
    if _TONES.isdisjoint(char["text"] for char in chars):
        return list(chars)
    result: list[Char] = []
    for char in chars:
        if (
            result
            and char["text"] in _TONES
            and abs(char["top"] - result[-1]["top"]) < char["size"]
        ):
            letter = result[-1]
            text = normalize("NFC", letter["text"] + char["text"])
            result[-1] = letter | {"text": text, "x1": max(letter["x1"], char["x1"])}
        else:
            result.append(char)
    return result


def levelled(chars: Sequence[Char]) -> list[Char]:
    """Return the characters with the boxes of all fonts measured alike from the baseline.

    A box reaches from the descent that the font claims to one size above. Accented letters from
    another font than their word's stand on the same baseline, but would make a line of their own.
    """
    drops = {char["fontname"]: _drop(char) for char in _samples(chars) if _is_level(char)}
    if not drops or max(drops.values()) - min(drops.values()) <= _LEVEL:
        return list(chars)
    counts = Counter(char["fontname"] for char in chars)
    usual = drops[max(drops, key=lambda font: counts[font])]
    astray = {font: drop for font, drop in drops.items() if abs(drop - usual) > _LEVEL}
    return [
        _moved(char, (usual - astray[char["fontname"]]) * char["size"])
        if char["fontname"] in astray and _is_level(char)
        else char
        for char in chars
    ]


def _samples(chars: Iterable[Char]) -> Iterable[Char]:
    """One character of each font."""
    return {char["fontname"]: char for char in chars}.values()


def _is_level(char: Char) -> bool:
    _, b, c, d, _, _ = char["matrix"]
    return bool(abs(b) < 1e-6 and abs(c) < 1e-6 and d > 0 and char["size"] > 0)


def _drop(char: Char) -> float:
    """How far the box reaches below the baseline, as a share of its height."""
    return float((char["matrix"][5] - char["y0"]) / char["size"])


def _moved(char: Char, down: float) -> Char:
    return char | {
        "top": char["top"] + down,
        "bottom": char["bottom"] + down,
        "doctop": char["doctop"] + down,
    }


def extract_words(chars: Sequence[Char]) -> list[RawWord]:
    """Return the words that the characters make, top to bottom; letters set apart are gathered."""
    words = _with_gap(chars, _GAP)
    lone = [len(word["text"]) == 1 and word["text"].isalpha() for word in words]
    set_apart = any(map(all, zip(lone, lone[1:], lone[2:], strict=False)))
    return _gathered(words, chars) if set_apart else words


def _with_gap(chars: Sequence[Char], gap: float) -> list[RawWord]:
    from pipeline.read.pdf.words import words_of  # noqa: PLC0415  scans do not need it

    return words_of(chars, gap)


def _gathered(words: Sequence[RawWord], chars: Sequence[Char]) -> list[RawWord]:
    """Return the words with letters that were set apart put together.

    How far apart differs from line to line, as justified text does. So each stretch of a line is
    read with several gaps, and that is taken which gives Vietnamese syllables. A stretch that has
    none to show, such as a number, takes the gap that serves the rest of the page.
    """
    stretches = _stretches(words)
    place = {id(c): i for i, part in enumerate(stretches) for w in part for c in w["chars"]}
    readings: list[dict[float, list[RawWord]]] = [{_GAP: part} for part in stretches]
    for gap in _WIDER_GAPS:
        for word in _with_gap(chars, gap):
            readings[place[id(word["chars"][0])]].setdefault(gap, []).append(word)
    chosen = [_best_gap(reading) for reading in readings]
    letters: Counter[float] = Counter()
    for best, part in zip(chosen, stretches, strict=True):
        if best is not None:
            letters[best] += sum(len(word["text"]) for word in part)
    usual = max(letters, key=lambda gap: letters[gap], default=_GAP)
    return [
        word
        for best, reading in zip(chosen, readings, strict=True)
        for word in reading[_gap_without_syllables(reading, usual) if best is None else best]
    ]


def _gap_without_syllables(reading: Mapping[float, Sequence[RawWord]], usual: float) -> float:
    """Return the gap for a number or a short form: of one set apart, what leaves no lone letter."""
    if not _has_lone(reading[_GAP]):
        return _GAP
    return min((g for g, words in reading.items() if not _has_lone(words)), default=usual)


def _has_lone(words: Iterable[RawWord]) -> bool:
    return any(len(word["text"]) == 1 for word in words)


def _stretches(words: Sequence[RawWord]) -> list[list[RawWord]]:
    """Part the words where the line ends or leaves a wide gap."""
    parts = [[words[0]]]
    for before, word in pairwise(words):
        near = abs(word["top"] - before["top"]) <= SAME_LINE
        gap = word["x0"] - before["x1"]
        if not near or not 0 <= gap <= _STRETCH_GAP * word["chars"][0]["size"]:
            parts.append([])
        parts[-1].append(word)
    return parts


def _best_gap(reading: Mapping[float, Sequence[RawWord]]) -> float | None:
    """Return the narrowest gap with which a stretch reads best, None where it never reads."""
    fits = {gap: _fit(words) for gap, words in reading.items()}
    best = max(fits.values())
    return min(g for g, fit in fits.items() if fit > best - _CLEARLY_BETTER) if best else None


def _fit(words: Iterable[RawWord]) -> float:
    """The share of letters that stand in Vietnamese syllables of two letters and more."""
    tokens = [token for word in words for token in LETTERS.findall(word["text"])]
    letters = sum(map(len, tokens))
    good = sum(len(token) for token in tokens if len(token) > 1 and is_syllable(token))
    return good / letters if letters else 0.0


def to_words(raw: Iterable[RawWord]) -> tuple[Word, ...]:
    """Return pdfplumber's words as ours, less sure where a letter cannot be told."""
    found = []
    for word in raw:
        text = clean(shown(word["text"], word["chars"]))
        if text:
            box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
            sure = 1.0 if is_whole(text) else _LETTER_UNKNOWN
            found.append(Word(text, box, sure, _is_bold(word["chars"])))
    return tuple(found)


def _is_bold(chars: Sequence[Char]) -> bool:
    fonts = {char["fontname"] for char in chars}
    bold = {font for font in fonts if "bold" in font.lower()}
    if not bold or bold == fonts:
        return bool(bold)
    return sum(char["fontname"] in bold for char in chars) * 2 > len(chars)


def texts_by_font(words: Iterable[RawWord]) -> dict[str, str]:
    """Return the text of each font; a word counts where its first character does."""
    texts: dict[str, list[str]] = {}
    for word in words:
        texts.setdefault(word["chars"][0]["fontname"], []).append(word["text"])
    return {font: " ".join(parts) for font, parts in texts.items()}
