"""What OCR does to a time beyond its letters: dirt between words, a digit read twice at a line's
end."""

import re
from collections.abc import Iterator

# "10/202" and "6" beneath: of the first line's last digit Tesseract makes two, or another.
_CUT_YEAR = re.compile(r"(?<=\d/)(2\d{3})\n(\d)(?=[.;,]?(?:\n|$))")
_YEARS_AROUND = 2  # a plan's times lie in its year, or so many years from it

_SIGNS = r"[\\#„“”\"'«»|~*^°¬{}\[\]<>]+"
_DIRT = re.compile(rf"(?<!\w){_SIGNS}|{_SIGNS}(?!\w)")
# Marks that part neither numbers nor phrases: behind a word of letters, before one, by themselves.
_MARKS = re.compile(
    r"(?<=[^\W\d_])[.,:]+/*(?=\s?\w)|(?<=\s)[.,:]+(?=\w)|(?<=-)[.,:/\s]+(?=\d)|(?<=\s)[.,:]+(?=\s)"
)
_BEHIND = re.compile(r"(?<!\w)(ngày|tháng|năm|đến|từ|trước)\s?[/-]\s?(?=\w)")
# Letters by themselves that are no numeral, nor short for anything.
_LONE_LETTER = re.compile(r"(?<![^\s-])[^\W\d_ivxlhmtq](?!\S)")


def with_whole_years(raw: str, year: int | None) -> str:
    """Return the text with a year put together of which a narrow column cut off the last digit.

    "04/10/2202" above "6" is 04/10/2026 in a plan of 2026: the only year about the plan's whose
    first three digits are among the four of the first line, in their order.
    """
    if year is None or "\n" not in raw:
        return raw
    return _CUT_YEAR.sub(lambda match: _whole_year(match, year), raw)


def _whole_year(match: re.Match[str], year: int) -> str:
    near = range(year - _YEARS_AROUND, year + _YEARS_AROUND + 1)
    fits = {f"{decade}{match[2]}" for decade in _with_a_digit_less(match[1])}
    years = [str(one) for one in near if str(one) in fits]
    return years[0] if len(years) == 1 else match[0]


def _with_a_digit_less(digits: str) -> Iterator[str]:
    for at in range(len(digits)):
        yield digits[:at] + digits[at + 1 :]


def without_dirt(text: str) -> str:
    """Return folded text without marks and letters that dirt makes between words.

    Marks between numbers and semicolons stay, for they may part a list or two phrases.
    """
    text = _LONE_LETTER.sub(" ", _DIRT.sub(" ", text))
    text = _MARKS.sub(lambda match: "" if match[0][-1:].isspace() else " ", text)
    return " ".join(_BEHIND.sub(r"\1 ", text).split())
