"""Dates as computers write them, times of day, years told by another: made plain first."""

import re

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MIDNIGHT = r"(?:[ t]+\d{1,2}:\d{2}(?::\d{2})?)?"
_ISO = re.compile(rf"(?<![\d/-])((?:19|20)\d\d)-(\d{{1,2}})-(\d{{1,2}}){_MIDNIGHT}(?![\d/-])")
_WITH_TIME = re.compile(
    r"(\d{1,2}/\d{1,2}/\d{4})[ t]+\d{1,2}:\d{2}(?::\d{2})?(?!\d)", re.IGNORECASE
)
_NAMED = re.compile(rf"(?<!\w)(\d{{1,2}})-({'|'.join(_MONTHS)})-((?:20)?\d\d)(?!\w)", re.IGNORECASE)

# An hour without minutes may be so long; with a day behind it, or as "8h", it is a time.
_MINUTES = r"\s*\d{1,2}\s*(?:phút|ph|p|')?"
_CLOCK = (
    rf"(?<![\d/])\d{{1,2}}(?::\d{{2}}|\s*(?:giờ|h|g){_MINUTES}|[hg]|\s*giờ(?=[\s,]*ngày))(?![\w/])"
)
_TO = r"\s*(?:-|–|đến|tới)\s*"
_TIME_OF_DAY = re.compile(
    rf"(?:(?:từ|lúc|vào lúc|bắt đầu từ|khoảng)\s+)?{_CLOCK}(?:{_TO}{_CLOCK})?(?:\s*[,;]\s*)?",
    re.IGNORECASE,
)
# "Trong 24 giờ", "sau 8h": so long, and not at that time.
_DURATION = re.compile(
    r"(?<!\w)(?:trong|vòng|quá|sau|hạn)\s+\d{1,2}\s*(?:giờ|h)(?!\w|\s*\d)", re.IGNORECASE
)
_PART_OF_DAY = re.compile(
    r"(?<!\w)(?:buổi\s+)?(?:sáng|trưa|chiều|tối)[\s,:]+(?=(?:ngày\s+)?\d{1,2}[/-]|ngày\s)",
    re.IGNORECASE,
)
_PART_ALONE = re.compile(r"(?:buổi\s+|cả\s+)?(?:sáng|trưa|chiều|tối)", re.IGNORECASE)

_BEFORE = r"năm\s+(?:trước\s+liền\s+kề|liền\s+kề\s+trước(?:\s+đó)?|trước)"
_AFTER = r"năm\s+(?:liền\s+kề(?:\s+sau)?|sau(?:\s+liền\s+kề)?|kế\s+tiếp|tiếp\s+theo)"
_OTHER_YEAR = re.compile(
    rf"(\d{{1,2}}/\d{{1,2}})\s*,?\s*(?:của\s+)?(?:({_BEFORE})|({_AFTER}))(?!\w)", re.IGNORECASE
)


def plain_form(text: str, year: int | None) -> str:
    """Return the text with dates as offices write them, and without times of day beside dates.

    "31/01 năm liền kề" is of the year after the plan's, "31/12 năm trước" of the one before; where
    the plan's year is not known no year is put there.
    """
    text = _ISO.sub(lambda m: f"{int(m[3])}/{int(m[2])}/{m[1]}", text)
    text = _WITH_TIME.sub(r"\1", text)
    text = _NAMED.sub(lambda m: f"{m[1]}/{_MONTHS[m[2].lower()]}/{_century(m[3])}", text)
    text = _OTHER_YEAR.sub(lambda m: _dated(m, year), text)
    if _DURATION.search(text):
        return text
    without = _PART_OF_DAY.sub("", _TIME_OF_DAY.sub("", text))
    return without if any(char.isdigit() for char in without) else text


def is_time_of_day(text: str) -> bool:
    """Whether a cell says nothing but a time of day: "8h00 - 8h30", "Sáng"."""
    rest, times = _TIME_OF_DAY.subn("", text)
    rest = rest.strip(" .,;:-–")
    return (times > 0 and not rest) or _PART_ALONE.fullmatch(rest) is not None


def _century(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _dated(match: re.Match[str], year: int | None) -> str:
    if year is None:
        return match[1]
    other = year - 1 if match[2] else year + 1
    return f"{match[1]}/{other}"
