"""The words of knowledge/titles.yaml, and lines of a title block."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from pipeline.knowledge import load_yaml
from pipeline.language.text import clean, plain
from schemas.page import TextLine


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the file's content."""
    return load_yaml("titles.yaml")  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def one_of(key: str, end: str = "") -> re.Pattern[str]:
    """Return a pattern for any of the file's rows under `key`."""
    return re.compile("(?:" + "|".join(words()[key]) + ")" + end)


def is_upper(text: str) -> bool:
    """Whether the letters are capitals, save a few that OCR may have misread."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def is_furniture(text: str) -> bool:
    """Whether the line is no part of a title: motto, stamp, page number, specks."""
    short = plain(text)
    return not any(c.isalnum() for c in short) or bool(one_of("furniture").fullmatch(short))


_SPECKS = re.compile(r"^(?:[|_.'~,`]+(?:\s+|$))+|(?:\s+[|_.'~,`*]+)+$")


def despeckled(lines: Iterable[TextLine]) -> list[TextLine]:
    """Return the lines without stray marks at their ends: what OCR makes of specks and rules."""
    return [replace(line, text=_SPECKS.sub("", clean(line.text))) for line in lines]


def text_of(line: TextLine) -> str:
    """Return the line's text without the right half of the letterhead."""
    text = clean(line.text)
    beside = re.search(words()["beside_letterhead"], plain(text))
    return text[: beside.start()] if beside else text


def useful(lines: Iterable[TextLine]) -> list[TextLine]:
    """Return the lines without furniture."""
    return [line for line in lines if not is_furniture(line.text)]


def joined(lines: Sequence[str]) -> str:
    """Return printed lines as one line."""
    return clean(" ".join(lines))
