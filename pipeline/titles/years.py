"""For which year a plan is, and for which period: from its titles."""

import re
from collections.abc import Sequence

from pipeline.language.text import plain
from pipeline.titles.fields import digits

_YEAR = re.compile(r"(?<!/)\bnam\s*(?:hoc\s*)?((?:19|2[0o])\s?[\dol]{2})\b")
_DATED = re.compile(r"ngay\W*\d{0,2}\W*thang\W*\d{0,2}\W*nam\s*\d{4}")
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–—]|den(?:\s+(?:het\s+)?nam)?)\s*((?:19|20)\d\d)\b")
# "đến năm 2030", "tầm nhìn đến hết năm 2045": where a period ends, and no year of a plan.
_UNTIL = re.compile(
    r"\b(?:den|toi)\s+(?:het\s+|cuoi\s+)?(?:nam\s+)?((?:19|20)\d\d)\b(?:\s+va\s+nam\s+((?:19|20)\d\d)\b)?"
)
# "định hướng đến năm 2030": how far the plan looks beyond the period that it is for.
_BEYOND = re.compile(
    r"\b(?:dinh\s+huong|tam\s+nhin)(?:\s+(?:den|toi|het|cuoi|nam|giai\s+doan))*\s+((?:19|20)\d\d)\b"
)
_SINCE = re.compile(r"\btu\s+(?:dau\s+)?nam\s+((?:19|20)\d\d)\b")


def plan_year(titles: Sequence[str], issued: int | None) -> tuple[int | None, list[str]]:
    """Return the year that the plan is for, and flags.

    The first title that names a year decides; of several years the year of issue or the one after
    it, else the first. A range ("GIAI ĐOẠN 2021 - 2025") gives the year of issue where it lies
    within, else its first. The end of a period ("ĐẾN NĂM 2030") is no year of the plan. Without
    any the year of issue.
    """
    for title in titles:
        short = _DATED.sub("", plain(title))
        named = _YEAR.findall(_UNTIL.sub("", _BEYOND.sub("", _SPAN.sub("", short))))
        years = list(dict.fromkeys(int(digits(year)) for year in named))
        if len(years) == 1:
            return years[0], []
        if years:
            near = [y for y in (issued, issued + 1 if issued else None) if y in years]
            return near[0] if near else years[0], ["year_ambiguous"]
        if found := _SPAN.search(short):
            first, last = int(found[1]), int(found[2])
            inside = issued is not None and first <= issued <= last
            return issued if inside else first, ["year_from_range"]
    return issued, []


def plan_period(titles: Sequence[str]) -> tuple[int | None, int | None, list[str]]:
    """Return the first and the last year of the period that the plan is for, each None where the
    titles do not name it, and flags: "GIAI ĐOẠN 2026-2030" both, "ĐẾN NĂM 2030" the last.

    "ĐẾN NĂM 2025, ĐỊNH HƯỚNG ĐẾN NĂM 2030" sets its targets for 2025: the first end counts.
    """
    for title in titles:
        short = _DATED.sub("", plain(title))
        beyond = _years_of(_BEYOND, short)
        within = _BEYOND.sub("", short)
        span, since = _SPAN.search(within), _SINCE.search(within)
        first, last = sorted(map(int, span.groups())) if span else (None, None)
        ends = [last] if last else []
        ends += [*_years_of(_UNTIL, _SPAN.sub("", within)), *beyond]
        if since and first is None:
            first = int(since[1])
        if first or ends:
            doubtful = bool(beyond) or len(set(ends)) > 1
            return first, (ends[0] if ends else None), ["period_ambiguous"] * doubtful
    return None, None, []


def _years_of(pattern: re.Pattern[str], text: str) -> list[int]:
    """All years that a pattern finds, in order."""
    return [int(year) for found in pattern.finditer(text) for year in found.groups() if year]
