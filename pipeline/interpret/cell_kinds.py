"""What a cell of a table holds: a number, a mark, a person, a sentence, something to be done."""

import re
from functools import cache
from typing import Any

from pipeline.knowledge import load_yaml
from pipeline.language.list_signs import without_bullet
from pipeline.language.markers import split_marker
from pipeline.language.text import fold

_FEWEST_WORDS = 5  # of a sentence; names of things and places are shorter
_LONGEST_NAME = 6  # syllables
# "1.234,5", "12 %", "3/5", "(1.234)", "12-15"; a unit of `units_of_numbers` may follow.
_NUMBER = re.compile(r"[+\-–~≥≤<>=(]*\s*\d[\d\s.,/:%‰)(+\-–]*")
# "QĐ-01", "1234/QĐ-UBND", "A1.2", "VL-07"
_CODE = re.compile(r"[A-ZĐ\d][A-ZĐ\d.\-–/_]*\d[A-ZĐ\d.\-–/_]*|[A-ZĐ]{1,6}")
_CLOCK = re.compile(
    r"\d{1,2}\s*(h|giờ|g|:)\s*(\d{2}|\d{1,2}\s*(phút|')?)?(?![\w/])|\b(sáng|chiều|tối)\b"
)
# "4 giờ", "0,5 ngày làm việc", "5 năm": how long a step takes, or an office is held
_DURATION = re.compile(r"\d+([.,]\d+)?\s*(giờ|ngày|tháng|năm)(\s*làm việc)?")


@cache
def table_words() -> dict[str, Any]:
    """Return the words of `knowledge/table_kinds.yaml`, lists as folded frozen sets."""
    words: dict[str, Any] = load_yaml("table_kinds.yaml")
    return {
        name: frozenset(map(fold, value)) if isinstance(value, list) else value
        for name, value in words.items()
    }


def is_number(text: str) -> bool:
    """Whether a cell is a number, a share or an amount, and nothing else: "1.500 đồng"."""
    folded = fold(text)
    found = _NUMBER.match(folded)
    rest = folded[found.end() :] if found else folded
    return found is not None and (not rest or rest in table_words()["units_of_numbers"])


def is_code(text: str) -> bool:
    """Whether a cell is one token that means something only elsewhere: "VL-07"."""
    return bool(_CODE.fullmatch(text.strip()))


def is_mark(text: str) -> bool:
    """Whether a cell is a mark, a grade, a yes or a no, or signs alone."""
    folded = fold(text).strip(" .")
    return folded in table_words()["marks"] or not any(c.isalnum() for c in folded)


def is_person(text: str) -> bool:
    """Whether a cell is the name of one person, perhaps with a title before it."""
    words = text.replace("\n", " ").split()
    titled = False
    while words and fold(words[0]).rstrip(".") in table_words()["titles_of_persons"]:
        words, titled = words[1:], True
    if len(words) > 2 and fold(" ".join(words[:2])) in table_words()["titles_of_persons"]:
        words, titled = words[2:], True
    named = bool(words) and fold(words[0]) in table_words()["family_names"]
    proper = all(word[:1].isupper() and word.replace("-", "").isalpha() for word in words)
    return proper and 1 < len(words) <= _LONGEST_NAME and (named or titled)


def is_prose(text: str) -> bool:
    """Whether a cell holds a sentence or at least a long phrase."""
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    return len(words) >= _FEWEST_WORDS


def is_duty(text: str) -> bool:
    """Whether a cell tells somebody to do something: a line or clause begins with such a verb."""
    clauses = re.split(r"\n|[:;]\s", text)
    return any(_begins_with_verb(clause) for clause in clauses)


def _begins_with_verb(clause: str) -> bool:
    _, rest = split_marker(without_bullet(clause.strip()))
    words = fold(rest).replace(",", " ").split()
    verbs = table_words()["duty_verbs"]
    return len(words) > 1 and (words[0] in verbs or " ".join(words[:2]) in verbs)


def is_time_of_day(text: str) -> bool:
    """Whether a cell says a time of day: "8h00", "14 giờ 30 phút", "Sáng"."""
    return _CLOCK.search(fold(text)) is not None


def is_duration(text: str) -> bool:
    """Whether a cell says how long something takes, in hours, days, years; not when it is due."""
    return _DURATION.fullmatch(fold(text)) is not None


def says_no_task(text: str) -> bool:
    """Whether a cell cannot be something to be done: a number, a code, a mark, a person."""
    return is_number(text) or is_mark(text) or is_code(text) or is_person(text)
