"""Short forms in names of agencies ("Phòng GD&ĐT"): the registry tells what no sentence does."""

import re
from collections import defaultdict
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from pipeline.agencies.match.spellings import spellings
from pipeline.agencies.registry.registry import Registry
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare, fold
from pipeline.letters.codes import known_codes
from pipeline.places.kinds import LEVEL_OF_KIND
from schemas.page import Reread

_SHORT_FORM = re.compile(r"[^\W\d_](?:[&–.-]?[^\W\d_]){3,}")
_GLUED = re.compile(r"([A-ZĐ]{1,3})([^\W\d_A-ZĐ]+)(\W*)")  # "Nxã"
_RUN = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"\(?[a-zđ][).]")  # "c)"
_ROMAN = re.compile(r"X?(?:IX|IV|V?I{1,3}|V|X)")
_LONG = 8  # letters of a short form from which two may be wrong
_LOG_ODDS = 2.0  # of what can be nothing else: shown as a doubt all the same


class ShortForms(Struct, frozen=True):
    """The short forms of a registry, in small letters without what stands between them.

    `behind` a word ("phòng") stand these; `whole` are those that are a name by themselves; `every`
    are all of them, and codes of documents.
    """

    behind: dict[str, frozenset[str]]
    whole: frozenset[str]
    every: frozenset[str]


def short_form_of(text: str, before: str, after: str, forms: ShortForms) -> Reread | None:
    """Return how a word of a scan that holds a short form is to be read, None where as it stands.

    `before` and `after` are the words beside it, "" where there is none. It is mended where the
    name that `before` begins has one such form alone, a letter from it (two where it is long), or
    where a level of units was glued to the end of a form ("UBMTTQV" "Nxã").
    """
    mended = _unglued(text, before, forms) or _respelt(text, before, after, forms)
    return Reread(mended, text, _LOG_ODDS, mended=True) if mended else None


def is_short_form(text: str, forms: ShortForms) -> bool:
    """Return whether all letters are known short forms or Roman numerals, or a letter of a list."""
    if _LETTER.fullmatch(text):
        return True
    runs = _RUN.findall(text)
    known = [_ROMAN.fullmatch(run) or (len(run) > 1 and fold(run) in forms.every) for run in runs]
    return bool(runs) and (all(known) or fold("".join(runs)) in forms.every)


def _unglued(text: str, before: str, forms: ShortForms) -> str | None:
    found = _GLUED.fullmatch(text)
    if found is None or fold(found[2]) not in LEVEL_OF_KIND or not before.isupper():
        return None
    known = fold(before + found[1]) in forms.whole
    return f"{found[1]} {found[2]}{found[3]}" if known else None


def _respelt(text: str, before: str, after: str, forms: ShortForms) -> str | None:
    found = _SHORT_FORM.search(text)
    if found is None or not found[0].isupper():
        return None
    if found.end() == len(text) and after.isupper():  # a narrow column may have cut it
        return None
    places = [i for i in range(*found.span()) if text[i].isalpha()]
    read = fold("".join(text[i] for i in places))
    known = forms.behind.get(fold(before), frozenset())
    if not known or read in known or read in forms.whole or is_syllable(read):
        return None
    form = _nearest(read, known)
    return _with(text, places, form) if form else None


def _nearest(read: str, known: frozenset[str]) -> str | None:
    """The only form that is as near as any; none where the line may have cut its end off."""
    most = 2 if len(read) >= _LONG else 1
    near: dict[int, list[str]] = defaultdict(list)
    for form in known:
        if len(form) <= len(read) and len(form) > most + 1:
            near[Levenshtein.distance(bare(read), bare(form), score_cutoff=most)].append(form)
    best = near.get(min(near, default=0), [])
    return best[0] if len(best) == 1 and min(near) <= most else None


def _with(text: str, places: list[int], form: str) -> str | None:
    """The text with the letters of a form, signs between as read; None where letters are lost."""
    read = "".join(text[i] for i in places)
    letters = list(text)
    for step in Levenshtein.editops(read, form.upper()):
        if step.tag == "insert":
            return None
        at = places[step.src_pos]
        letters[at] = "" if step.tag == "delete" else form[step.dest_pos].upper()
    return "".join(letters)


@lru_cache(maxsize=16)
def short_forms_in(registry: Registry) -> ShortForms:
    """Return the short forms of a registry of agencies."""
    behind: dict[str, set[str]] = defaultdict(set)
    whole: set[str] = set()
    for entry in registry.entries.values():
        for spelling in spellings(entry):
            words = spelling.words
            if spelling.method != "abbreviation":
                continue
            whole.add("".join(words))
            for at in range(1, len(words)):
                behind[words[at - 1]].update((words[at], "".join(words[at:])))
    every = whole.union(*behind.values(), map(fold, known_codes()))
    return ShortForms(
        {word: frozenset(forms) for word, forms in behind.items()},
        frozenset(whole),
        frozenset(every),
    )
