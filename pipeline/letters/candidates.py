"""What else a word may be: syllables that differ from it in a letter, each with its cost."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.syllables import MARKED
from pipeline.language.text import toneless
from pipeline.letters.counts import OTHER, Counts
from pipeline.letters.tokens import ContextToken
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


class Other(Struct, frozen=True):
    """A syllable that a word may be: its id, and where and how its letters differ."""

    id: int
    text: str
    changes: tuple[tuple[int, str], ...]
    dropped: bool = False


class Candidates(Struct, frozen=True):
    """Syllables that are known well enough, by what they look like without marks.

    `found` keeps the others of each word that was asked for.
    """

    counts: Counts
    by_bare: dict[str, list[str]]
    by_gap: dict[str, list[str]]
    found: dict[tuple[str, bool], tuple[Other, ...]]

    def options(self, token: ContextToken) -> list[Option]:
        """Return what a token may be: first what was read, then others, the likeliest first."""
        read = Option(token.id, token.text)
        if not token.text:
            return [read]
        made = [
            Option(other.id, other.text, _cost(token, other))
            for other in (*self._others(token.text, valid=token.valid), *self._chosen(token))
        ]
        made.sort(key=lambda option: -option.cost)
        return [read, *made[:_MOST]]

    def _others(self, text: str, *, valid: bool) -> tuple[Other, ...]:
        key = text, valid
        if key not in self.found:
            texts = dict.fromkeys(self._texts(text, valid=valid))
            self.found[key] = tuple(self._other(text, other) for other in texts)
        return self.found[key]

    def _texts(self, text: str, *, valid: bool) -> Iterator[str]:
        most = 1 if valid else 2
        for other in self.by_bare.get(toneless(text), ()):
            if 0 < _differences(text, other) <= most and self._often(other):
                yield other
        if valid:
            return
        for at in range(len(text)):
            shorter = text[:at] + text[at + 1 :]
            if self._often(shorter):
                yield shorter
            for other in self.by_gap.get(f"{text[:at]}*{text[at + 1 :]}", ()):
                if other != text and self._often(other):
                    yield other

    def _chosen(self, token: ContextToken) -> Iterator[Other]:
        """Others by the choices of the engine, where they are of another kind than `_others`."""
        known: set[str] | None = None
        for at, symbol in enumerate(token.symbols):
            for letter in symbol.others[:_CHOICES].lower():
                other = token.text[:at] + letter + token.text[at + 1 :]
                if letter == token.text[at] or not self._often(other):
                    continue
                if known is None:
                    known = {o.text for o in self._others(token.text, valid=token.valid)}
                if other not in known:
                    known.add(other)
                    yield self._other(token.text, other)

    def _other(self, read: str, text: str) -> Other:
        if len(text) < len(read):
            gone = [i for i in range(len(read)) if read[:i] + read[i + 1 :] == text]
            return Other(self.counts.ids[text], text, tuple((i, "") for i in gone), dropped=True)
        changes = tuple(
            (i, true) for i, (was, true) in enumerate(zip(read, text, strict=True)) if was != true
        )
        return Other(self.counts.ids[text], text, changes)

    def _often(self, text: str) -> bool:
        known = self.counts.ids.get(text)
        if known is None or (len(text) == 1 and not MARKED.match(text)):
            return False  # of single letters only such as bear a mark are words
        return _is_known(self.counts, known)


def candidates_of(counts: Counts) -> Candidates:
    """Return the candidates that a table of counts offers."""
    by_bare: dict[str, list[str]] = defaultdict(list)
    by_gap: dict[str, list[str]] = defaultdict(list)
    for token, text in enumerate(counts.names):
        if token > OTHER and _is_known(counts, token):
            by_bare[toneless(text)].append(text)
            for at in range(len(text)):
                by_gap[f"{text[:at]}*{text[at + 1 :]}"].append(text)
    return Candidates(counts, dict(by_bare), dict(by_gap), {})


def voted(options: Sequence[Option], votes: Sequence[float]) -> list[Option]:
    """Return the options of a token, first what was read, with the votes for each (log-odds)."""
    read, *others = options
    base, *rest = votes
    return [
        read,
        *(replace(o, cost=o.cost + (vote - base)) for o, vote in zip(others, rest, strict=True)),
    ]


def _is_known(counts: Counts, token: int) -> bool:
    """Whether a syllable was seen often enough, or belongs to a word of the dictionary."""
    return counts.count(token) >= _LEAST_SEEN or token in counts.in_words


def _cost(token: ContextToken, other: Other) -> float:
    """The log-odds of another reading, by what is known of the letters that differ."""
    at = [i for i, _ in other.changes]
    told = token.symbols and any(token.symbols[i].others for i in at)
    weights = load_weights()["choices" if told else "symbol_confidence"]
    cost = 0.0 if token.valid else weights.inv
    cost += weights.name if token.name else 0.0
    cost += 0.0 if token.symbols else weights.lost
    if other.dropped:  # a letter too many: the one of those alike that was read least surely
        least = [_of_symbol(token, i, "", weights) for i in at if token.symbols]
        return cost + weights.other + max(least, default=0.0)
    for i, letter in other.changes:
        cost += getattr(weights, _kind(token.text[i], letter))
        if token.symbols:
            cost += _of_symbol(token, i, letter, weights)
    return cost


def _of_symbol(token: ContextToken, at: int, letter: str, weights: Weights) -> float:
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
    if (true, read) in _HOOKS:
        return "unhook"
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
