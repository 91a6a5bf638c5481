"""The text of a cell as tokens, each with what stands between it and the one before."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from pipeline.agencies.words import LOOKALIKES, load_words
from pipeline.language.syllables import is_syllable
from pipeline.language.text import bare, clean, fold, without_specks

# none: within one run of letters; dash, comma (also "/", "+"), and ("&"), colon, hard (";" or a
# full stop); space and line where nothing is printed in between.
Between = Literal["start", "none", "space", "line", "dash", "comma", "and", "colon", "hard"]

_TOKEN = re.compile(r"[^\W_]+")
_SHORT_FORM = re.compile(r"[A-ZĐ]{2,}(?=[a-zà-ỹđ]{2,}$)")
# "KV10": a short form and a number.
_NUMBERED = re.compile(r"(KV)\d{1,2}")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_COMRADE = re.compile(r"(?<!\w)[đĐ]/c$")  # "Đ/c An": one word
_NUMBER_OF_DOCUMENT = re.compile(r"\d\s*[/-]\s*\w")
_NUMBERING = re.compile(
    r"^[ \t]*(?:\d{1,2}|[a-zđ])[.)](?=\s)|^[ \t]*\(?\d{1,2}\)(?=\s)"
    r"|(?<=[;,.])[ \t]*\d{1,2}[.)](?=\s)",
    re.M,
)
# "&" as OCR often reads it, between capitals: TN8MT.
_AMPERSAND = re.compile(r"(?<=[A-ZĐƯ])8(?=[A-ZĐƯ])")

# A full stop or dash against a small letter is dirt: "UBND.các xã", "CA⏎.huyện", "CA -huyện".
_DIRT = re.compile(r"\s*\.| -")


class Token(Struct, frozen=True):
    """A run of letters and digits: `start` and `end` are its place in the cell's text.

    `key` is folded, `bare` also without marks; `kind` is what stands before it.
    """

    key: str
    bare: str
    start: int
    end: int
    kind: Between
    capital: bool
    upper: bool

    @property
    def hard(self) -> bool:
        """Return whether a semicolon or a full stop stands before it."""
        return self.kind == "hard"


class TokenizedText(Struct, frozen=True):
    """A cell's text (lines kept) and its tokens; what stands in brackets is kept apart.

    `reference`: it names nothing but a document ("theo Quyết định số 12/QĐ-UBND").
    """

    text: str
    tokens: tuple[Token, ...]
    remarks: tuple[tuple[int, int], ...]
    reference: bool = False

    def raw(self, start: int, end: int) -> str:
        """Return the text from one place to another on one line, with brackets that follow it."""
        for first, last in self.remarks:
            if first >= end and not self.text[end:first].strip():
                end = last
            leads = not self.text[:first].strip() and not self.text[last:start].strip()
            if last <= start and leads:
                start = first
        return clean(self.text[start:end])


def tokenize(text: str) -> TokenizedText:
    """Return the cell's tokens; never raises."""
    lines = [clean(line) for line in without_specks(text.translate(LOOKALIKES)).splitlines()]
    text = "\n".join(line for line in lines if line)
    remarks = [match.span() for match in _BRACKETED.finditer(text)]
    plain = _blank(text, remarks)
    cited = _cited(plain)
    if cited and not _TOKEN.search(_blank(plain, cited)):
        return TokenizedText(text, (_token(text, 0, len(text), "start"),), (), reference=True)
    plain = _blank(plain, cited)
    if not _TOKEN.search(plain):
        remarks, plain = [], text
    plain = _NUMBERING.sub(lambda m: " " * len(m[0]), plain)
    plain = _AMPERSAND.sub("&", plain)
    spans = [span for match in _TOKEN.finditer(plain) for span in _unglued(match)]
    tokens: list[Token] = []
    before = 0
    for start, end in spans:
        kind: Between = _between(plain, before, start) if tokens else "start"
        tokens.append(_token(plain[start:end], start, end, kind))
        before = end
    return TokenizedText(text, tuple(tokens), tuple(remarks))


