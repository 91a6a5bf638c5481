"""Words as a context sees them: syllables, numbers, marks and boundaries, each with its place."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.syllables import MARKED, is_syllable
from pipeline.language.text import fold
from pipeline.letters.counts import BOUNDARY, MARK, OTHER, Counts
from pipeline.plausibility import is_plausible
from schemas.page import Symbol, Word

PARTS = re.compile(r"[^\W_]+|[\W_]+")
_STOPS = re.compile(r"[.;:!?…]")
SIGNS = ".,#"
_BULLETS = frozenset("-–—•+*")


class ContextToken(Struct, frozen=True):
    """A token of the table, and where it stands: the number of its word, and a part of its text.

    `text` is a run of letters that may be changed, in lower case with the older place of the tone;
    "" where nothing may. `valid` says that it can be a syllable, `name` that it begins with a
    capital where no sentence does. `symbols` are its letters as they were read, none where the
    engine does not tell or something else has changed the word since.
    """

    id: int
    word: int
    start: int = 0
    end: int = 0
    text: str = ""
    valid: bool = True
    name: bool = False
    symbols: tuple[Symbol, ...] = ()


def name_of(part: str) -> str:
    """Return the name in the table of a part of a word (see `PARTS`): a syllable, or a class."""
    if not part[0].isalnum():
        return "." if _STOPS.search(part) else ","
    if not part.isalpha():
        return "#"
    return fold(part) if is_syllable(part) else "?"


def tokens_of(words: Sequence[Word], counts: Counts) -> list[ContextToken]:
    """Return the tokens of the words of one cell or paragraph, in their order."""
    tokens: list[ContextToken] = []
    opening = True  # a sentence may begin
    for number, word in enumerate(words):
        if word.text in _BULLETS:
            tokens.append(ContextToken(BOUNDARY, number))
            opening = True
            continue
        for token in _parts(word.text, number, _spelling(word), counts, opening=opening):
            # What a text layer says is certain, and stands.
            tokens.append(token if word.confidence < 1 else replace(token, text=""))
            opening = token.id == BOUNDARY or (opening and token.id == MARK)
    return tokens


def _spelling(word: Word) -> tuple[Symbol, ...]:
    """The symbols that spell a word, case and dirt at its ends aside; none where none do."""
    read = "".join(symbol.text for symbol in word.symbols).lower()
    at = read.find(word.text.lower())
    known = at >= 0 and len(read) == len(word.symbols)
    return word.symbols[at : at + len(word.text)] if known else ()


def _parts(
    text: str, number: int, symbols: tuple[Symbol, ...], counts: Counts, *, opening: bool
) -> Iterator[ContextToken]:
    for match in PARTS.finditer(text):
        part, (start, end) = match[0], match.span()
        name = name_of(part)
        if name == "." and start == 0 and text[end : end + 1].islower():
            continue  # dirt: no sentence ends right before a small letter
        if name in SIGNS:
            yield ContextToken(SIGNS.index(name), number)
        else:
            valid = name != "?"
            folded = fold(part)
            code = part.isupper() and any(char.isdigit() for char in text)  # "35-KH/TU"
            free = not code and (valid or not is_plausible(part))
            cased = part.islower() or part.istitle() or (part.isupper() and valid)
            long = len(part) > 1 or (MARKED.match(part) and part.islower())
            yield ContextToken(
                counts.id_of(folded) if valid else OTHER,
                number,
                start,
                end,
                folded if free and cased and long else "",
                valid,
                part[0].isupper() and not opening and not part.isupper(),
                symbols[start:end],
            )
            opening = False
