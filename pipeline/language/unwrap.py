"""Printed lines into running text: wraps become spaces, broken tokens grow together again."""

import itertools
import re
from collections.abc import Sequence

from pipeline.language.syllables import is_syllable
from schemas.page import TextLine

# A word processor breaks within a token only where it is too long for the cell, and then the
# token's head has the line to itself. What these patterns match whole is one token.
_WHOLE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}"  # 31/10/2024
    r"|(\d{1,2}|[IVX]{1,4})/\d{4}"  # 9/2024, III/2024
    r"|\d{4}\s?-\s?\d{4}"
    r"|\d{4}"
    r"|[IVX]{2,6}[.)]?"
    r"|\d{1,4}[a-z]?/(\d{4}/)?[A-ZĐ]{1,5}(-[A-ZĐa-z&]{2,10})*"  # 61/2018/NĐ-CP
)
_PART_OF_DATE = re.compile(r"\d{1,2}/\d\|\d/\d{4}")  # 30/1|1/2026: each half means nothing
_HEAD = re.compile(r"[\dIVX][\dIVX/.\-]*[a-z]?(/[A-ZĐ\d/-]*)?")
# After these a line may break within what is written without a space: "KH-|UBND", "thôn/|khu".
_OPEN_END = re.compile(r"(?<=[^\s\-/])[-/]$")


# A narrow column cuts within words and numbers: "Thườn|g", "58.73|0", "ST|T".
_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?%?|\d+,\d+%?|\d+%")
_DATE_SO_FAR = re.compile(r"\d{1,2}/\d{1,2}/\d{1,4}|\d{4}-\d{0,4}")  # "31/1|2/20|26"
_NUMBER_SO_FAR = re.compile(r"\d{2,3}(\.\d{3})*\.\d{1,2}")  # "68.|03|9"
# "154/K|H-", "12/QĐ|-UBND", "QCVN 01-1:2018/B|YT"
_CODE_CUT = re.compile(
    r"\d{1,4}[a-z]?/[A-ZĐ]{1,5}\|([A-ZĐ]{0,3}-[A-ZĐ&a-z]*|[A-ZĐ])"
    r"|\S*\d{4}/[A-ZĐ]\|[A-ZĐ]{1,5}"
)
_NUMBER_COLUMN = frozenset({"ST", "STT", "TT"})
_ALMOST = 1.3  # letters by which a line may be shorter than the widest and fill the cell
_BEHIND = ";,:!?)%"  # before these nobody writes a space
_MARGINS = 12.0  # points, both sides of a cell


def joins_without_space(before: str, after: str) -> bool:
    """Whether two printed lines meet within one token: "31/10/20" alone on its line, and "24"."""
    head, tail = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
    if not head or not tail:
        return False
    if _OPEN_END.search(head) and tail[0].isalnum():
        return True
    if _PART_OF_DATE.fullmatch(f"{head}|{tail.rstrip('.,;')}"):
        return True
    if " " in before.strip():
        return False
    tail = tail.rstrip(".,;")
    return bool(
        _HEAD.fullmatch(head)
        and re.fullmatch(r"[\dIVX/A-ZĐ\-a-z]+", tail)
        and _WHOLE.fullmatch(head + tail)
    )


def unwrap(lines: Sequence[TextLine], room: float | None = None) -> str:
    """Return the lines as one running text; `room` is the width of their cell, if known."""
    if len(lines) == 1:  # as most are
        return lines[0].text
    text = before = ""
    for line in whole_words(lines, room):
        if not text:
            text = line
        elif joins_without_space(before, line):
            text += line
        else:
            text += " " + line
        before = line
    return text


def whole_words(lines: Sequence[TextLine], room: float | None = None) -> list[str]:
    """Return the texts of printed lines, with words that a narrow column cut within made whole.

    A word is cut where it alone is longer than its line: then it has the line to itself and fills
    it. `room` as in `unwrap`: of digits that stand one below the other, it tells the two halves of
    "10" from two numbers.
    """
    if len(lines) < 2:
        return [line.text for line in lines]
    widest = max(line.box.width for line in lines)
    texts = [lines[0].text]
    for above, line in itertools.pairwise(lines):
        before = texts[-1]
        tail, _, rest = line.text.partition(" ")
        letter = above.box.width / max(1, len(above.text))
        fills = above.box.width > widest - _ALMOST * letter
        narrow = room is not None and room < 2 * letter + _MARGINS
        if tail[:1] in _BEHIND or (" " not in before and fills and _cut(before, tail, narrow)):
            texts[-1] += tail
            if rest:
                texts.append(rest)
        else:
            texts.append(line.text)
    return texts


def _cut(head: str, tail: str, narrow: bool) -> bool:
    """Whether two tokens are halves of one word or number, neither of which stands by itself."""
    if head.isdecimal() and tail.isdecimal():
        return narrow and len(tail) == 1
    if head[-1:].isdecimal() or head.replace(".", "").isdecimal():
        return _is_cut_number(head, tail)
    core = tail.rstrip(".,;:)")
    if _CODE_CUT.fullmatch(f"{head}|{core}"):
        return True
    if not core.islower() and not (core.isupper() and head.isupper()):
        return False
    if head + core in _NUMBER_COLUMN:
        return True
    word = head.lstrip("(") + core
    return is_syllable(word) and not (is_syllable(head.lstrip("(")) and is_syllable(core))


def _is_cut_number(head: str, tail: str) -> bool:
    """Whether what begins like a number, a date or a span of years goes on in the next line."""
    if head.endswith("."):  # "10." and "11." are two numbers of a list
        patterns, whole = (_NUMBER, _NUMBER_SO_FAR), head + tail
    else:
        patterns, whole = (_NUMBER, _DATE_SO_FAR), head + tail.rstrip(".;,")
    return any(pattern.fullmatch(whole) for pattern in patterns)
