"""PAPI's eight dimensions: to which of them a section or an item of a PAPI plan belongs.

The names and the wording are data (`knowledge/papi.yaml`). A heading that speaks of two dimensions,
or says much besides, belongs to none: an empty field is better than a wrong one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct
from rapidfuzz import fuzz

from pipeline.knowledge import load_yaml
from pipeline.language.text import bare
from schemas.plan import Item, Section

_WORD = re.compile(r"[a-z0-9]+")
_ALIKE = 90.0  # of 100: one letter in ten misread
_LEAST_OF_SECTION = 0.5  # share of a heading's letters that a short wording must explain
_LEAST_OF_ITEM = 0.7


class Dimension(Struct, frozen=True):
    """One dimension; `wordings` are bare words, the official name first."""

    code: str
    name_vi: str
    name_en: str
    wordings: tuple[str, ...]
    parts: tuple["Part", ...] = ()


class Part(Struct, frozen=True):
    """One sub-dimension ("2.3"); `wordings` are bare words, the official name first."""

    code: str
    name_vi: str
    name_en: str
    wordings: tuple[str, ...]


class _Span(NamedTuple):
    """Where a wording of a dimension stands in a heading. `official` is its whole name."""

    start: int
    end: int
    code: str
    official: bool

    def within(self, other: "_Span") -> bool:
        """Return whether it lies within a longer one, give or take a letter."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start - 1 <= self.start and self.end <= other.end + 1


class _Knowledge(NamedTuple):
    titles: tuple[str, ...]
    openers: tuple[tuple[str, ...], ...]
    dimensions: tuple[Dimension, ...]


def is_papi(title: str) -> bool:
    """Return whether the title is that of a plan about PAPI, also with a letter misread."""
    text = _words(title)
    return any(
        f" {name} " in f" {text} " or (" " in name and fuzz.partial_ratio(name, text) >= _ALIKE)
        for name in _knowledge().titles
        if len(text) >= len(name)
    )


def dimension_of_section(title: str) -> str | None:
    """Return the code of the dimension ("1" to "8") that a heading names; None where unsure."""
    return _dimension(title, _LEAST_OF_SECTION)


def dimension_of_item(title: str) -> str | None:
    """Return the code of the dimension that an item's title alone tells; None where unsure."""
    return _dimension(title, _LEAST_OF_ITEM)


def section_in_papi(section: Section, sections: Iterable[Section]) -> Section:
    """Return a section of a PAPI plan with the dimension that it names, else that of its parent."""
    code = dimension_of_section(section.title) or _of(section.parent, sections)
    return section.model_copy(update={"papi_dimension": code})


def item_in_papi(item: Item, sections: Iterable[Section]) -> Item:
    """Return an item of a PAPI plan with the dimension of its section, else that of its title."""
    code = _of(item.section_id, sections) or dimension_of_item(item.title)
    return item.model_copy(update={"papi_dimension": code})


def _of(section_id: str | None, sections: Iterable[Section]) -> str | None:
    return next((s.papi_dimension for s in sections if s.id == section_id), None)


def dimension_name(code: str | None) -> str | None:
    """Return the Vietnamese name of a dimension; None for None."""
    return next((d.name_vi for d in _knowledge().dimensions if d.code == code), None)


def dimensions() -> tuple[Dimension, ...]:
    """Return the eight, each with its sub-dimensions."""
    return _knowledge().dimensions


@lru_cache(maxsize=20_000)
def parts_of_item(title: str, dimension: str) -> tuple[str, ...]:
    """Return the codes of the sub-dimensions of a dimension that an item's title names.

    One row may be about several ("Chất lượng không khí và chất lượng nước"), or about none.
    """
    text = _words(title)
    parts = next((d.parts for d in _knowledge().dimensions if d.code == dimension), ())
    spans = [
        span
        for part in parts
        for wording in part.wordings
        if (span := _span(wording, text, part.code, official=False))
    ]
    outer = [span for span in spans if not any(span.within(other) for other in spans)]
    return tuple(sorted({span.code for span in outer}))


def _dimension(title: str, least: float) -> str | None:
    text = _words(title)
    spans = [
        span
        for dimension in _knowledge().dimensions
        for number, wording in enumerate(dimension.wordings)
        if (span := _span(wording, text, dimension.code, official=number == 0))
    ]
    outer = [span for span in spans if not any(span.within(other) for other in spans)]
    if len({span.code for span in outer}) != 1:
        return None
    covered = _letters_covered(outer) / len(_without_openers(text))
    return outer[0].code if covered >= least or any(span.official for span in outer) else None


def _span(wording: str, text: str, code: str, *, official: bool) -> _Span | None:
    if len(text) < len(wording):
        alike = fuzz.ratio(wording, text) >= _ALIKE
        return _Span(0, len(text), code, official) if alike else None
    found = fuzz.partial_ratio_alignment(wording, text, score_cutoff=_ALIKE)
    if found is None or not _whole_words(text, found.dest_start, found.dest_end):
        return None
    return _Span(found.dest_start, found.dest_end, code, official)


def _whole_words(text: str, start: int, end: int) -> bool:
    """Return whether the place begins and ends with words, give or take a letter."""
    edges = [m.span() for m in _WORD.finditer(text)]
    return any(abs(start - first) <= 1 for first, _ in edges) and any(
        abs(end - last) <= 1 for _, last in edges
    )


def _letters_covered(spans: list[_Span]) -> int:
    ordered = sorted((span.start, span.end) for span in spans)
    overlaps = sum(max(0, end - start) for (_, end), (start, _) in pairwise(ordered))
    return sum(end - start for start, end in ordered) - overlaps


def _without_openers(text: str) -> str:
    """Return the words without openers and numbers before them ("Trục 4: Nâng cao …")."""
    words = tuple(text.split())
    while words:
        cut = max(
            (len(opener) for opener in _knowledge().openers if words[: len(opener)] == opener),
            default=int(words[0].isdigit()),
        )
        if not cut or cut == len(words):
            break
        words = words[cut:]
    return " ".join(words)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(bare(text)))


@lru_cache(maxsize=1)
def _knowledge() -> _Knowledge:
    data: dict[str, Any] = load_yaml("papi.yaml")
    return _Knowledge(
        titles=tuple(map(_words, data["titles"])),
        openers=tuple(tuple(_words(opener).split()) for opener in data["openers"]),
        dimensions=tuple(
            Dimension(d["code"], d["vi"], d["en"], _wordings(d), tuple(map(_part, d["parts"])))
            for d in data["dimensions"]
        ),
    )


def _part(data: dict[str, Any]) -> Part:
    return Part(data["code"], data["vi"], data["en"], _wordings(data))


def _wordings(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_words, [data["vi"], *data.get("wording", ())])))
