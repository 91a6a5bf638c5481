"""Printed lines into running text: wraps become spaces, broken tokens grow together again."""

import re
from collections.abc import Sequence

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
_HEAD = re.compile(r"[\dIVX][\dIVX/.\-]*[a-z]?(/[A-ZĐ\d/-]*)?")
# After these a line may break within what is written without a space: "KH-|UBND", "thôn/|khu".
_OPEN_END = re.compile(r"(?<=[^\s\-/])[-/]$")


def joins_without_space(before: str, after: str, *, whole_line: bool = True) -> bool:
    """Whether two printed lines meet within one token.

    `whole_line` says that `before` is all of its line, so that "31/10/20" may be half a token.
    """
    head, tail = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
    if not head or not tail:
        return False
    if _OPEN_END.search(head) and tail[0].isalnum():
        return True
    if " " in before.strip() or not whole_line:
        return False
    tail = tail.rstrip(".,;")
    return bool(
        _HEAD.fullmatch(head)
        and re.fullmatch(r"[\dIVX/A-ZĐ\-a-z]+", tail)
        and _WHOLE.fullmatch(head + tail)
    )


def unwrap(lines: Sequence[TextLine]) -> str:
    """Return the lines as one running text."""
    text = ""
    for i, line in enumerate(lines):
        if not text:
            text = line.text
        elif joins_without_space(lines[i - 1].text, line.text):
            text += line.text
        else:
            text += " " + line.text
    return text
