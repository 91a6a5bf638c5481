"""The text of paragraphs: runs, tabs, breaks, fields, symbols and text boxes, as they print.

Hidden text, comments and the instructions of fields are left out. Tracked changes are taken as
accepted: what was inserted stands, what was deleted is kept apart, as struck text is.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.language.symbol_fonts import symbol, unicode_of
from pipeline.language.text import clean
from pipeline.read.exact import ExactLine
from pipeline.read.pdf.legacy_fonts import Encoding, draws_capitals, to_unicode
from pipeline.read.word.styles import Face, Styles, font_of
from pipeline.read.word.xml import GONE, MATH, TEXT_BOX, W, child, toggle, unwrapped, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_BREAK = "\n"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": _BREAK,
    W + "br": _BREAK,
    W + "noBreakHyphen": "-",
}
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})


class TextRun(Struct, frozen=True):
    """A text of one face; breaks of lines are in it."""

    text: str
    bold: bool
    struck: bool


class Fields:
    """Which fields are open: between their beginning and their result stands an instruction."""

    def __init__(self) -> None:
        self._in_result: list[bool] = []

    @property
    def hides(self) -> bool:
        """Whether what stands here is part of an instruction."""
        return not all(self._in_result)

    def pass_mark(self, kind: str | None) -> None:
        """Go past the mark of a field."""
        if kind == "begin":
            self._in_result.append(False)
        elif kind == "separate" and self._in_result:
            self._in_result[-1] = True
        elif kind == "end" and self._in_result:
            self._in_result.pop()


class Text:
    """Reads paragraphs of one document, in its order: fields may span several of them."""

    def __init__(self, styles: Styles, encodings: Mapping[str, Encoding]) -> None:
        self._styles = styles
        self._encodings = encodings
        self._fields = Fields()

    def runs(self, paragraph: "_Element") -> list[TextRun]:
        """Return what a paragraph prints, its text boxes aside (see `boxes`)."""
        style = value(child(paragraph, "pPr"), "pStyle")
        return list(self._runs(paragraph, style, gone=False))

    def _runs(self, parent: "_Element", style: str | None, *, gone: bool) -> Iterator[TextRun]:
        for element in unwrapped(parent):
            if element.tag == W + "r":
                yield from self._of_run(element, style, gone=gone)
            elif element.tag in GONE:
                yield from self._runs(element, style, gone=True)
            elif element.tag.startswith(MATH):
                text = "".join(t.text or "" for t in element.iter(MATH + "t"))
                yield TextRun(text, bold=False, struck=gone)

    def _of_run(self, run: "_Element", style: str | None, *, gone: bool) -> Iterator[TextRun]:
        face = self._face(run, style)
        text = "".join(self._signs(run))
        if not text or face.hidden:
            return
        yield TextRun(self._decoded(text, face), face.bold, gone or face.struck)

    def _signs(self, run: "_Element") -> Iterator[str]:
        for element in run:
            if element.tag == W + "fldChar":
                self._fields.pass_mark(element.get(W + "fldCharType"))
            elif self._fields.hides:
                continue
            elif element.tag in (W + "t", W + "delText"):
                yield element.text or ""
            elif element.tag in _SIGNS:
                yield _SIGNS[element.tag]
            elif element.tag == W + "sym":
                yield _symbol(element)
            elif element.tag == W + "ruby":
                base = child(element, "rubyBase")
                yield from () if base is None else (t.text or "" for t in base.iter(W + "t"))

    def _face(self, run: "_Element", style: str | None) -> Face:
        own = child(run, "rPr")
        face = self._styles.face(style, value(own, "rStyle"))
        if own is None or not len(own):
            return face
        struck = [on for name in ("strike", "dstrike") if (on := toggle(own, name)) is not None]
        capitals = [on for name in ("caps", "smallCaps") if (on := toggle(own, name)) is not None]
        bold, hidden = toggle(own, "b"), toggle(own, "vanish")
        return Face(
            bold=face.bold if bold is None else bold,
            struck=any(struck) if struck else face.struck,
            hidden=face.hidden if hidden is None else hidden,
            capitals=any(capitals) if capitals else face.capitals,
            font=font_of(run) or face.font,
        )

    def _decoded(self, text: str, face: Face) -> str:
        encoding = self._encodings.get(face.font)
        if encoding is not None:
            text = to_unicode(text, encoding)
        text = unicode_of(text, face.font)
        capitals = face.capitals or (encoding is not None and draws_capitals(face.font))
        return text.upper() if capitals else text


def boxes(paragraph: "_Element") -> Iterator["_Element"]:
    """Yield the contents of the text boxes that hang at a paragraph; boxes in boxes are left in."""
    for run in unwrapped(paragraph):
        if run.tag == W + "r":
            for element in unwrapped(run):
                if element.tag in _PICTURES:
                    yield from _boxes_below(element)


def _boxes_below(element: "_Element") -> Iterator["_Element"]:
    for below in unwrapped(element):
        if below.tag == TEXT_BOX:
            yield below
        else:
            yield from _boxes_below(below)


def _symbol(element: "_Element") -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    font = element.get(W + "font", "")
    return symbol(code & 0xFF, font) if code >= 0xF000 else unicode_of(chr(code), font)


def lines_of(runs: list[TextRun], label: str, *, centred: bool) -> list[ExactLine]:
    """Return the printed lines of a paragraph that begins with a label; empty ones are left out."""
    gone = bool(runs) and all(run.struck or not run.text.strip() for run in runs)
    parted: list[list[TextRun]] = [[TextRun(label, bold=False, struck=gone)] if label else []]
    for run in runs:
        first, *rest = run.text.split(_BREAK)
        parted[-1].append(replace(run, text=first))
        parted += [[replace(run, text=text)] for text in rest]
    lines = (_line(line, centred=centred) for line in parted)
    return [line for line in lines if line.text or line.struck]


def _line(runs: list[TextRun], *, centred: bool) -> ExactLine:
    kept = [run for run in runs if not run.struck]
    bold = sum(len(run.text) for run in kept if run.bold)
    return ExactLine(
        text=clean("".join(run.text for run in kept)),
        bold=2 * bold > sum(len(run.text) for run in kept),
        centred=centred,
        struck=clean("".join(run.text for run in runs if run.struck)),
    )
