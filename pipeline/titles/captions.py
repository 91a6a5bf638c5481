"""The lines over an appendix: PHỤ LỤC I, its title, and what it is attached to."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from pipeline.language.text import clean, plain
from pipeline.titles.words import despeckled, is_upper, joined, one_of, text_of, useful, words
from schemas.page import TextLine

_MARKER = re.compile(
    r"\s*(?:s[oố]\s*)?:?\s*(?P<marker>o\d|0[l|!]|\d{1,2}(?:\.\d{1,2})?[a-z]?|[ivxl1|!]{1,5}(?:\.\d{1,2})?[a-d]?"
    r"|[a-hk])(?![\w/])\s*[.,:)\-–—]*\s*"
)
_BRACKETS = ("(", "[", "{", "|", "/")  # and what an OCR makes of them
_REFERENCE_LINES = 4  # a reference runs over at most so many lines
_TITLE_LINES = 8
_LONGEST_CAPTION = 250  # characters of a line that is caption and title in one


class Caption(Struct, frozen=True):
    """What stands over one appendix.

    `marker` as printed ("I", "01", "" where there is none), `title` on one line, `reference` the
    text in brackets that says what it is attached to.
    """

    marker: str
    title: str
    reference: str


class _Opening(Struct, frozen=True):
    """A caption line taken apart: marker, and what stands after it on the same line."""

    marker: str
    rest: str


@lru_cache(maxsize=1)
def _openings() -> re.Pattern[str]:
    kinds = sorted(words()["captions"], key=len, reverse=True)
    return re.compile(
        r"[^\w+-]{0,3}(" + "|".join(k.replace(" ", r"\s*") for k in kinds) + r")(?!\w)"
    )


def _misread(short: str) -> int:
    """Return how long the words PHỤ LỤC are at the line's start, one letter misread; 0 for none."""
    first = words()["captions"][0]
    found = re.match(r"[^\w+-]{0,3}(p\w{1,3}\s?\w{3})(?!\w)", short)
    near = found and Levenshtein.distance(found[1], first, score_cutoff=1) <= 1
    return found.end() if found and near else 0


def _marker(short: str, printed: str) -> str:
    """Return the marker as printed; a Roman one with its misread strokes put right."""
    marker = printed.strip()
    if re.fullmatch(r"o\d|0[l|!]", short):
        return short.translate(str.maketrans("ol|!", "0111"))
    if re.fullmatch(r"[ivx]*[l1|!][ivxl1|!]*[a-d]?", short) and not short.isdecimal():
        return re.sub(r"[l1|!]", "I", marker).upper()
    return marker if not re.fullmatch(r"[ivxl]+", short) else marker.upper().replace("L", "I")


def _open(text: str) -> _Opening | None:
    """Take a caption line apart; None where the line is none (a sentence that mentions one)."""
    text = clean(text)
    short = plain(text)
    found = _openings().match(short)
    end = found.end() if found else _misread(short)
    if not end or len(text) > _LONGEST_CAPTION:
        return None
    number = _MARKER.match(short, end)
    # "Biểu" and "Mẫu số" are common words: alone, without a number, they begin nothing.
    if found and not number and not found[1].startswith("phu"):
        return None
    start, stop = number.span("marker") if number else (end, end)
    after = text[number.end("marker") if number else end :]
    rest = after.strip(" .,:-–—")
    if _is_continued(rest):
        return None
    capitals = is_upper(text[:end])
    titled = re.match(r"\s*[:.–—-]\s*\w", after) or (capitals and not number)
    stands = not rest or is_upper(rest) or _attached(rest) or (titled and _is_title(rest))
    begins = capitals or text.lstrip(" .*'\"")[:1].isupper()
    return (
        _Opening(_marker(short[start:stop], text[start:stop]), rest) if stands and begins else None
    )


def _is_continued(rest: str) -> bool:
    """Whether what stands behind a marker says that an appendix goes on: "(tiếp theo)"."""
    return one_of("continued").fullmatch(re.sub(r"\W+", " ", plain(rest)).strip()) is not None


