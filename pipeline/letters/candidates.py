"""What else a word may be: syllables that differ from it in a letter, each with its cost."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from pipeline.language.text import toneless
from pipeline.letters.counts import OTHER, Counts
from pipeline.letters.tokens import Token
from pipeline.letters.weights import Weights, load_weights, uncertainty

_LEAST_SEEN = 20
_MOST = 6
_CHOICES = 3
# What Tesseract makes of a hook above a circumflex (read, true), far more often than the reverse.
_HOOKS = frozenset([("ấ", "ẩ"), ("ố", "ổ"), ("ế", "ể")])
_ALPHABET = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


class Option(Struct, frozen=True):
    """A reading of a token: its id, its text, and its log-odds against what was read, without
    regard to the words around."""

    id: int
    text: str
    cost: float = 0.0


class Candidates(Struct, frozen=True):
    """Syllables that were seen often enough, by what they look like without marks."""

    counts: Counts
    by_bare: dict[str, list[str]]
    by_gap: dict[str, list[str]]

    def options(self, token: Token) -> list[Option]:
        """Return what a token may be: first what was read, then others, the likeliest first."""
        options = [Option(token.id, token.text)]
        if token.text:
            weights = _weights_of(token)
            made = {
                text: Option(self.counts.ids[text], text, self._cost(token, text, weights))
                for text in self._texts(token)
            }
            options += sorted(made.values(), key=lambda option: -option.cost)[:_MOST]
        return options

    def _texts(self, token: Token) -> Iterator[str]:
        text = token.text
        most = 1 if token.valid else 2
        for other in self.by_bare.get(toneless(text), ()):
            if 0 < _differences(text, other) <= most:
                yield other
        for at, symbol in enumerate(token.symbols):
            for letter in symbol.others[:_CHOICES].lower():
                other = text[:at] + letter + text[at + 1 :]
                if letter != text[at] and self._often(other):
                    yield other
        if not token.valid:
            for at in range(len(text)):
                if self._often(shorter := text[:at] + text[at + 1 :]) and len(shorter) > 1:
                    yield shorter
                for other in self.by_gap.get(f"{text[:at]}*{text[at + 1 :]}", ()):
                    if other != text:
                        yield other

    @staticmethod
    def _cost_of_dropped(token: Token, text: str, weights: Weights) -> float:
        """That of a letter too many, wherever it was read least surely."""
        gone = [i for i in range(len(token.text)) if token.text[:i] + token.text[i + 1 :] == text]
        return weights.other + max(
            (_of_symbol(token, at, "", weights) for at in gone if token.symbols), default=0.0
        )

    def _often(self, text: str) -> bool:
        known = self.counts.ids.get(text)
        return known is not None and self.counts.count(known) >= _LEAST_SEEN

    def _cost(self, token: Token, text: str, weights: Weights) -> float:
        cost = 0.0 if token.valid else weights.inv
        if token.name:
            cost += weights.name
        if not token.symbols:
            cost += weights.lost
        if len(text) < len(token.text):
            return cost + self._cost_of_dropped(token, text, weights)
        for at, (read, true) in enumerate(zip(token.text, text, strict=True)):
            if read != true:
                cost += getattr(weights, _kind(read, true))
                if token.symbols:
                    cost += _of_symbol(token, at, true, weights)
        return cost


def candidates_of(counts: Counts) -> Candidates:
    """Return the candidates that a table of counts offers."""
    by_bare: dict[str, list[str]] = defaultdict(list)
    by_gap: dict[str, list[str]] = defaultdict(list)
    for token, text in enumerate(counts.names):
        if token > OTHER and counts.count(token) >= _LEAST_SEEN:
            by_bare[toneless(text)].append(text)
            for at in range(len(text)):
                by_gap[f"{text[:at]}*{text[at + 1 :]}"].append(text)
    return Candidates(counts, dict(by_bare), dict(by_gap))


def _weights_of(token: Token) -> Weights:
    sets = load_weights()
    if any(symbol.others for symbol in token.symbols):
        return sets["choices"]
    return sets["symbol_confidence"]


def _of_symbol(token: Token, at: int, letter: str, weights: Weights) -> float:
    symbol = token.symbols[at]
    unsure = uncertainty(symbol.confidence)
    cost = weights.u * unsure
    place = symbol.others.lower().find(letter) if letter else -1
    if place == 0:
        cost += weights.r1 + weights.uncertain_second * unsure
    elif 0 < place < _CHOICES:
        cost += weights.r2
    return cost


def _differences(a: str, b: str) -> int:
    if len(a) != len(b):
        return len(a) + len(b)
    return sum(x != y for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=4096)
def _kind(read: str, true: str) -> str:
    """The kind of a change of a letter, a field of `Weights`.

    A letter of another language (ä) tells what it looks like, and nothing of tones.
    """
    if (read, true) in _HOOKS:
        return "hook"
    if read not in _ALPHABET:
        return "other" if toneless(read) == toneless(true) else "both"
    (base, quality, tone), (base_2, quality_2, tone_2) = _analysed(read), _analysed(true)
    if base != base_2:
        return "other"
    if quality == quality_2:
        return "tone"
    return "both" if tone != tone_2 else "qual"


def _analysed(letter: str) -> tuple[str, str, str]:
    """The base letter, the mark of its quality, and its tone; đ is a d with a mark."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    tone = "".join(mark for mark in marks if mark in _TONES)
    quality = "".join(mark for mark in marks if mark not in _TONES)
    return ("d", "-", "") if base == "đ" else (base, quality, tone)
