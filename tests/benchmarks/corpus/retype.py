"""Sets the text of a PDF anew: the page looks the same, its text layer says something else.

Works on what LibreOffice writes: fonts of one byte a character, each with a ToUnicode table.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pikepdf
from msgspec import Struct

_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
# Codes for marks that have no glyph of their own.
_FIRST_MARK = 0xE0


class Face(Struct, frozen=True):
    """A font that text is set in: its name, and for each character what the text layer says.

    `mark` says what follows a character as a character of its own, drawn by nobody ("" for none).
    `descent` is in thousandths of the size, None to keep the font's own.
    """

    name: str
    says: Callable[[str], str]
    mark: Callable[[str], str] = lambda _: ""
    descent: int | None = None


class Spacing(Struct, frozen=True):
    """Letters drawn at `size` (a share of theirs), the room that it leaves put between them."""

    size: float


Chooser = Callable[[str], Sequence[str]]  # text of one stroke -> the face of each character


def retype(
    pdf: pikepdf.Pdf,
    faces: Mapping[str, Face],
    choose: Chooser,
    spacing: Spacing | None = None,
) -> None:
    """Set all text of a PDF in the faces that `choose` gives to each character."""
    fonts: dict[tuple[int, int], _Font] = {}
    for page in pdf.pages:
        resources = {str(name): font for name, font in page.Resources.Font.items()}
        known = {}
        for name, font in resources.items():
            known[name] = fonts.setdefault(font.objgen, _Font(pdf, font, faces))
        table = pikepdf.Dictionary()
        for name, font in known.items():
            for face in faces:
                table[f"{name}{face}"] = font.made[face]
        content = b"\n".join(
            pikepdf.unparse_content_stream([instruction])
            for instruction in _set_anew(page, known, choose, spacing)
        )
        page.Resources = pikepdf.Dictionary({**dict(page.Resources.items()), "/Font": table})
        page.Contents = pdf.make_stream(content)


def _set_anew(
    page: pikepdf.Page, fonts: "dict[str, _Font]", choose: Chooser, spacing: Spacing | None
) -> Iterator[tuple[Any, pikepdf.Operator]]:
    current, size = "", 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current, size = str(operands[0]), float(operands[1])
        elif str(operator) in ("Tj", "TJ"):
            items = operands[0] if str(operator) == "TJ" else [operands[0]]
            font = fonts[current]
            yield from (
                _spaced(font, current, items, size, spacing)
                if spacing
                else _shown(font, current, items, size, choose)
            )
        else:
            yield operands, operator


def _shown(
    font: "_Font", name: str, items: Any, size: float, choose: Chooser
) -> Iterator[tuple[Any, pikepdf.Operator]]:
    """The same strokes at the same places, each character in its face."""
    pieces: list[bytes | float] = []
    for item in items:
        pieces += (
            [bytes([code]) for code in bytes(item)]
            if isinstance(item, pikepdf.String)
            else [float(item)]
        )
    codes = [piece[0] for piece in pieces if isinstance(piece, bytes)]
    chosen = iter(choose("".join(font.chars.get(code, " ") for code in codes)))
    face = ""
    placed = []
    for piece in pieces:
        face = next(chosen) if isinstance(piece, bytes) else face
        placed.append((face, piece))
    first = placed[0][0] or next((f for f, _ in placed if f), "")
    for face, run in groupby(placed, key=lambda pair: pair[0] or first):
        yield [pikepdf.Name(f"{name}{face}"), size], pikepdf.Operator("Tf")
        yield from font.strokes(face, [piece for _, piece in run])


def _spaced(
    font: "_Font", name: str, items: Any, size: float, spacing: Spacing
) -> Iterator[tuple[Any, pikepdf.Operator]]:
    codes = [code for i in items if isinstance(i, pikepdf.String) for code in bytes(i)]
    width = sum(font.widths[code] for code in codes) * size / 1000
    face = next(iter(font.made))
    smaller = size * spacing.size
    room = width * (1 - spacing.size) / max(1, len(codes))
    yield [pikepdf.Name(f"{name}{face}"), round(smaller, 3)], pikepdf.Operator("Tf")
    # As moves between letters, not as Tc, which not every reader keeps up between two strokes.
    shown = [[pikepdf.String(bytes([code])), round(-1000 * room / smaller)] for code in codes]
    yield [pikepdf.Array([part for pair in shown for part in pair])], pikepdf.Operator("TJ")


class _Font:
    """A font of the file, what its codes stand for, and the fonts made of it."""

    def __init__(self, pdf: pikepdf.Pdf, font: pikepdf.Object, faces: Mapping[str, Face]) -> None:
        self.chars = characters(font)
        first = int(font.FirstChar)
        self.widths = {first + i: float(width) for i, width in enumerate(font.Widths)}
        self._faces = faces
        marks = {face.mark(char) for face in faces.values() for char in self.chars.values()} - {""}
        self._marks = {mark: _FIRST_MARK + i for i, mark in enumerate(sorted(marks))}
        if self._marks and (max(self.widths) >= _FIRST_MARK or max(self._marks.values()) > 0xFF):
            raise ValueError("no codes left for marks")
        self.made = {
            name: self._made(pdf, font, face, f"{'ABCDEFGHIJKLMNOP'[i] * 6}+")
            for i, (name, face) in enumerate(faces.items())
        }

    def _made(self, pdf: pikepdf.Pdf, font: pikepdf.Object, face: Face, tag: str) -> pikepdf.Object:
        bold = ",Bold" if "Bold" in str(font.BaseFont) else ""
        name = pikepdf.Name(f"/{tag}{face.name}{bold}")
        descriptor = pikepdf.Dictionary(dict(font.FontDescriptor.items()))
        descriptor.FontName = name
        if face.descent is not None:
            descriptor.Descent = face.descent
        says = {code: face.says(char) for code, char in self.chars.items()}
        says |= {code: mark for mark, code in self._marks.items()}
        last = max([*self.widths, *self._marks.values()])
        widths = [self.widths.get(code, 0) for code in range(min(self.widths), last + 1)]
        made = pikepdf.Dictionary(dict(font.items()))
        made.BaseFont, made.FontDescriptor = name, pdf.make_indirect(descriptor)
        made.Widths, made.LastChar = pikepdf.Array(widths), last
        made.ToUnicode = pdf.make_stream(to_unicode(says))
        return pdf.make_indirect(made)

    def strokes(
        self, face: str, pieces: Sequence[bytes | float]
    ) -> Iterator[tuple[Any, pikepdf.Operator]]:
        """Show the pieces; marks are told, not drawn."""
        run: list[Any] = []
        for piece in pieces:
            run.append(pikepdf.String(piece) if isinstance(piece, bytes) else piece)
            char = self.chars.get(piece[0], "") if isinstance(piece, bytes) else ""
            if mark := self._faces[face].mark(char) if char else "":
                yield [pikepdf.Array(run)], pikepdf.Operator("TJ")
                yield [3], pikepdf.Operator("Tr")
                yield [pikepdf.String(bytes([self._marks[mark]]))], pikepdf.Operator("Tj")
                yield [0], pikepdf.Operator("Tr")
                run = []
        if run:
            yield [pikepdf.Array(run)], pikepdf.Operator("TJ")


def characters(font: pikepdf.Object) -> dict[int, str]:
    """Return what the codes of a font of one byte stand for, by its ToUnicode table."""
    return dict(_characters(font.ToUnicode.read_bytes()))


def _characters(table: bytes) -> Iterator[tuple[int, str]]:
    for kind, block in _BLOCK.findall(table):
        if kind == b"char":
            for code, text in _PAIR.findall(block):
                yield int(code, 16), bytes.fromhex(text.decode()).decode("utf-16-be")
        else:
            for low, high, text in _RANGE.findall(block):
                for i in range(int(high, 16) - int(low, 16) + 1):
                    yield int(low, 16) + i, chr(int(text, 16) + i)


def to_unicode(says: Mapping[int, str]) -> bytes:
    """Return a ToUnicode table for codes of one byte."""
    pairs = [f"<{c:02X}> <{text.encode('utf-16-be').hex().upper()}>" for c, text in says.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName/Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
        *("\n".join([f"{len(b)} beginbfchar", *b, "endbfchar"]) for b in blocks),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode()
