"""Signs of lists: where a point begins, where a sentence ends, and where a text must go on.

The signs are data (`knowledge/list_signs.yaml`), so that a row that a page cuts joins alike
behind every one of them.
"""

import re
from functools import cache

from msgspec import Struct

from pipeline.knowledge import load_yaml

_SPECK = r"[.'`,]?"  # dust beside a sign


class _Signs(Struct, frozen=True):
    bullet: re.Pattern[str]
    bullet_within: re.Pattern[str]
    stopped: re.Pattern[str]
    stopped_or_comma: re.Pattern[str]
    open_end: re.Pattern[str]


@cache
def _signs() -> _Signs:
    lists: dict[str, list[str]] = load_yaml("list_signs.yaml")
    bullets = _one_of(lists["bullets"])
    bullets_as_read = _one_of([*lists["bullets"], *lists["misread_bullets"]])
    stops, closers = _one_of(lists["stops"]), _one_of(lists["closers"])
    stops_and_comma = _one_of([*lists["stops"], ","])
    joining = rf"{_one_of(lists['joining_signs'])}|\b(?:{'|'.join(lists['joining_words'])})"
    return _Signs(
        bullet=re.compile(
            rf"{_SPECK}{bullets_as_read}+{_SPECK}\s+(?=\S)"
            rf"|{_one_of(lists['tight_bullets'])}(?=[^\W_])"
            rf"|{_one_of(lists['letter_bullets'])}\s+(?=[^\W\d_a-zà-ỹđ])"
        ),
        bullet_within=re.compile(rf"\s{bullets}\s"),
        stopped=re.compile(rf"{stops}+{closers}*$"),
        stopped_or_comma=re.compile(rf"{stops_and_comma}+{closers}*$"),
        open_end=re.compile(rf"(?:{joining})$"),
    )


def _one_of(signs: list[str]) -> str:
    """A pattern for any one of the signs."""
    return f"[{''.join(map(re.escape, signs))}]"


def bullet_end(text: str) -> int:
    """Return where what stands behind the bullet at the head of a text begins; 0 without one."""
    found = _signs().bullet.match(text)
    return found.end() if found else 0


def without_bullet(text: str) -> str:
    """Return the text without the bullet at its head."""
    return text[bullet_end(text) :]


def holds_bullets(text: str) -> bool:
    """Whether a text, run together from its lines, begins with a bullet or has one within."""
    return bullet_end(text) > 0 or _signs().bullet_within.search(text) is not None


def is_stopped(text: str, *, comma: bool = False) -> bool:
    """Whether a text ends with a stop; with `comma` a comma, which ends a point, is one as well."""
    signs = _signs()
    return (signs.stopped_or_comma if comma else signs.stopped).search(text) is not None


def ends_open(text: str) -> bool:
    """Whether a text must go on: it ends with a comma, a hyphen, an open bracket, or "và"."""
    return _signs().open_end.search(text) is not None
