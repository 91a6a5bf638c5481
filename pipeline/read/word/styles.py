"""Styles: what a paragraph and its runs look like where they do not say it themselves."""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.read.word.xml import W, child, toggle, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 20  # styles based on one another; a circle ends here


class Face(Struct, frozen=True):
    """How characters are shown. `font` is the name of the font, "" where none is named."""

    bold: bool = False
    struck: bool = False
    hidden: bool = False
    capitals: bool = False
    font: str = ""


class StyleNumber(Struct, frozen=True):
    """The list that a style puts its paragraphs in; `style` is the one that says so."""

    num_id: str | None
    level: str | None
    style: str


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: "_Element | None") -> None:
        self._root = root
        self._by_id: dict[str, _Element] = {}
        self._default = ""
        for style in () if root is None else root.iterfind(W + "style"):
            name = style.get(W + "styleId", "")
            self._by_id.setdefault(name, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default = name
        self.face = lru_cache(maxsize=4096)(self._face)
        self.number = lru_cache(maxsize=1024)(self._number)
        self.centred = lru_cache(maxsize=1024)(self._centred)

    def chain(self, style: str | None) -> list["_Element"]:
        """Return a style and those that it is based on, nearest first; the default for None."""
        chain: list[_Element] = []
        name = style if style in self._by_id else self._default
        while name in self._by_id and len(chain) < _DEEPEST:
            chain.append(self._by_id[name])
            name = value(chain[-1], "basedOn") or ""
        return chain

    def chain_of_table(self, table: "_Element") -> list["_Element"]:
        """Return the style of a table and those that it is based on, nearest first."""
        name = value(table, "tblPr", "tblStyle")
        return self.chain(name) if name in self._by_id else []

    def by_id(self, style: str) -> "_Element | None":
        """Return a style by its id."""
        return self._by_id.get(style)

    def _face(self, paragraph: str | None, character: str | None) -> Face:
        chains = [self.chain(paragraph), self.chain(character) if character else []]
        return Face(
            bold=self._toggled(chains, "b"),
            struck=self._toggled(chains, "strike") or self._toggled(chains, "dstrike"),
            hidden=self._toggled(chains, "vanish"),
            capitals=self._toggled(chains, "caps") or self._toggled(chains, "smallCaps"),
            font=next(
                (font for chain in reversed(chains) for s in chain if (font := font_of(s))),
                font_of(self._defaults) if self._defaults is not None else "",
            ),
        )

    @cached_property
    def _defaults(self) -> "_Element | None":
        return child(self._root, "docDefaults", "rPrDefault")

    def _toggled(self, chains: list[list["_Element"]], name: str) -> bool:
        """A property of styles: one that both styles set is off again (ISO 29500-1, 17.7.3)."""
        said = [
            next((on for s in chain if (on := toggle(child(s, "rPr"), name)) is not None), False)
            for chain in chains
        ]
        if any(said):
            return said[0] != said[1]
        return bool(toggle(child(self._defaults, "rPr"), name))

    def _number(self, style: str | None) -> StyleNumber:
        num_id = level = None
        named = ""
        for each in self.chain(style):
            numbering = child(each, "pPr", "numPr")
            if numbering is None:
                continue
            level = level or value(numbering, "ilvl")
            if num_id is None and (found := value(numbering, "numId")) is not None:
                num_id, named = found, each.get(W + "styleId", "")
        return StyleNumber(num_id, level, named)

    def _centred(self, style: str | None) -> bool:
        found = (value(each, "pPr", "jc") for each in self.chain(style))
        return next((each for each in found if each), "") == "center"


def font_of(owner: "_Element") -> str:
    """Return the font that the w:rPr below an element names, "" for none.

    LibreOffice writes a list of fonts; the first is meant.
    """
    fonts = child(owner, "rPr", "rFonts")
    name = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
    return name.split(";")[0].strip()
