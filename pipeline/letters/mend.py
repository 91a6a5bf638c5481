"""Words of cells and paragraphs as they are likeliest to be, and how sure each is."""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from pipeline.language.text import newer_style
from pipeline.letters.candidates import Candidates, candidates_of
from pipeline.letters.codes import number_of, square_of, system_of
from pipeline.letters.counts import BOUNDARY, load_counts
from pipeline.letters.decide import Decided, Lattice, at_first_sight, decide
from pipeline.letters.digits import digits_of
from pipeline.letters.known import Known
from pipeline.letters.marks import Mended, with_marks
from pipeline.letters.phrases import with_phrases
from pipeline.letters.quarters import quarter_of
from pipeline.letters.risk import believed, risk
from pipeline.letters.said import with_votes
from pipeline.letters.short_forms import ShortForms, is_short_form, short_form_of
from pipeline.letters.spaces import log_odds_of_parting, parted
from pipeline.letters.support import Support, least_of, supports
from pipeline.letters.tokens import ContextToken, tokens_of
from pipeline.letters.units import with_units
from pipeline.letters.weights import load_weights
from schemas.page import Reread, Word

_LEAST = 1.0  # log-odds of a change
_NAME = 1.22  # ... and more, where the word is a capital within a sentence
_DOUBTED = -6.0  # log-odds of another reading, below which there is none to speak of
_PAUSE = ContextToken(BOUNDARY, -1)

# A token of a word, what became of it, and whether it is known beside its neighbours.
_Part = tuple[ContextToken, Decided, Support]


@cache
def load_candidates() -> Candidates:
    """Return the candidates that the table of counts offers, made once: 20 ms and 5 MiB."""
    return candidates_of(load_counts())


def mended(passages: Sequence[Sequence[Word]], known: Known) -> list[list[Mended]]:
    """Return the words of each passage of a document as they are likeliest to be.

    `known` are the names that its office and its province have.

    Only words that an OCR has read are to be given, for all are taken to be its. (Words of a text
    layer have a confidence of 1, and stay.)
    """
    candidates = load_candidates()
    spaced = [_respaced(words, candidates) for words in passages]
    tokens: list[ContextToken] = []
    for words in spaced:
        tokens += [*tokens_of(words, candidates.counts), _PAUSE, _PAUSE]
    decided = _decided(tokens, candidates, known)
    support = supports([what.taken.id for what in decided], candidates.counts)
    found = iter(zip(tokens, decided, support, strict=True))
    made = []
    for respaced, read in zip(spaced, passages, strict=True):
        by_word: dict[int, list[_Part]] = defaultdict(list)
        for part in found:
            if part[0] is _PAUSE:
                break
            by_word[part[0].word].append(part)
        next(found)  # the second pause
        whole = [
            _mended(respaced, i, was.text, by_word[i], known.forms) for i, was in enumerate(read)
        ]
        made.append(with_marks(whole, respaced))
    return made


def _respaced(words: Sequence[Word], candidates: Candidates) -> list[Word]:
    texts = [
        parted(word.text, candidates.counts) if word.confidence < 1 else word.text for word in words
    ]
    return [
        word if text == word.text else replace(word, text=text)
        for word, text in zip(words, texts, strict=True)
    ]


def _decided(tokens: Sequence[ContextToken], candidates: Candidates, known: Known) -> list[Decided]:
    """What each token is: first by the language alone, then by what the document says besides."""
    weights = load_weights()["symbol_confidence"]
    thresholds = [_LEAST + (_NAME if token.name else 0) for token in tokens]
    options = [candidates.options(token) for token in tokens]
    options = with_phrases(options, candidates.counts, known.phrases)
    options = with_units(options, tokens, known.units)
    first = at_first_sight(Lattice(options, candidates.counts, weights.lm), thresholds)
    options = with_votes(options, first, candidates.counts, weights.said)
    return decide(Lattice(options, candidates.counts, weights.lm), thresholds)


def _mended(
    words: Sequence[Word],
    at: int,
    read: str,
    parts: Sequence[_Part],
    forms: ShortForms,
) -> Mended:
    """A word with its changed syllables put in; `read` is its text before spaces were."""
    word = words[at]
    if word.confidence == 1:
        return Mended(word.text)
    support = least_of(how for _, _, how in parts)
    if support == "none" and is_short_form(word.text, forms):
        support = "seen"
    text, reread = _reread(word, read, parts)
    if reread:
        reread = believed(reread, support)
    if told := quarter_of(words, at) or (_told(words, at, forms) if text == read else None):
        text, reread = told.text, told
    return Mended(text, reread, risk(word, text, reread, support))


def _told(words: Sequence[Word], at: int, forms: ShortForms) -> Reread | None:
    """How a document's number, a measure, the name of a system or a short form is to be read."""
    word = words[at]
    before = words[at - 1].text if at else ""
    after = words[at + 1].text if at + 1 < len(words) else ""
    return (
        number_of(word.text, before)
        or square_of(word)
        or system_of(word.text)
        or short_form_of(word.text, before, after, forms)
        or digits_of(word)
    )


def _reread(word: Word, read: str, parts: Sequence[_Part]) -> tuple[str, Reread | None]:
    text = word.text
    log_odds = math.inf if text == read else log_odds_of_parting(read, load_counts())
    for token, what, _ in reversed(parts):
        if what.taken.text != token.text:
            text = _with(text, token, what.taken.text)
            log_odds = min(log_odds, what.log_odds)
    if text != read:
        return text, Reread(text, read, round(log_odds, 2), mended=True)
    doubts = [(what.log_odds, token, what) for token, what, _ in parts if what.other]
    worst = max(doubts, key=lambda doubt: doubt[0], default=None)
    if worst is None or worst[0] < _DOUBTED:
        return text, None
    log_odds, token, what = worst
    assert what.other is not None
    other = _with(text, token, what.other.text)
    return text, Reread(text, other, round(-log_odds, 2), mended=False)


def _with(text: str, token: ContextToken, syllable: str) -> str:
    """The text of a word with a syllable in the place of a token, in the case of what was there."""
    read = text[token.start : token.end]
    syllable = newer_style(syllable) if read.lower() != token.text else syllable
    if read.isupper() and len(read) > 1:
        syllable = syllable.upper()
    elif read[0].isupper():
        syllable = syllable.capitalize()
    return text[: token.start] + syllable + text[token.end :]
