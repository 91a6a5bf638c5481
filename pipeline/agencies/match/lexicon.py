"""All spellings of all agencies, laid out for looking up: exactly, without tones, and misread.

Names are compared as runs of letters, without the spaces, commas, hyphens, "&" and "và" between
them, so that "TN&MT", "TNMT" and a name broken inside a word by a narrow column all meet.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.agencies.match.name_tree import Node, Slip, Way
from pipeline.agencies.match.spellings import Spelling, spellings
from pipeline.agencies.registry.decisions import Meant
from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.registry.registry import Registry
from pipeline.agencies.tokens import Token, tokenize
from pipeline.agencies.words import AND, Phrase, load_words, words_of
from pipeline.groups import grouped
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare

# What a slip takes from a match's score of 1. With the usual threshold of 0.93 for acceptance:
# wrong tones and one misread word that is no Vietnamese syllable pass; a word that is another good
# syllable ("thông" for "thôn") never does, nor do two misread words.
TONE_SLIP = 0.012
MOST_FOR_TONES = 0.05
MISREAD = 0.04
OTHER_WORD = 0.14
CONFUSED_LETTER = 0.09
SPLIT_WORD = 0.02
# No doubtful match shows a score that looks like certainty.
MOST_IN_DOUBT = 0.9
_MOST_LOST = 0.25
_LEAST_MISREAD = 3
_LONG_SHORT_FORM = 4
_LEAST_PART = 0.45
# Letters that OCR takes for one another; what is read so in a short word is never sure.
_CONFUSED = str.maketrans("0q1lt586y", "ooiiisbgv")
# Capitals of short forms, folded, that are read for others: TIYT, GN, LĐLP, CHQ6.
_CAPITALS = {"i": "t", "g": "c", "p": "đ", "6": "s", "ö": "đ"}


class Hit(NamedTuple):
    """Tokens up to `end` spell one of `spellings`; `score` is below 1 for slips.

    `hard` counts strong separators inside, `part` is true where the name's end is missing.
    """

    end: int
    spellings: tuple[Spelling, ...]
    score: float
    hard: int = 0
    part: bool = False


class _Table:
    """Run-together spellings, and which of them begin with a given run."""

    def __init__(self, pairs: Iterable[tuple[str, Spelling]]) -> None:
        grouped: dict[str, dict[Spelling, None]] = {}
        for key, spelling in pairs:
            grouped.setdefault(key, {})[spelling] = None
        self.at = {key: tuple(group) for key, group in grouped.items()}
        self._order = sorted(self.at)
        # The same few runs are asked for in cell after cell.
        self.begins = lru_cache(maxsize=65536)(self._begins)

    def _begins(self, run: str) -> bool:
        """Return whether any spelling begins with the run."""
        place = bisect_left(self._order, run)
        return place < len(self._order) and self._order[place].startswith(run)


class Lexicon:
    """Where a name of the registry begins at a token of a cell, and how well it fits.

    What only names read amiss need is made when the first one is met: many files have none.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        meant: Mapping[str, tuple[Entry, Meant]] | None = None,
        refused: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.refused = refused
        self._meant = meant or {}
        self._decided = _Table((run, _said(*of)) for run, of in self._meant.items())
        own = [spelling for entry in entries for spelling in spellings(entry)]
        self._listed = [*own, *_of_parts(own)]
        by_id = {spelling.entry.id: spelling.entry for spelling in own}
        # The body that stands for a unit of a level that is named alone.
        self.unit_bodies = {
            level: Spelling(by_id[identifier], words_of(by_id[identifier].name), "alias")
            for level, identifier in load_words().unit_bodies.items()
            if identifier in by_id
        }
        self._exact = _Table(("".join(s.words), s) for s in self._listed)
        self._alternatives = lru_cache(maxsize=65536)(self._find_alternatives)

    @cached_property
    def _bare(self) -> _Table:
        return _Table(("".join(map(bare, s.words)), s) for s in self._listed)

    @cached_property
    def _root(self) -> Node:
        """The spellings as a tree of words."""
        root = Node()
        for spelling in self._listed:
            node = root
            for word in spelling.words:
                node = node.children.setdefault(word, Node())
            node.here.append(spelling)
        return root

    @cached_property
    def _bare_of(self) -> dict[str, str]:
        """All words of the spellings, in order, and each without its marks."""
        return {word: bare(word) for word in sorted({w for s in self._listed for w in s.words})}

    @cached_property
    def _by_bare(self) -> dict[str, list[str]]:
        return grouped((plain, word) for word, plain in self._bare_of.items())

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        """Those of two letters and more, by what they look like."""
        pairs = self._bare_of.items()
        return grouped((_as_confused(plain), word) for word, plain in pairs if len(plain) > 1)

    @cached_property
    def _two_letters(self) -> list[str]:
        pairs = self._bare_of.items()
        return [word for word, plain in pairs if len(plain) == 2 and is_syllable(word)]

    def decided(self, tokens: Sequence[Token], start: int) -> Iterator[Hit]:
        """Yield the texts that begin at the token and about which a person decided."""
        if not self._decided.at or tokens[start].key in AND:
            return
        run, hard = "", 0
        for at in range(start, len(tokens)):
            hard += at > start and tokens[at].hard
            if tokens[at].key in AND:
                continue
            run += tokens[at].key
            if run in self._meant:
                own = self._meant[run][1].hard
                yield Hit(at + 1, self._decided.at[run], 1.0, max(0, hard - own))
            if not self._decided.begins(run):
                return

    def exact(self, tokens: Sequence[Token], start: int, head: Phrase = ()) -> Iterator[Hit]:
        """Yield the names that begin at the token, letter by letter, as if `head` stood before."""
        run, hard = "".join(head), 0
        for at in range(start, len(tokens)):
            token = tokens[at]
            hard += at > start and token.hard
            if token.key in AND:
                if at == start:
                    return
                continue
            run += token.key
            found = self._exact.at.get(run)
            if found:
                yield Hit(at + 1, found, 1.0, hard)
            if not self._exact.begins(run):
                return

    def toneless(self, tokens: Sequence[Token], start: int, head: Phrase = ()) -> Iterator[Hit]:
        """Yield the names that begin at the token when tones and marks are left out of account."""
        run, real, hard = "".join(map(bare, head)), "".join(head), 0
        for at in range(start, len(tokens)):
            token = tokens[at]
            hard += at > start and token.hard
            if token.key in AND:
                if at == start:
                    return
                continue
            run += token.bare
            real += token.key
            found = self._bare.at.get(run)
            if found and real not in self._exact.at:
                found = _plausible(found, tokens[start : at + 1])
            if found and real not in self._exact.at:
                yield Hit(at + 1, found, 1 - _tone_loss(real, found[0]), hard)
            if not self._bare.begins(run):
                return

    def misread(self, tokens: Sequence[Token], start: int, head: Phrase = ()) -> Iterator[Hit]:
        """Yield the names that begin at the token with words misread, or with their end missing.

        Words are compared one by one: two short words never pass for each other because the
        rest of the name is long.
        """
        node: Node | None = self._root
        for word in head:
            node = node.children.get(word) if node else None
        if node is not None and tokens[start].key not in AND:
            yield from self._descend(tokens, start, node, Way(start, len(head), 0.0, 0.0))

    def misread_short(self, tokens: Sequence[Token], at: int) -> Iterator[Hit]:
        """Yield the name whose short form is all of the token, but for a letter: "TTIYT"."""
        token = tokens[at]
        if not token.upper or len(token.key) < _LONG_SHORT_FORM or token.key in self._exact.at:
            return
        for run in dict.fromkeys((*_letters_less(token.key), *_capitals_mended(token.key))):
            found = self._exact.at.get(run)
            if found and len(run) >= _LONG_SHORT_FORM:
                yield Hit(at + 1, found, 1 - OTHER_WORD)

    def _descend(self, tokens: Sequence[Token], at: int, node: Node, way: Way) -> Iterator[Hit]:
        if at > way.start:
            lost = way.lost + min(way.tones, MOST_FOR_TONES)
            here = _plausible(node.here, tokens[way.start : at]) if lost > 0 else ()
            if here and way.words > 1 and not way.guessed:
                score = 1 - lost
                unsure = way.slips and (way.tells_apart(here) or _amid_a_list(tokens, way.start))
                yield Hit(at, here, min(score, MOST_IN_DOUBT) if unsure else score)
            if not node.here and (way.words > 2 or lost == 0):
                yield from _beginnings(node, at, way, lost)
        if at >= len(tokens):
            return
        token = tokens[at]
        hard = at > way.start and token.hard
        if hard:  # a name that is misread, and parted besides, is none
            return
        if token.key in AND and at > way.start:
            yield from self._descend(tokens, at + 1, node, way)
            return
        for word, loss, tone in self._alternatives(token.key):
            child = node.children.get(word)
            if child and way.lost + loss <= _MOST_LOST:
                slip = (*way.slips, Slip(node, way.words)) if loss > 0 else way.slips
                others = way.others + (loss >= OTHER_WORD and is_syllable(token.key))
                further = Way(
                    way.start, way.words + 1, way.lost + loss, way.tones + tone, slip, others
                )
                yield from self._descend(tokens, at + 1, child, further)
        yield from self._split_word(tokens, at, node, way)

    def _split_word(self, tokens: Sequence[Token], at: int, node: Node, way: Way) -> Iterator[Hit]:
        """Take two tokens for one word that a narrow column, or OCR, broke."""
        if at + 1 >= len(tokens) or tokens[at + 1].kind not in ("line", "space", "none"):
            return
        joined = tokens[at].key + tokens[at + 1].key
        child = node.children.get(joined)
        if child and way.lost + SPLIT_WORD <= _MOST_LOST:
            further = way._replace(words=way.words + 1, lost=way.lost + SPLIT_WORD)
            yield from self._descend(tokens, at + 2, child, further)

    def _find_alternatives(self, key: str) -> tuple[tuple[str, float, float], ...]:
        """Return the words that a token may stand for: (word, loss, loss for tones)."""
        plain = bare(key)
        found = {
            word: (0.0, 0.0 if word == key else TONE_SLIP) for word in self._by_bare.get(plain, ())
        }
        if len(plain) >= _LEAST_MISREAD:
            loss = OTHER_WORD if is_syllable(key) or _reads(plain) else MISREAD
            near = process.extract(
                plain,
                self._bare_of,
                scorer=Levenshtein.distance,
                processor=None,
                score_cutoff=1,
                limit=None,
            )
            for _, _, word in near:
                # A short form has no letters to spare, and one of three letters is too many.
                if len(self._bare_of[word]) >= _LEAST_MISREAD and is_syllable(word):
                    least = loss if min(len(plain), len(self._bare_of[word])) > 3 else OTHER_WORD
                    found.setdefault(word, (least, 0.0))
        elif len(plain) == 2 and not is_syllable(key) and not _reads(plain):
            for word in self._two_letters:  # "Y fế", "Công ar"
                if Levenshtein.distance(plain, self._bare_of[word], score_cutoff=1) <= 1:
                    found.setdefault(word, (OTHER_WORD, 0.0))
        for word in (*self._with_a_letter_more(key), *self._with_another_capital(key)):
            found.setdefault(word, (OTHER_WORD, 0.0))
        for word in self._confused(plain):
            found.setdefault(word, (CONFUSED_LETTER, 0.0))
        return tuple((word, *losses) for word, losses in found.items())

    def _with_a_letter_more(self, key: str) -> list[str]:
        return [word for word in _letters_less(key) if word in self._bare_of]

    def _with_another_capital(self, key: str) -> list[str]:
        known = (word for word in _capitals_mended(key) if word in self._bare_of)
        return [word for word in known if not is_syllable(word)]

    def _confused(self, plain: str) -> list[str]:
        alike = self._by_letters.get(_as_confused(plain), ())
        return [word for word in alike if self._bare_of[word] != plain]


