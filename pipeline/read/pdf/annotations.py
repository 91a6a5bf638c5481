"""Annotations and form fields of a PDF page, as far as a reader sees them.

A digital signature, a stamp, a filled form: each is drawn over the page by a content stream of its
own, its appearance. Fields and notes that have a text and no appearance are drawn by the viewer.
"""

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from msgspec import Struct
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import apply_matrix_rect, decode_text

from pipeline.read.pdf.layers import Layers
from pipeline.read.pdf.objects import Matrix, Rect, list_of, name_of

_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_HIDDEN, _NO_VIEW = 2, 32  # flags of an annotation
_MULTILINE, _PASSWORD = 1 << 12, 1 << 13  # flags of a field
# Notes open beside the page, links are no ink; highlighters and lines under words draw no text, and
# what is struck is told by its corners.
_NOT_DRAWN = frozenset(
    {"Popup", "Link", "Highlight", "Underline", "Squiggly", "StrikeOut", "Redact"}
)
_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_USUAL_SIZE = 12.0  # of a field whose text fits itself to the room
_WIDTH = 0.5  # of a letter, as a share of its size
_LEADING = 1.15  # from line to line, as a share of the size
_MARGIN = 2.0  # points inside a field's edge


class Appearance(Struct, frozen=True):
    """A content stream that is drawn over the page; `matrix` puts its form where it is shown."""

    form: PDFStream
    matrix: Matrix


class Typed(Struct, frozen=True):
    """A line of text that a viewer draws for a field: its baseline's left end, in page space."""

    text: str
    x: float
    y: float
    size: float


def shown_on(annotations: Any, layers: Layers) -> Iterator[Appearance | Typed]:
    """Yield what the annotations of a page draw on it, in the order in which it is drawn.

    `annotations` is the page's array of them as pdfminer has it, resolved or not.
    """
    for annotation in _seen(annotations, layers):
        if name_of(annotation.get("Subtype")) in _NOT_DRAWN:
            continue
        rect = _rect(annotation.get("Rect"))
        form = _normal_appearance(annotation)
        if rect is None:
            continue
        if form is None:
            yield from _typed(annotation, rect)
        elif matrix := _placed(form, rect):
            yield Appearance(form, matrix)


def strikes_on(annotations: Any, layers: Layers) -> Iterator[Rect]:
    """Yield the lines by which a reviewer's notes strike words out, as flat boxes in page space."""
    for annotation in _seen(annotations, layers):
        if name_of(annotation.get("Subtype")) != "StrikeOut":
            continue
        corners = [v for v in _resolved(annotation.get("QuadPoints")) if isinstance(v, int | float)]
        for i in range(0, len(corners) - 7, 8):
            xs, ys = corners[i : i + 8 : 2], corners[i + 1 : i + 8 : 2]
            middle = (min(ys) + max(ys)) / 2
            yield min(xs), middle, max(xs), middle


def attached_to(annotations: Any, layers: Layers) -> Iterator[tuple[str, Rect]]:
    """Yield the files that annotations open: their names, and where in page space to click."""
    for annotation in _seen(annotations, layers):
        if name_of(annotation.get("Subtype")) != "FileAttachment":
            continue
        file = resolve1(annotation.get("FS"))
        named = resolve1(file.get("UF") or file.get("F")) if isinstance(file, dict) else None
        rect = _rect(annotation.get("Rect"))
        if isinstance(named, bytes) and rect:
            yield decode_text(named), rect


def _seen(annotations: Any, layers: Layers) -> Iterator[dict[str, Any]]:
    for reference in list_of(annotations):
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        flags = resolve1(annotation.get("F", 0))
        hidden = isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW)
        layer = annotation.get("OC")
        if not hidden and (layer is None or layers.shows(layer)):
            yield annotation


