"""The rows of knowledge/timeframes.yaml, compiled: twice, with tones and without."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal

from msgspec import Struct

from pipeline.knowledge import load_yaml
from pipeline.language.text import toneless

Gives = Literal[
    "continuous",
    "recurring",
    "within",
    "deadline",
    "before",
    "start",
    "after",
    "range",
    "list",
    "conditional",
    "unknown",
]

# Stand in the text for what was found in it: one day, a longer stretch, a time that is none.
DAY, SPAN = "\ue001", "\ue002"
MARKS = re.compile(f"[{DAY}{SPAN}]")
_PLACES = {"day": DAY, "span": SPAN, "any": f"[{DAY}{SPAN}]"}


class SpanRow(Struct, frozen=True):
    """How a stretch of time is written; the groups are read by `spans.make_span`."""

    unit: str
    pattern: re.Pattern[str]


class PhraseRow(Struct, frozen=True):
    """A phrase with its places for spans, and what it means."""

    gives: Gives
    source: str
    recurrence: Any = None
    flag: str | None = None
    in_prose: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """How it is written; compiled when it is first asked for, which those without tones are
        in few documents."""
        return _compiled(self.source)


class Rules(Struct, frozen=True):
    """All rows in one spelling (with tones, or bare)."""

    spans: tuple[SpanRow, ...]
    phrases: tuple[PhraseRow, ...]
    bounds: tuple[PhraseRow, ...]
    fillers: re.Pattern[str]
    followers: re.Pattern[str]
    not_a_time: re.Pattern[str]
    vocabulary: frozenset[str]


@lru_cache(maxsize=1)
def knowledge() -> dict[str, Any]:
    """Return the file's rows as they stand."""
    return load_yaml("timeframes.yaml")  # type: ignore[no-any-return]


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    """Put in what stands in braces, words within words too."""

    def word(match: re.Match[str]) -> str:
        return _fill(words[match[1]], words)

    return re.sub(r"\{([A-Za-z]\w*)\}", word, pattern)


@lru_cache(maxsize=2)
def rules(*, tones: bool) -> Rules:
    """Return the rows, compiled for text with or without tones."""
    data = knowledge()
    words = data["words"] | _PLACES

    def filled(pattern: str, end: str = r"(?!\w)") -> str:
        whole = _fill(unicodedata.normalize("NFC", pattern), words)
        return (whole if tones else toneless(whole)).replace(" ?", " ").replace(" ", " ?") + end

    def compiled(pattern: str, end: str = r"(?!\w)") -> re.Pattern[str]:
        return _compiled(filled(pattern, end))

    def phrase(row: Mapping[str, Any]) -> PhraseRow:
        return PhraseRow(
            gives=row["gives"],
            source=filled(f"(?:{row['pattern']})"),
            recurrence=row.get("recurrence"),
            flag=row.get("flag"),
            in_prose=row.get("in_prose", False),
        )

    everything = " ".join(
        _fill(row["pattern"], words) for row in (*data["spans"], *data["phrases"])
    )
    vocabulary = re.findall(r"[^\W\d_]{5,}", toneless(unicodedata.normalize("NFC", everything)))
    return Rules(
        spans=tuple(
            SpanRow(row["unit"], compiled(f"(?:{row['pattern']})", r"(?![\w/]|\.\d)"))
            for row in data["spans"]
            if tones or not row.get("needs_tones")
        ),
        phrases=tuple(phrase(row) for row in data["phrases"]),
        bounds=tuple(phrase(row) for row in data["bounds"]),
        fillers=compiled("(?:" + "|".join(data["fillers"]) + ")", ""),
        followers=compiled("(?:" + "|".join(data["followers"]) + ")"),
        not_a_time=compiled(r"(?<!\w)(?:" + "|".join(data["not_a_time"]) + ")"),
        vocabulary=frozenset(vocabulary),
    )


@lru_cache(maxsize=1)
def blanks() -> re.Pattern[str]:
    """Return what a blank to be filled in looks like, in lower case."""
    return re.compile("|".join(row["pattern"] for row in knowledge()["blanks"]))


@lru_cache(maxsize=2)
def repairs(*, tones: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the repairs of misread characters, in order, as pattern and replacement."""
    rows = [(row["pattern"], row["replace"]) for row in knowledge()["repairs"]]
    plain = rows if tones else [(toneless(a), toneless(b)) for a, b in rows]
    return tuple((re.compile(pattern), replacement) for pattern, replacement in plain)