def _cited(text: str) -> list[tuple[int, int]]:
    """Return where documents are cited; few cells hold a number with a stroke."""
    if _NUMBER_OF_DOCUMENT.search(text) is None:
        return []
    return [match.span() for match in _reference().finditer(text)]


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    """A document named by its number, with what leads to it and what follows: no body is meant.

    It goes on over a line's end that parts a sentence, and ends where a line begins something else.
    """
    said = load_words().cited
    leads, by, documents = ("|".join(said[name]) for name in ("leads", "by", "documents"))
    parted = "|".join(rf"(?<={word}\n)" for word in said["parted_behind"])
    return re.compile(
        rf"(?i:(?:(?:{leads})?\s*(?:{by})\b[^;.\n\d]{{0,60}}?)?"
        rf"\b(?:{documents})\s+(?:số\s*:?\s*)?\d{{1,5}}(?:\s*[/-]\s*[\w-]+)+)"
        rf"[^;\n]*(?:\n(?:{parted}|(?![A-ZĐ-]))[^;\n]*)*"
    )


@lru_cache(maxsize=1)
def _shortened() -> re.Pattern[str]:
    """A word that a full stop shortens: "P. Nội vụ", "VP. HĐND"; "Sở TC." ends a name."""
    return re.compile(rf"(?:^|[\s,;(])(?:[A-ZĐ]|{'|'.join(load_words().shortened)})$")


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    """A syllable or two, run together with a word behind them: "Hội Phụ nữhuyện"."""
    return re.compile(rf"(.*[^\W\d_])({'|'.join(load_words().run_together)})")


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _unglued(match: re.Match[str]) -> list[tuple[int, int]]:
    """Part names that lost the space between them: "xãPhòng Nội vụ", "UBNDcác xã"."""
    word, first = match[0], match.start()
    if word[-1].isdigit() and (numbered := _NUMBERED.fullmatch(word)):
        return [(first, first + numbered.end(1)), (first + numbered.end(1), match.end())]
    if word.islower() or word.istitle():
        glued = None if is_syllable(fold(word)) else _glued().fullmatch(word)
        if glued and _is_of_syllables(fold(glued[1])):
            return [(first, first + glued.end(1)), (first + glued.end(1), match.end())]
        return [(first, match.end())]
    cuts = [n for n in range(1, len(word)) if word[n - 1].islower() and word[n].isupper()]
    short = _SHORT_FORM.match(word)
    if short and bare(word[short.end() :]) in load_words().begin_behind:
        cuts.append(short.end())
    edges = [0, *sorted(cuts), len(word)]
    return [(first + a, first + b) for a, b in pairwise(edges)]


def _is_of_syllables(run: str) -> bool:
    """Return whether letters are one syllable, or two without a space."""
    cuts = range(1, len(run))
    return is_syllable(run) or any(is_syllable(run[:n]) and is_syllable(run[n:]) for n in cuts)


def _between(text: str, before: int, start: int) -> Between:
    between = text[before:start]
    if _DIRT.fullmatch(between) and text[start].islower():
        between = between.rstrip(".-") or " "
    if between == " " or (between == "/" and _COMRADE.search(text[: start + 1])):
        return "space"
    if ";" in between or ("." in between and not _shortened().search(text[:before])):
        return "hard"
    marks: tuple[tuple[str, Between], ...] = ((":", "colon"), (",/+|•", "comma"), ("&", "and"))
    for characters, kind in marks:
        if any(character in between for character in characters):
            return kind
    # A dash at the beginning of a line is a bullet or the rest of a name: the names decide.
    if "\n" in between:
        return "line"
    if any(character in between for character in "-–—−‐‑"):
        return "dash"
    return "space" if between.strip() or between else "none"


def _token(text: str, start: int, end: int, kind: Between) -> Token:
    key, plain, capital, upper = _word(text)
    return Token(key, plain, start, end, kind, capital, upper)


@lru_cache(maxsize=65536)
def _word(text: str) -> tuple[str, str, bool, bool]:
    capital = text[0].isupper() or text[0].isdigit()
    return fold(text), bare(text), capital, len(text) > 1 and text.isupper()