@lru_cache(maxsize=16)
def lexicon_of(registry: Registry) -> Lexicon:
    """Return the spellings of all names of a registry, made when the first cell is matched."""
    meant = {run: (registry.every[m.agency_id], m) for run, m in registry.verdicts.meant.items()}
    return Lexicon(registry.entries.values(), meant, registry.verdicts.refused)


def _said(entry: Entry, meant: Meant) -> Spelling:
    words = tuple(token.key for token in tokenize(meant.text).tokens if token.key not in AND)
    return Spelling(entry, words, "decision")


def _of_parts(listed: Sequence[Spelling]) -> Iterator[Spelling]:
    """Yield the names of parts of bodies: "Thanh tra Sở" with each spelling of each Sở."""
    official = {s.entry.id: s for s in listed if s.method == "exact"}
    for identifier, head in load_words().parts_of.items():
        part = official.get(identifier)
        if part is not None:
            own = part.words[: -len(head)]
            for body in listed:
                if body.words[: len(head)] == head and body.entry.id != identifier:
                    yield Spelling(part.entry, (*own, *body.words), "alias")


def _letters_less(key: str) -> list[str]:
    """Return what a word of capitals is without one that a reader added ("UBNDP"); where it is
    short, only without one that was doubled ("LĐĐ")."""
    if is_syllable(key):
        return []
    long = len(key) > _LONG_SHORT_FORM
    at = [n for n in range(len(key)) if long or key[n] == key[n - 1 : n]]
    return list(dict.fromkeys(key[:n] + key[n + 1 :] for n in at))


