"""For which year a plan is, and for which period: from its titles."""

import re
from collections.abc import Sequence

from pipeline.language.text import plain
from pipeline.titles.fields import digits

_YEAR = re.compile(r"(?<!/)\bnam\s*(?:hoc\s*)?((?:19|2[0o])\s?[\dol]{2})\b")
_DATED = re.compile(r"ngay\W*\d{0,2}\W*thang\W*\d{0,2}\W*nam\s*\d{4}")
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–—]|den(?:\s+(?:het\s+)?nam)?)\s*((?:19|20)\d\d)\b")
# "đến năm 2030", "tầm nhìn đến hết năm 2045": where a period ends, and no year of a plan.
_UNTIL = re.compile(r"\b(?:den|toi)\s+(?:het\s+|cuoi\s+)?(?:nam\s+)?((?:19|20)\d\d)\b")
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
        named = _YEAR.findall(_UNTIL.sub("", _SPAN.sub("", short)))
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


def plan_period(titles: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the first and the last year of the period that the plan is for, each None where the
    titles do not name it: "GIAI ĐOẠN 2026-2030" both, "ĐẾN NĂM 2030" the last."""
    for title in titles:
        short = _DATED.sub("", plain(title))
        if found := _SPAN.search(short):
            first, last = sorted((int(found[1]), int(found[2])))
            return first, last
        since, until = _SINCE.search(short), _UNTIL.search(short)
        if since or until:
            return (int(since[1]) if since else None), (int(until[1]) if until else None)
    return None, None
