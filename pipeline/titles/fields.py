"""Number, symbol and date of issue, from a reference or a letterhead; blanks stay null."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from pipeline.language.text import clean, plain
from pipeline.titles.words import words
from schemas.page import TextLine
from schemas.plan import IssuedOn

# A blank to be filled in by hand: spaces, dots, underscores, and specks that OCR made of them.
_BLANK = r"[\s.…_:;,'\"`~-]*"
_DIGIT = r"[\dol|!]"
_NUMBER = re.compile(
    rf"s[o0]\s*[:.;]?{_BLANK}(?:(?P<number>\d{_DIGIT}{{0,4}}|[l|!]\d{_DIGIT}{{0,3}})?\s*(?P<suffix>[a-d])?"
    # What was written by hand over the blank may be read as anything.
    rf"|(?P<unread>[^\s/()]{{1,6}}(?=\s*/\s*[a-z]{{1,6}}\s?[-–—])))"
    rf"{_BLANK}/\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    r"(?P<symbol>[a-z]{1,6}\d?(?:\s?[-–—.]\s?[a-z0-9&]{1,8}){0,3})"
)
# The party writes the kind before the stroke: "Số: 20-KH/HU".
_PARTY_NUMBER = re.compile(
    rf"s[o0]\s*[:.;]?\s*(?P<number>\d{_DIGIT}{{0,3}})?[\s.…_]*[-–]\s*(?P<symbol>(?:kh|ctr|qd|nq|ct|tb|bc|cv|hd)\s*/\s*"
    r"[a-z]{2,8})"
)
# "Số", however it was read, with a number, a blank or a symbol behind it; "Sở" has a name there.
_NUMBER_LINE = re.compile(r"\W{0,4}s[o0]\s*(?:[:.;…_-]|\d|[^\W\d_]{0,4}\s*/)")
# Handwriting over the blank may be read as letters: "Sở Úq]s /CTr-UBND". No name has such a symbol.
_SYMBOL_AHEAD = re.compile(r"\W{0,4}s[o0](?!\w)[^/]{0,12}/\s*[a-z]{1,5}\s?[-–]\s?[a-z]{2,}")
_BEFORE_NUMBER = re.compile(r"(?<=\w)\s+(?=s[o0]\s*[:.;…_\d])")
_OFFICE_LINE = re.compile(r"\W{0,4}Sở\s+[^\W\d_]", re.IGNORECASE)
_OFFICE = 4  # letters of an office's short name; below it one letter is too much of it
_DAY = rf"(?P<day>{_DIGIT}{{1,2}})?"
_MONTH = rf"(?P<month>{_DIGIT}{{1,2}})?"
_YEAR = r"(?P<year>[12][\dol|]{3}|20\s[\dol|]{2})?"
_WORD_DAY = "nga[yvj]"
_DATES = (
    re.compile(
        rf"{_WORD_DAY}{_BLANK}(?:{_DAY}|[^\s/()]{{1,4}}){_BLANK}/{_BLANK}{_MONTH}{_BLANK}/{_BLANK}{_YEAR}"
    ),
    re.compile(
        rf"{_WORD_DAY}{_BLANK}(?:{_DAY}|[^\s/()]{{1,4}}){_BLANK}th[a-z]ng{_BLANK}{_MONTH}"
        rf"{_BLANK}n[a-z]{{1,3}}{_BLANK}{_YEAR}"
    ),
    re.compile(r"ngay\s*(?P<day>\d{1,2})\s*[-.]\s*(?P<month>\d{1,2})\s*[-.]\s*(?P<year>20\d\d)"),
    re.compile(r"ngay\s*(?P<month>\d{1,2})\s*/\s*(?P<year>20\d\d)"),
)
_PLACE = re.compile(r"\W{0,3}(?:tp\.?\s*)?[a-z'][a-z' .-]{1,30},\s*(?=nga[yvj])")
_YEARS = range(1990, 2100)
_OVERLAY = re.compile(r"\W*(\d{1,4}[a-d]?)\W*")


class DocumentNumber(Struct, frozen=True):
    """The number of a document: digits or "", its symbol, and what should be known of them."""

    number: str
    symbol: str
    flags: tuple[str, ...] = ()


def digits(text: str) -> str:
    """Return a number as read with its misread digits put right: 2O2l as 2021."""
    return text.replace(" ", "").translate(str.maketrans("ol|!", "0111"))


def _symbol(printed: str) -> tuple[str, bool]:
    """Return the symbol in its usual spelling, and whether a letter of it was put right.

    One that is not known stays as printed: KH-PTP is no misread KH-STP.
    """
    shown = re.sub(r"\s*[-–—]\s*", "-", printed).strip(" .-")
    key = plain(shown).replace(".", "-")
    known: dict[str, str] = {plain(symbol): symbol for symbol in words()["symbols"]}
    if key in known:
        return known[key], False
    joined = {s for k, s in known.items() if k.replace("-", "") == key}
    long = {k: s for k, s in known.items() if len(k.rpartition("-")[2]) >= _OFFICE}
    near = {s for k, s in long.items() if Levenshtein.distance(k, key, score_cutoff=1) <= 1}
    found = joined or near
    return (found.pop(), True) if len(found) == 1 else (shown, False)


def find_number(text: str) -> DocumentNumber | None:
    """Return the first number with a symbol that the text holds; None where there is none."""
    text = clean(text)
    short = plain(text)
    if party := _PARTY_NUMBER.search(short):
        symbol = re.sub(r"\s*/\s*", "/", text[slice(*party.span("symbol"))])
        printed = party["number"] or ""
        repaired = digits(printed) != printed
        return DocumentNumber(digits(printed), symbol, ("number_repaired",) * repaired)
    found = _NUMBER.search(short)
    if not found:
        return None
    printed = found["number"] or ""
    number = digits(printed)
    lettered = bool(printed and found["suffix"])
    symbol, mended = _symbol(text[slice(*found.span("symbol"))])
    flags = ["number_suffix"] * lettered + ["number_repaired"] * (number != printed or mended)
    return DocumentNumber(number, symbol, (*flags, *["number_unread"] * bool(found["unread"])))


def is_number_line(text: str) -> bool:
    """Whether a line of a letterhead is that of the number, however badly it was read.

    "Số" is not "Sở": what follows is a number, a blank, or a stroke and a symbol.
    """
    if _SYMBOL_AHEAD.match(plain(text)):
        return True
    return _NUMBER_LINE.match(plain(text)) is not None and not _OFFICE_LINE.match(clean(text))


def number_of_line(text: str) -> DocumentNumber | None:
    """Return the number that a line of a letterhead begins with; None for a line of the text,
    whose numbers are of other documents."""
    return find_number(text) if is_number_line(text) else None


def parted_at_number(text: str) -> tuple[str, str]:
    """Return what stands before the number on its line, and the number; ("", text) where nothing.

    A scan may join two lines of a letterhead: "SỞ NỘI VỤ Số: 12/KH-SNV".
    """
    text = clean(text)
    for found in _BEFORE_NUMBER.finditer(plain(text)):
        if number_of_line(text[found.end() :]) is not None:
            return text[: found.start()], text[found.end() :]
    return "", text


def find_date(text: str) -> IssuedOn | None:
    """Return the first date of the form "ngày … tháng … năm …", parts null where left blank.

    None where there is none. The parts may make no day: see `possible`.
    """
    short = plain(text)
    matches = [m for pattern in _DATES if (m := pattern.search(short))]
    if not matches:
        return None
    first = min(matches, key=lambda m: m.start())
    parts = {k: int(digits(v)) for k, v in first.groupdict().items() if v and v != "o"}
    on = IssuedOn(day=parts.get("day"), month=parts.get("month"), year=parts.get("year"))
    return None if on == IssuedOn() else on


def possible(on: IssuedOn) -> IssuedOn:
    """Return the date without the parts that cannot be."""
    year = on.year if on.year in _YEARS else None
    month = on.month if on.month and 1 <= on.month <= 12 else None
    try:
        date(year or 2000, month or 1, on.day or 1)
    except ValueError:
        return IssuedOn(month=month, year=year)
    return IssuedOn(day=on.day or None, month=month, year=year)


def letterhead_date(line: str) -> IssuedOn | None:
    """Return the date of "Lạng Sơn, ngày 12 tháng 5 năm 2024"; None for any other line."""
    short = plain(line)
    place = _PLACE.search(short)
    # The number may stand before it, where both halves of the letterhead were read as one line.
    if place and (place.start() == 0 or find_number(line)):
        return find_date(short[place.end() :])
    return (
        find_date(line)
        if re.match(r"\W{0,3}nga[yvj]\b.*\bn[a-z]{1,3}\b\W*(?:[\do]{1,4}\W*)?$", short)
        else None
    )


def overlaid(line: TextLine, lines: Sequence[TextLine]) -> list[str]:
    """Return numbers written over a line's blanks (each a line of its own), left to right."""
    _, middle = line.box.center
    over = [
        other
        for other in lines
        if other is not line
        and other.page == line.page
        and _OVERLAY.fullmatch(other.text)
        and line.box.x0 <= other.box.center[0] <= line.box.x1
        and abs(other.box.center[1] - middle) < line.box.height
    ]
    numbers = [_OVERLAY.fullmatch(o.text) for o in sorted(over, key=lambda o: o.box.x0)]
    return [n[1] for n in numbers if n]


def fill_date(on: IssuedOn, numbers: Sequence[str]) -> IssuedOn:
    """Return the date with its blank parts filled by numbers written over them, in order."""
    blanks = [part for part in ("day", "month") if getattr(on, part) is None]
    if len(blanks) != len(numbers) or not all(n.isdecimal() for n in numbers):
        return on
    return possible(on.model_copy(update=dict(zip(blanks, map(int, numbers), strict=True))))


def merged(dates: Sequence[IssuedOn]) -> tuple[IssuedOn, bool]:
    """Return the first date, its blanks filled from the others that agree; and if any disagreed."""
    whole = dates[0] if dates else IssuedOn()
    at_odds = False
    for other in dates[1:]:
        pairs = [(getattr(whole, p), getattr(other, p)) for p in ("day", "month", "year")]
        if any(a is not None and b is not None and a != b for a, b in pairs):
            at_odds = True
            continue
        day, month, year = (a if a is not None else b for a, b in pairs)
        whole = IssuedOn(day=day, month=month, year=year)
    return whole, at_odds