def _capitals_mended(key: str) -> list[str]:
    """Return what a word of capitals is if one of them was taken for another ("TIYT")."""
    if is_syllable(key):
        return []
    at = [n for n, letter in enumerate(key) if letter in _CAPITALS]
    return [key[:n] + _CAPITALS[key[n]] + key[n + 1 :] for n in at]


def _amid_a_list(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a name begins small behind a comma: it may be the rest of a longer one."""
    token = tokens[start]
    return token.kind == "comma" and not token.capital and token.key != "các"


def _beginnings(node: Node, at: int, way: Way, lost: float) -> Iterator[Hit]:
    """Yield the names of which only the beginning is there, at least two words and half of it."""
    if way.words < 2:
        return
    fitting = tuple(s for s in node.officials() if way.words / len(s.words) >= _LEAST_PART)
    # "Chi cục" alone is the beginning of far too many.
    if fitting and fitting[0].words[: way.words] not in load_words().heads:
        share = max(way.words / len(s.words) for s in fitting)
        yield Hit(at, fitting, 0.75 + 0.1 * share - lost, part=True)


def _plausible(options: Sequence[Spelling], tokens: Sequence[Token]) -> tuple[Spelling, ...]:
    """Return what words read amiss may stand for: a short form only where capitals are seen."""
    in_capitals = any(t.upper or (t.capital and len(t.key) == 1) for t in tokens)
    return tuple(s for s in options if in_capitals or s.method != "abbreviation")


def _tone_loss(run: str, spelling: Spelling) -> float:
    """Return what wrong marks take: the more letters differ, the more, up to a bound."""
    wanted = "".join(spelling.words)
    differing = sum(a != b for a, b in zip(run, wanted, strict=False)) or 1
    return min(differing * TONE_SLIP, MOST_FOR_TONES)


def _reads(plain: str) -> bool:
    """Return whether a word without marks can be a syllable: then it may be another word."""
    return is_syllable(plain) or is_syllable(f"{plain[:-1]}\u0301{plain[-1:]}")


def _as_confused(plain: str) -> str:
    return plain.translate(_CONFUSED)


def heads_shared() -> tuple[Phrase, ...]:
    """Return the heads that may be left off in a list, in a fixed order."""
    return tuple(sorted(load_words().shared_heads))
