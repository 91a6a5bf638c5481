"""The numbers that Word prints before the paragraphs of a list: "1.", "a)", "II", bullets.

They stand nowhere in the text but are counted, in the order of the document, through cells and
empty paragraphs. The rules are those of ISO 29500-1, 17.9, as Word follows them.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.language.symbol_fonts import unicode_of
from pipeline.read.word.styles import Styles
from pipeline.read.word.xml import W, child, number, toggle, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 780  # thirty times the alphabet: what Word stops at


class ListLevel(Struct, frozen=True):
    """One level of a list."""

    start: int
    form: str
    text: str
    decimal: bool  # whether the numbers of upper levels are decimal, whatever their own form
    restart: int | None
    suffix: str


class Labels:
    """Gives each paragraph its label, called once a paragraph in the order of the document."""

    def __init__(self, root: "_Element | None", styles: Styles) -> None:
        self._styles = styles
        self._nums = _by_id(root, "num", "numId")
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._counters: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self._levels: dict[tuple[str, int], ListLevel | None] = {}

    def label(self, properties: "_Element | None") -> str:
        """Return what is printed before a paragraph with what parts it from the text, or ""."""
        place = self._place(properties)
        if place is None:
            return ""
        num_id, at = place
        level, abstract = self._level(num_id, at), self._abstract_id(num_id)
        if level is None or abstract is None:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        self._count(counters, num_id, at)
        text = self._printed(level, counters, num_id, at)
        return text + level.suffix if text else ""

    def _place(self, properties: "_Element | None") -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, and what is missing its style's."""
        own = child(properties, "numPr")
        num_id, at = value(own, "numId"), whole(value(own, "ilvl"))
        of_style = self._styles.number(value(properties, "pStyle"))
        if num_id is None:
            num_id = of_style.num_id
            if num_id is not None and at is None:
                at = self._level_of_style(num_id, of_style.style)
        if num_id is None or num_id not in self._nums:
            return None
        if at is None:
            at = whole(of_style.level) or 0
        return num_id, min(max(at, 0), _LEVELS - 1)

    def _level_of_style(self, num_id: str, style: str) -> int | None:
        abstract = self._abstracts.get(self._abstract_id(num_id) or "")
        for level in () if abstract is None else abstract.iterfind(W + "lvl"):
            if value(level, "pStyle") == style:
                return whole(level.get(W + "ilvl"))
        return None

    def _abstract_id(self, num_id: str, depth: int = 0) -> str | None:
        """The definition that a list counts in; one that only names a style stands for that's."""
        abstract_id = value(self._nums.get(num_id), "abstractNumId")
        link = value(self._abstracts.get(abstract_id or ""), "numStyleLink")
        if link and depth < _LEVELS and (style := self._styles.by_id(link)) is not None:
            linked = value(style, "pPr", "numPr", "numId")
            if linked is not None and linked != num_id:
                return self._abstract_id(linked, depth + 1)
        return abstract_id

    def _level(self, num_id: str, at: int) -> ListLevel | None:
        key = (num_id, at)
        if key not in self._levels:
            found = _of_level(child(self._override(num_id, at), "lvl"), at)
            if found is None:
                abstract = self._abstracts.get(self._abstract_id(num_id) or "")
                wanted = () if abstract is None else abstract.iterfind(W + "lvl")
                found = next((f for each in wanted if (f := _of_level(each, at))), None)
            self._levels[key] = found
        return self._levels[key]

    def _override(self, num_id: str, at: int) -> "_Element | None":
        num = self._nums.get(num_id)
        overrides = () if num is None else num.iterfind(W + "lvlOverride")
        return next((o for o in overrides if whole(o.get(W + "ilvl")) == at), None)

    def _count(self, counters: list[int | None], num_id: str, at: int) -> None:
        start = number(self._override(num_id, at), "startOverride")
        before = counters[at]
        if start is not None and (num_id, at) not in self._overridden:
            self._overridden.add((num_id, at))
            counters[at] = start
        elif before is not None:
            counters[at] = before + 1
        else:
            counters[at] = self._start(num_id, at)
        for upper in range(at):
            if counters[upper] is None:
                counters[upper] = self._start(num_id, upper)
        for deeper in range(at + 1, _LEVELS):
            level = self._level(num_id, deeper)
            restart = level.restart if level else None
            if restart is None or at < restart:
                counters[deeper] = None

    def _start(self, num_id: str, at: int) -> int:
        level = self._level(num_id, at)
        return level.start if level else 0

    def _printed(self, level: ListLevel, counters: list[int | None], num_id: str, at: int) -> str:
        if level.form == "bullet":
            return unicode_of(level.text)

        def shown(found: re.Match[str]) -> str:
            n = int(found[1]) - 1
            form = self._level(num_id, n)
            if n > at or form is None:
                return ""
            return formatted(counters[n] or 0, "decimal" if level.decimal else form.form)

        return _PLACE.sub(shown, level.text) if level.form != "none" else ""


def _by_id(root: "_Element | None", name: str, key: str) -> "dict[str, _Element]":
    found = () if root is None else root.iterfind(W + name)
    return {each.get(W + key, ""): each for each in found}


def _of_level(element: "_Element | None", at: int) -> ListLevel | None:
    if element is None or whole(element.get(W + "ilvl")) != at:
        return None
    suffix = {"nothing": "", "space": " "}.get(value(element, "suff") or "tab", "\t")
    return ListLevel(
        start=number(element, "start") or 0,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        decimal=bool(toggle(element, "isLgl")),
        restart=number(element, "lvlRestart"),
        suffix=suffix,
    )


def formatted(count: int, form: str) -> str:
    """Return a number in a form of ISO 29500 (ST_NumberFormat); decimal for one we do not know."""
    write = _FORMS.get(form)
    return write(count) if write else str(count)


def _roman(count: int) -> str:
    if not 1 <= count <= _MOST_ROMAN:
        return str(count)
    text = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        text += letters * times
    return text


def _letters(count: int) -> str:
    """The alphabet of English, doubled after z: Word never counts đ."""
    if not 1 <= count <= _MOST_LETTERS:
        return str(count)
    times, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda n: f"{n:02d}",
    "none": lambda _: "",
}