def _normal_appearance(annotation: dict[str, Any]) -> PDFStream | None:
    appearances = resolve1(annotation.get("AP"))
    normal = resolve1(appearances.get("N")) if isinstance(appearances, dict) else None
    if isinstance(normal, dict):  # one for each state, such as a ticked box
        normal = resolve1(normal.get(name_of(annotation.get("AS"))))
    return normal if isinstance(normal, PDFStream) and normal.get("BBox") else None


def _placed(form: PDFStream, rect: Rect) -> Matrix | None:
    """What puts a form into the rectangle of its annotation (ISO 32000-1, 12.5.5)."""
    box, own = _rect(form["BBox"]), _numbers(form.get("Matrix"), 6) or _IDENTITY
    if box is None:
        return None
    x0, y0, x1, y1 = apply_matrix_rect(_six(own), box)
    across = (rect[2] - rect[0]) / (x1 - x0) if x1 > x0 else 1.0
    up = (rect[3] - rect[1]) / (y1 - y0) if y1 > y0 else 1.0
    return across, 0, 0, up, rect[0] - across * x0, rect[1] - up * y0


def _typed(annotation: dict[str, Any], rect: Rect) -> Iterator[Typed]:
    """The lines of a field's value, or of a text written on the page, without an appearance."""
    field = _with_parents(annotation)
    if name_of(annotation.get("Subtype")) == "FreeText":
        value, multiline = annotation.get("Contents"), True
    elif name_of(field.get("FT")) in ("Tx", "Ch"):
        flags = resolve1(field.get("Ff", 0))
        flags = flags if isinstance(flags, int) else 0
        value = None if flags & _PASSWORD else field.get("V")
        multiline = bool(flags & _MULTILINE)
    else:
        return
    value = resolve1(value)
    text = decode_text(value) if isinstance(value, bytes) else ""
    found = _SIZE.search(look) if isinstance(look := resolve1(field.get("DA")), bytes) else None
    x0, y0, x1, y1 = rect
    size = float(found[1]) if found else 0.0
    size = size or min(_USUAL_SIZE, max(1.0, (y1 - y0) * 0.7))
    if not multiline:
        yield from _line(" ".join(text.split()), x0, (y0 + y1) / 2 - 0.35 * size, size)
        return
    most = max(1, int((x1 - x0 - 2 * _MARGIN) / (_WIDTH * size)))
    baseline = y1 - _MARGIN - size
    for line in (part for whole in text.splitlines() for part in _wrapped(whole, most)):
        yield from _line(line, x0, baseline, size)
        baseline -= _LEADING * size


def _line(text: str, left: float, baseline: float, size: float) -> Iterator[Typed]:
    if text.strip():
        yield Typed(text, left + _MARGIN, baseline, size)


def _wrapped(line: str, most: int) -> list[str]:
    return wrap(line, most) or [""]


def letters_of(typed: Typed) -> Iterator[tuple[str, float, float]]:
    """Yield the letters of a line that a viewer draws, with where each begins and how wide it is.

    The font is the viewer's: all letters are taken to be of one width.
    """
    width = _WIDTH * typed.size
    for i, letter in enumerate(typed.text):
        yield letter, typed.x + i * width, width


def _with_parents(annotation: dict[str, Any]) -> dict[str, Any]:
    """A field with what it inherits of those above it."""
    chain = [annotation]
    while isinstance(parent := resolve1(chain[-1].get("Parent")), dict) and len(chain) < 32:
        chain.append(parent)
    merged: dict[str, Any] = {}
    for each in reversed(chain):
        merged |= each
    return merged


def _resolved(value: Any) -> list[Any]:
    return [resolve1(member) for member in list_of(value)]


def _numbers(value: Any, count: int) -> list[float] | None:
    found = _resolved(value)
    good = len(found) == count and all(isinstance(v, int | float) for v in found)
    return found if good else None


def _six(numbers: Any) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _rect(value: Any) -> Rect | None:
    numbers = _numbers(value, 4)
    if numbers is None:
        return None
    x0, y0, x1, y1 = numbers
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
