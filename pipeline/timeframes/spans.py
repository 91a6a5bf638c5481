"""Stretches of time as a calendar knows them, with the year left open where none was printed."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

_NUMBERS = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4},
    **{"một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7},
    **{"bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12},
    # The same without tones, for cells that lost them.
    **{"mot": 1, "gieng": 1, "tu": 4, "bon": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
    **{"muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12},
}
_TO = re.compile(r"-|đến|den|tới|toi")
_YEARS = range(1990, 2100)
# The group that lists them, and the highest number that each may have.
_LISTS = {"days": ("ds", 31), "month": ("ms", 12), "quarter": ("qs", 4), "year": ("ys", 9999)}
FIRST_PARTS, LAST_PARTS = ("đầu", "dau"), ("cuối", "cuoi")
_LAST = 0  # stands for the last day of a month


class NoSuchTimeError(ValueError):
    """The printed time does not exist (31 February, quarter V), or ends before it begins."""


class Span(Struct, frozen=True):
    """From a first to a last day, each (year or None, month, day or 0 for the month's last).

    `named` is false for a bare "trong năm"; `part` is đầu, giữa or cuối where only a part of the
    stretch is meant; `more` tells that the list went on after a gap and only its first is here.
    """

    first: tuple[int | None, int, int]
    last: tuple[int | None, int, int]
    named: bool = True
    part: str = ""
    more: bool = False

    def resolve(self, plan_year: int | None) -> tuple[date, date] | None:
        """Return first and last day; None without any year; raises NoSuchTimeError.

        Where the year stands only at the end, a first day that would come after it lies in the
        year before ("từ tháng 10 đến tháng 3/2025").
        """
        end_year = self.last[0] or self.first[0] or plan_year
        if end_year is None:
            return None
        start_year = self.first[0] or end_year
        end = _day(end_year, *self.last[1:])
        start = _day(start_year, *self.first[1:])
        if start > end and self.first[0] is None and self.last[0] is not None:
            start = _day(start_year - 1, *self.first[1:])
        if start > end:
            raise NoSuchTimeError(f"{start} is after {end}")
        return start, end

    @property
    def year(self) -> int | None:
        """The year that was printed, if any."""
        return self.last[0] or self.first[0]


def between(first: Span, last: Span) -> Span:
    """Return the stretch from the start of one to the end of the other."""
    return replace(first, last=last.last, part="")


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS or not 1 <= month <= 12:
        raise NoSuchTimeError(f"{year}-{month}")
    length = calendar.monthrange(year, month)[1]
    if not 0 <= day <= length:
        raise NoSuchTimeError(f"{year}-{month}-{day}")
    return date(year, month, day or length)


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)


def _number(word: str) -> int:
    """Return the number that digits, a Roman numeral or a Vietnamese word mean; -1 for none."""
    return int(word) if word.isdecimal() else _NUMBERS.get(word, -1)


def _listed(text: str, most: int) -> tuple[int, int, bool]:
    """Return first and last of a list or range, and whether it went on after a gap.

    Raises NoSuchTimeError where a number is none or above `most`.
    """
    words = re.findall(r"\d+|\b[ivx]+\b", text)
    numbers = [_number(word) for word in words]
    if not all(1 <= number <= most for number in numbers):
        raise NoSuchTimeError(text)
    if len(numbers) == 2 and _TO.search(text):
        return numbers[0], numbers[1], False
    run = numbers[:1]
    for number in numbers[1:]:
        if number != run[-1] + 1:
            return run[0], run[-1], True
        run.append(number)
    return run[0], run[-1], False


def _quarter(number: int) -> tuple[int, int]:
    """Return first and last month of a quarter."""
    if not 1 <= number <= 4:
        raise NoSuchTimeError(f"quarter {number}")
    return 3 * number - 2, 3 * number


def _part_of(groups: Mapping[str, str], year: int | None) -> Span:
    if groups.get("m"):
        first = last = _number(groups["m"])
    elif groups.get("q"):
        first, last = _quarter(_number(groups["q"]))
    else:
        first, last = 1, 12
    return Span((year, first, 1), (year, last, _LAST), part=groups["part"])


def _months_of_year(groups: Mapping[str, str], year: int | None) -> Span:
    count = _number(groups.get("n") or "6")
    if not 1 <= count <= 12:
        raise NoSuchTimeError(f"{count} months")
    if groups.get("part") not in LAST_PARTS:
        return Span((year, 1, 1), (year, count, _LAST))
    return Span((year, 13 - count, 1), (year, 12, _LAST))


def _part_of_month(groups: Mapping[str, str], year: int | None) -> Span:
    """Return the first or last days of a month; half a month is its first 15 days, or the rest."""
    month, count = _number(groups["m"]), int(groups.get("n") or 15)
    if groups["part"] in FIRST_PARTS:
        return Span((year, month, 1), (year, month, count))
    first = 16 if "n" not in groups else _day(year or 2023, month, _LAST).day - count + 1
    return Span((year, month, first), (year, month, _LAST))


def _month_of_quarter(groups: Mapping[str, str], year: int | None) -> Span:
    first, last = _quarter(_number(groups["q"]))
    places = dict.fromkeys((*FIRST_PARTS, "nhất", "nhat"), first) | dict.fromkeys(LAST_PARTS, last)
    month = places.get(groups["part"], last if groups["part"] == "ba" else first + 1)
    return Span((year, month, 1), (year, month, _LAST))


def _year_of(groups: Mapping[str, str]) -> int | None:
    if groups.get("yy"):
        return 2000 + int(groups["yy"])
    return int(groups["y"]) if groups.get("y") else None


_PARTS: dict[str, Callable[[Mapping[str, str], int | None], Span]] = {
    "part": _part_of,
    "part_of_month": _part_of_month,
    "month_of_quarter": _month_of_quarter,
    "months_of_year": _months_of_year,
}


def make_span(unit: str, groups: Mapping[str, str]) -> Span:
    """Return the span that the groups of a matched row mean; `unit` is the row's.

    Raises NoSuchTimeError for a quarter V or a list that means nothing; days are only checked by
    `Span.resolve`, since 29 February needs its year.
    """
    year = _year_of(groups)
    if unit in _PARTS:
        return _PARTS[unit](groups, year)
    if unit == "day":
        day = (year, _number(groups["m"]), _number(groups["d"]))
        if day[2] == 0:
            raise NoSuchTimeError("day 0")
        return Span(day, day)
    if unit == "year" and not groups.get("ys"):
        return Span((None, 1, 1), (None, 12, _LAST), named=False)
    return _from_list(unit, groups, year)


def _from_list(unit: str, groups: Mapping[str, str], year: int | None) -> Span:
    if groups.get("name"):
        number = _number(groups["name"])
        if unit == "quarter":
            months = _quarter(number)
            return Span((year, months[0], 1), (year, months[1], _LAST))
        return Span((year, number, 1), (year, number, _LAST))
    group, most = _LISTS[unit]
    first, last, more = _listed(groups[group], most)
    if unit == "days":
        month = _number(groups["m"])
        return Span((year, month, first), (year, month, last), more=more)
    if unit == "year":
        return Span((first, 1, 1), (last, 12, _LAST), more=more)
    # The year of a range that runs over the turn of the year is that of its end.
    start_year = None if first > last else year
    if unit == "quarter":
        first, last = _quarter(first)[0], _quarter(last)[1]
    return Span((start_year, first, 1), (year, last, _LAST), more=more)
