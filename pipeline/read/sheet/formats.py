"""Numbers and dates as a spreadsheet shows them, from their values and their number formats.

Only what plans hold is followed: dates, whole and decimal numbers, thousands, percent, and words
around them. Any other format shows the plain number.
"""

import re
from datetime import date, datetime, time

# What stands in a format beside its digits: colours, conditions, words, fill, room for a bracket.
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_NUMBER = re.compile(r"[#0?,]*[#0?](?:\.[#0?]+)?|\.[#0?]+")
_DATE = re.compile(r"d{1,4}|m{1,5}|y{2,4}|h{1,2}|s{1,2}|am/pm|\"[^\"]*\"|\\.|.", re.IGNORECASE)
# The formats that follow the system's locale, and how Vietnamese Windows shows them.
_OF_THE_SYSTEM = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy h:mm"}
_MOST_DIGITS = 11  # of a number in no format
_LONGEST_FORMAT = 255


def shown(value: object, form: str) -> str:
    """Return what a cell with this value and number format shows."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() | date() | time():
            return _date(value, form)
        case int() | float():
            return _number(value, form[:_LONGEST_FORMAT])
        case _:
            return str(value)


def _date(value: datetime | date | time, form: str) -> str:
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    form = _BRACKETS.sub("", _OF_THE_SYSTEM.get(form, form)).split(";")[0]
    if re.search("mmm", form, re.IGNORECASE) or not re.search("[dmyhs]", form, re.IGNORECASE):
        # "May-24" is what Excel makes of "5/2024" where it is typed: the number says the same.
        form = "mm/yyyy" if re.fullmatch("[^d]*m[^d]*", form, re.IGNORECASE) else "dd/mm/yyyy"
    parts = []
    after_hour = False
    for token in _DATE.findall(form):
        kind = token[0].lower()
        minute = kind == "m" and after_hour
        parts.append(_part(token, value, minute=minute))
        if kind.isalpha():
            after_hour = kind == "h"
    return "".join(parts).strip()


def _part(token: str, value: datetime | date, *, minute: bool) -> str:
    kind, length = token[0].lower(), len(token)
    clock = value if isinstance(value, datetime) else datetime.combine(value, time())
    if kind in ('"', "\\"):
        return token[1:].removesuffix('"')
    numbers = {"d": value.day, "m": value.month, "h": clock.hour, "s": clock.second}
    if minute:
        return f"{clock.minute:02d}"
    if kind == "y":
        return f"{value.year % 100:02d}" if length == 2 else str(value.year)
    if kind in numbers:
        weekday = kind == "d" and length > 2
        return "" if weekday else f"{numbers[kind]:0{min(length, 2)}d}"
    return "" if token.lower() == "am/pm" else token


def _number(value: float, form: str) -> str:
    sections = form.split(";")
    negative = value < 0 and len(sections) > 1
    section = _BRACKETS.sub("", sections[1] if negative else sections[0])
    plain = _LITERAL.sub(lambda found: "\0" * len(found[0]), section)
    digits = _NUMBER.search(plain)
    if digits is None or "E" in plain.upper() or "/" in plain:
        return _general(value)
    size = abs(value) if negative else value
    if "%" in plain:
        size *= 100
    before, after = section[: digits.start()], section[digits.end() :]
    return (_words(before) + _digits(size, digits[0]) + _words(after)).strip()


def _words(text: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", text)


def _digits(value: float, form: str) -> str:
    whole, _, decimals = form.partition(".")
    text = f"{abs(value):,.{len(decimals)}f}"
    if "," not in whole:
        text = text.replace(",", "")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    text = text.rstrip(".")
    head, dot, tail = text.partition(".")
    head = head.zfill(whole.count("0"))
    return f"{'-' if value < 0 else ''}{head}{dot}{tail}"


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    return f"{value:.{_MOST_DIGITS - 1}g}"
