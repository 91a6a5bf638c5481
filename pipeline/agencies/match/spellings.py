"""How a name may be written: in full, in short forms of its parts, with or without its level.

The short forms of the parts are data (`agencies_components.csv`): from "Tài nguyên" TN and "Môi
trường" MT come TNMT, TN&MT, "Tài nguyên và MT" and the like for every name that holds them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.agencies.registry.entries import Entry
from pipeline.agencies.words import Phrase, load_words, words_of
from pipeline.knowledge import read_text
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare
from schemas.plan import MatchMethod

# A short form that stands for one thing only, and is long enough to be no accident (UBND, MTTQ),
# may be written out where the registry has it in short.
_LEAST_REVERSIBLE = 4
# Two letters alone (TT, TC, KH) stand for too much.
_LEAST_ALONE = 3
_MOST_MIXED = 6
_LONGEST_PART = 6
# The smaller, the surer.
RANK_OF_METHOD: dict[MatchMethod, int] = {
    "decision": 0,
    "exact": 0,
    "alias": 1,
    "abbreviation": 2,
    "fuzzy": 3,
}


class Spelling(NamedTuple):
    """One way to write one agency's name: folded words, and what kind of spelling it is."""

    entry: Entry
    words: Phrase
    method: MatchMethod


class _Part(NamedTuple):
    """A part of a name: as the name has it, and otherwise. `short` says that a form is shorter."""

    forms: tuple[tuple[Phrase, bool], ...]


def spellings(entry: Entry) -> Iterator[Spelling]:
    """Yield every spelling of the entry once, the most official kind of it."""
    best: dict[Phrase, MatchMethod] = {}
    for words, method in _all(entry):
        known = best.get(words)
        if words and (known is None or RANK_OF_METHOD[method] < RANK_OF_METHOD[known]):
            best[words] = method
    for words, method in best.items():
        yield Spelling(entry, words, method)


def _all(entry: Entry) -> Iterator[tuple[Phrase, MatchMethod]]:
    aliases: list[tuple[str, MatchMethod]] = [(alias, "alias") for alias in entry.aliases]
    named: list[tuple[str, MatchMethod]] = [(entry.name, "exact"), *aliases]
    # Without "các cấp" the name is that of the body of one level.
    if entry.kind == "front" and any(_is_of_all_levels(entry, words_of(a)) for a in entry.aliases):
        named = aliases
    for text, method in named:
        words = words_of(text)
        yield from _variants(words, method)
        base = without_level(words, entry.level)
        if base != words and not _is_of_all_levels(entry, words):
            yield from _variants(base, method)
    for short in entry.abbreviations:
        yield words_of(short), "abbreviation"


def _is_of_all_levels(entry: Entry, words: Phrase) -> bool:
    """Return whether the words are of bodies of all levels, as their name says."""
    return entry.level is None and tuple(map(bare, words[-2:])) in load_words().all_levels


def without_level(words: Phrase, level: str | None) -> Phrase:
    """Return the name without the words at its end that only say its level ("Công an cấp xã").

    One syllable alone is left as it is ("Thuế tỉnh"), an abbreviation is not ("UBND cấp xã").
    """
    known = load_words()
    plain = tuple(map(bare, words))
    cut = len(words)
    for length in (1, 2):
        said = known.levels.get(plain[-length:])
        if length < len(words) and said is not None and said in (level, "either"):
            cut = len(words) - length
    if plain[-2:] in known.all_levels:
        cut = len(words) - 2
    elif cut < len(words) and plain[cut - 1 : cut] in known.level_prefixes:
        cut -= 1
    base = words[:cut]
    return base if len(base) > 1 or not is_syllable(base[0]) else words


def _variants(words: Phrase, method: MatchMethod) -> Iterator[tuple[Phrase, MatchMethod]]:
    parts = _parts(words)
    if sum(len(part.forms) > 1 for part in parts) > _MOST_MIXED:
        choices: Iterable[Sequence[tuple[Phrase, bool]]] = (
            [part.forms[0] for part in parts],
            [part.forms[-1] for part in parts],
            [parts[0].forms[0], *(part.forms[-1] for part in parts[1:])],
        )
    else:
        choices = product(*(part.forms for part in parts))
    official = tuple(part.forms[0] for part in parts)
    for choice in choices:
        form = tuple(word for chosen, _ in choice for word in chosen)
        if tuple(choice) == official:
            yield form, method
        elif any(short for _, short in choice):
            # PGD may be the bank's "phòng giao dịch": three letters only of an official name.
            least = _LEAST_ALONE if method == "exact" else _LEAST_ALONE + 1
            if len("".join(form)) >= least:
                yield form, "abbreviation"
        else:
            yield form, "alias"


def _parts(words: Phrase, most: int = _LONGEST_PART) -> list[_Part]:
    """Return the parts of the name, the longest that are known; `most` bounds their words."""
    table = _components()
    parts: list[_Part] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + most), at, -1):
            short = table.get(words[at:end])
            # One letter stands for a word only at the head: "P. Nội vụ", "S. Y tế".
            if short and (at == 0 or len("".join(short[0])) > 1):
                parts.append(_part(words[at:end], short))
                break
        else:
            end = at + 1
            parts.append(_Part(((words[at:end], False),)))
        at = end
    return parts


def _part(words: Phrase, form: tuple[Phrase, bool]) -> _Part:
    """Return a part with its other form, and those that the parts within it give."""
    forms = {words: False}
    if len(words) > 2:
        for choice in product(*(part.forms for part in _parts(words, len(words) - 1))):
            mixed = tuple(word for chosen, _ in choice for word in chosen)
            forms.setdefault(mixed, any(short for _, short in choice))
    forms.setdefault(*form)
    return _Part(tuple(forms.items()))


@lru_cache(maxsize=1)
def _components() -> dict[Phrase, tuple[Phrase, bool]]:
    rows = list(csv.DictReader(io.StringIO(read_text("agencies_components.csv"))))
    pairs = [(words_of(row["words"]), words_of(row["short"])) for row in rows]
    shorts = [short for _, short in pairs]
    table = {full: (short, True) for full, short in pairs}
    for full, short in pairs:
        if shorts.count(short) == 1 and len("".join(short)) >= _LEAST_REVERSIBLE:
            table[short] = (full, False)
    return table