def is_continuation(text: str) -> bool:
    """Whether a line says that what stands above goes on: "PHỤ LỤC I (tiếp theo)"."""
    text = clean(text)
    short = plain(text)
    found = _openings().match(short)
    end = found.end() if found else _misread(short)
    number = _MARKER.match(short, end) if end else None
    return _is_continued(text[number.end("marker") if number else end :])


def _attached(rest: str) -> bool:
    """Whether what follows says what it is attached to, and is no sentence that mentions it."""
    short = plain(rest)
    if rest.startswith("("):
        return True
    opens = re.match(r"(?:ban hanh )?kem theo|dinh kem", short)
    return bool(opens and re.search(r"\bso\b", short) and not re.search(r"\bnay\b", short))


def _is_title(rest: str) -> bool:
    """Whether it may be a title in small letters: begins with a capital, and is no list's entry."""
    return rest[:1].isupper() and rest[-1] not in ";.,"


def is_caption(line: TextLine) -> bool:
    """Whether the line begins a new appendix ("PHỤ LỤC II"); bears the usual OCR slips."""
    return _open(despeckled([line])[0].text) is not None


def last_caption(lines: Sequence[TextLine]) -> int | None:
    """Return where the last caption among the lines stands; None where there is none."""
    found = [n for n, line in enumerate(lines) if is_caption(line)]
    return found[-1] if found else None


def reference_start(text: str) -> int | None:
    """Return where in the cleaned text a reference begins: "(Kèm theo …"; None for none."""
    short = plain(text)
    alternatives = one_of("references").pattern
    found = re.search(rf"[(\[{{|/]\s*{alternatives}", short) or re.match(
        rf"\W{{0,2}}{alternatives}", short
    )
    return found.start() if found else None


def split_reference(texts: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """Return lines before the reference, the reference on one line, and lines after it."""
    starts = ((n, start) for n, t in enumerate(texts) if (start := reference_start(t)) is not None)
    first, start = next(starts, (len(texts), 0))
    if first == len(texts):
        return list(texts), "", []
    run = [clean(texts[first])[start:]]
    for text in texts[first + 1 : first + _REFERENCE_LINES]:
        if ")" in run[-1] or _names_issuer(joined(run)):
            break
        run.append(text)
    before = [*texts[:first], clean(texts[first])[:start].strip()]
    return [t for t in before if t], joined(run), list(texts[first + len(run) :])


def _names_issuer(text: str) -> bool:
    """Whether a reference that never closed its bracket already said whose it is."""
    place = r"(?:tinh|huyen|quan|xa|phuong|tran|pho)\s+\w+\s+\w+"
    return bool(re.search(rf"cua\s.*{place}", plain(text)))


def _title(texts: Sequence[str]) -> str:
    return joined(texts[:_TITLE_LINES])


def parse_caption(lines: Sequence[TextLine]) -> Caption:
    """Return marker, title and reference from the lines over one appendix's first table.

    The last caption among them counts. The title is what stands between it and the reference, or
    after the reference where nothing stands between. Without a caption the title is the lines in
    capitals over the reference; without either all is "".
    """
    kept = useful(despeckled(lines))
    at = last_caption(kept)
    if at is None:
        return _uncaptioned(kept)
    opening = _open(kept[at].text) or _Opening("", "")
    texts = [t for t in (opening.rest, *(text_of(line) for line in kept[at + 1 :])) if t]
    before, reference, after = split_reference(texts)
    if not reference:
        before = _first_title(before)
    elif not before:
        before = _first_title(after)
    return Caption(opening.marker, _title(before), reference)


def _first_title(texts: Sequence[str]) -> list[str]:
    """Return a title's lines where nothing ends it: capitals, or what runs on in lower case."""
    run = list(texts[:1])
    for text in texts[1:]:
        if not (is_upper(text) if is_upper(run[0]) else text[:1].islower()):
            break
        run.append(text)
    return run


def _uncaptioned(kept: Sequence[TextLine]) -> Caption:
    before, reference, _ = split_reference([text_of(line) for line in kept])
    if not reference:
        return Caption("", "", "")
    run: list[str] = []
    for text in reversed(before):
        if not is_upper(text) or len(run) == _TITLE_LINES:
            break
        run.insert(0, text)
    if not run and not reference.startswith(_BRACKETS):
        return Caption("", "", "")  # a citation within the text of a letter
    return Caption("", joined(run), reference)
