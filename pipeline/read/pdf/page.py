"""pdfplumber's pages with the same characters and lines, made in a third of the time.

pdfplumber makes of each character an object of pdfminer with its colours and marks, and of that a
dictionary. Here the dictionary is made at once, with what is asked for in this program.
"""

from collections.abc import Container, Iterator, Sequence
from typing import Any
from unicodedata import normalize

from msgspec.structs import replace
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTItem, LTLine, LTPage
from pdfminer.pdfcolor import PREDEFINED_COLORSPACE, PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import Page, fix_fontname_bytes
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.read.pdf.annotations import Typed, letters_of
from pipeline.read.pdf.interpreter import Interpreter
from pipeline.read.pdf.layers import Layers
from pipeline.read.pdf.objects import Matrix, Rect
from pipeline.read.pdf.overprints import Strings, watermarks, without_doubles
from pipeline.read.pdf.painted import (
    Colour,
    GlyphRun,
    Paint,
    Seen,
    Visibility,
    as_layer_of_scan,
    rgb,
    seen,
)
from pipeline.read.pdf.pictures import SCAN_COVERS, picture_share
from pipeline.read.pdf.rules import PathStyle
from schemas.geometry import Box

_THIN = 3.0  # points: what is thinner is a line, and neither ground nor cover of letters
_RECTANGLES = frozenset({"mlll", "mlllh", "mllll", "mllllh"})
# A picture with one of these lets what lies beneath show through.
_MASKS = ("SMask", "Mask", "ImageMask", "IM")


class _Glyphs(dict[int, tuple[str, float]]):
    """What the codes of one font stand for: text (NFC) and width, by code."""

    def __init__(self, font: PDFFont) -> None:
        super().__init__()
        self._font = font
        name = font.fontname
        self.name = fix_fontname_bytes(name) if isinstance(name, bytes) else name

    def __missing__(self, code: int) -> tuple[str, float]:
        try:
            text = self._font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        self[code] = glyph = (normalize("NFC", text), self._font.char_width(code))
        return glyph


class FastPage(Page):
    """A page of pdfplumber whose characters have no colours, marks or tags.

    With its objects `seen` is known, and whether of some characters only a picture of the page can
    tell that they are (`unsure`); these have that mark.
    """

    seen: Seen
    unsure: bool

    def __init__(
        self, pdf: PDF, page: PDFPage, number: int, glyphs: dict[PDFFont, _Glyphs], layers: Layers
    ) -> None:
        super().__init__(pdf, page, page_number=number)
        self._glyphs = glyphs
        self._layers = layers

    @property
    def layout(self) -> LTPage:
        """The page's objects but for its characters."""
        if not hasattr(self, "_layout"):
            device = Device(self, self._glyphs)
            try:
                Interpreter(self.pdf.rsrcmgr, device, self._layers).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout = device.get_result()
            self._drawn = device
        return self._layout

    @property
    def paints(self) -> list[Paint]:
        """The areas that were painted, in their order."""
        _ = self.layout
        return self._drawn.paints

    @property
    def attached(self) -> list[tuple[str, Box]]:
        """The files that annotations on the page open, and where."""
        _ = self.layout
        return self._drawn.attached

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """Return pdfplumber's dictionary of an object, of a path with its `look`."""
        found: dict[str, Any] = super().process_object(obj)
        if (look := self._drawn.looks.get(id(obj))) is not None:
            found["look"] = look
        return found

    def parse_objects(self) -> dict[str, list[dict[str, Any]]]:
        """Return the page's objects by kind, as pdfplumber's dictionaries; of text what is seen."""
        objects: dict[str, list[dict[str, Any]]] = super().parse_objects()
        drawn = self._drawn
        runs, paints = drawn.runs, drawn.paints
        if picture_share(objects.get("image", []), self.width, self.height) >= SCAN_COVERS:
            runs, paints = as_layer_of_scan(runs, paints)
        self.unsure = any(run.unsure for run in runs)
        for run in runs if self.unsure else ():
            if run.unsure:
                for char in drawn.characters[run.start : run.end]:
                    char["unsure"] = True
        marks = watermarks(drawn.characters, runs, drawn.strings)
        self.seen = seen(drawn.characters, runs, paints, marks)
        if drawn.strings.repeated:
            self.seen = replace(self.seen, chars=without_doubles(self.seen.chars))
        return objects | {"char": self.seen.chars} if self.seen.chars else objects

    def close(self) -> None:
        """Let go of all that was read."""
        super().close()
        self.seen = Seen([], [], [])
        del self._drawn


def fast_pages(pdf: PDF, numbers: Container[int]) -> Iterator[FastPage]:
    """Return those pages of a document, counted from 1, one by one; none is kept.

    Raises PdfminerException where the file is damaged.
    """
    glyphs: dict[PDFFont, _Glyphs] = {}
    layers = Layers(pdf.doc)
    pages = enumerate(PDFPage.create_pages(pdf.doc), 1)
    while True:
        try:
            number, page = next(pages)
        except StopIteration:
            return
        except Exception as error:
            raise PdfminerException(error) from error
        if number in numbers:
            yield FastPage(pdf, page, number, glyphs, layers)


class Device(PDFPageAggregator):
    """Collects a page's objects as pdfminer does, and its characters as pdfplumber would.

    `runs` and `paints` tell how they were painted. The interpreter sets `view` and `hidden`.
    """

    view: Visibility
    hidden: bool

    def __init__(self, page: Page, glyphs: dict[PDFFont, _Glyphs]) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        self.characters: list[dict[str, Any]] = []
        self._page = page
        self._number, self._height = page.page_number, page.height
        self._left, self._top = page.mediabox[:2]
        self._glyphs = glyphs
        self.runs: list[GlyphRun] = []
        self.paints: list[Paint] = []
        self.looks: dict[int, PathStyle] = {}  # of paths, by the identity of pdfminer's objects
        self.strings = Strings()
        self._alike: tuple[Any, ...] = ()
        self.attached: list[tuple[str, Box]] = []
        self._stamping = False

    def annotations_begin(self) -> None:
        """Take what comes next for drawn by annotations.

        Their characters, and those of forms, which annotations become where a program makes them
        part of the page, get the mark "stamped".
        """
        self._stamping = True

    def draw_typed(self, typed: Typed) -> None:
        """Add a line of text as a viewer draws it for a field without an appearance."""
        start = len(self.characters)
        matrix = self.ctm
        line = (-0.2 * typed.size, 0.8 * typed.size, True)
        for letter, x, width in letters_of(typed):
            at = _moved(matrix, x, typed.y)
            self.characters.append(self._character(letter, "", at, (width, *line)))
        self._note(start, 0, 0, PREDEFINED_COLORSPACE["DeviceGray"])

    def draw_strike(self, box: Rect) -> None:
        """Add a line that a reviewer drew through words."""
        x0, y0, x1, y1 = box
        ends = (x0, y0), (x1, y1)
        path: list[Any] = [("m", ends[0]), ("l", ends[1])]
        self.cur_item.add(LTLine(1, *ends, stroke=True, original_path=path))

    def attach(self, name: str, box: Rect) -> None:
        """Keep the name of a file that an annotation opens, and where it stands."""
        x0, y0, x1, y1 = box
        down = self._height + self._top
        place = Box(x0 + self._left, down - y1, x1 + self._left, down - y0)
        self.attached.append((name, place))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Add the characters of a string, and how they are painted."""
        start = len(self.characters)
        super().render_string(textstate, seq, ncs, graphicstate)
        self._note(start, textstate.render, graphicstate.ncolor, ncs)

    def _note(self, start: int, mode: int, colour: Any, space: PDFColorSpace) -> None:
        """Take down how the characters from `start` on, which are one string, were painted."""
        characters = self.characters
        end = len(characters)
        if end == start:
            return
        if self._stamping or self._stack:
            for char in characters[start:]:
                char["stamped"] = True
        self.strings.note(start, characters)
        alike = (len(self.paints), self.view, self.hidden, mode, colour, space.name)
        if alike == self._alike:
            run = self.runs[-1]
            run.end = end
        else:
            self._alike = alike
            look = self._view_on_page(), mode, rgb(colour, space), self.hidden
            run = GlyphRun(start, end, len(self.paints), *look, pattern=space.name == "Pattern")
            self.runs.append(run)
        run.cut = run.cut or not all(map(run.view.holds, (characters[start], characters[-1])))

    def _view_on_page(self) -> Visibility:
        x0, y0, x1, y1 = self.view.clip
        return self.view._replace(clip=(x0 + self._left, y0, x1 + self._left, y1))

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """Add a path, unless its layer is switched off."""
        if self.hidden:
            return
        already, painted = len(self.cur_item._objs), len(self.paints)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if fill and sum([segment[0] == "m" for segment in path]) == 1:
            # pdfminer calls this for each part of a path by itself.
            self._note_fill(path, rgb(gstate.ncolor, gstate.ncs))
        added = self.cur_item._objs[already:]
        if len(added) == 1:
            colours = rgb(gstate.scolor, gstate.scs), rgb(gstate.ncolor, gstate.ncs)
            look = PathStyle(*colours, self._view_on_page(), painted, len(self.paints))
            self.looks[id(added[0])] = look

    def _note_fill(self, path: Sequence[Any], colour: Colour | None) -> None:
        xs = [x for segment in path for x in segment[1::2]]
        ys = [y for segment in path for y in segment[2::2]]
        box = apply_matrix_rect(self.ctm, (min(xs), min(ys), max(xs), max(ys)))
        if box[2] - box[0] < _THIN or box[3] - box[1] < _THIN:
            return
        straight = "".join([s[0] for s in path]) in _RECTANGLES and len({*xs}) == len({*ys}) == 2
        if not straight:
            colour = None
        self._paint(box, colour, covers=straight and self.view.covers)

    def _paint(
        self, box: Rect, colour: Colour | None, *, covers: bool, picture: bool = False
    ) -> None:
        x0, y0, x1, y1 = box
        a, b, c, d = self.view.clip
        x0, y0, x1, y1 = max(x0, a), max(y0, b), min(x1, c), min(y1, d)
        if x0 < x1 and y0 < y1:
            box = (x0 + self._left, y0, x1 + self._left, y1)
            self.paints.append(Paint(box, colour, covers, picture))

    def paint_area(self, box: Rect) -> None:
        """Take an area for painted in colours that cannot be told."""
        if not self.hidden:
            self._paint(box, None, covers=False)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Add a picture, unless its layer is switched off."""
        if self.hidden:
            return
        super().render_image(name, stream)
        see_through = any(stream.get(key) for key in _MASKS)
        at = self.cur_item
        covers = self.view.covers and not see_through
        self._paint((at.x0, at.y0, at.x1, at.y1), None, covers=covers, picture=True)

    def render_string_horizontal(  # noqa: PLR0913, PLR0917  as pdfminer calls it
        self,
        seq: Any,
        matrix: Matrix,
        pos: tuple[float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: Any,  # noqa: ARG002
        graphicstate: Any,  # noqa: ARG002
    ) -> tuple[float, float]:
        """Add the characters of a string, and return where the next one begins."""
        glyphs = self._glyphs.get(font)
        if glyphs is None:
            glyphs = self._glyphs[font] = _Glyphs(font)
        low = font.get_descent() * fontsize + rise
        line = (low, low + fontsize, matrix[0] * matrix[3] * scaling > 0)
        add = self.characters.append
        x, y = pos
        spaced = False
        for part in seq:
            if isinstance(part, bytes):
                for code in font.decode(part):
                    if spaced:
                        x += charspace
                    text, width = glyphs[code]
                    advance = width * fontsize * scaling
                    add(self._character(text, glyphs.name, _moved(matrix, x, y), (advance, *line)))
                    x += advance
                    if code == 32 and wordspace:
                        x += wordspace
                    spaced = True
            elif isinstance(part, int | float):
                x -= part * dxscale
                spaced = True
        return x, y

    def render_char(self, *args: Any) -> float:
        """Add a character of vertical text, and return how far it advances."""
        advance: float = super().render_char(*args)
        self.characters.append(self._page.process_object(self.cur_item._objs.pop()))
        return advance

    def _character(
        self, text: str, font: str, matrix: Matrix, size: tuple[float, float, float, bool]
    ) -> dict[str, Any]:
        """A character as pdfplumber has it.

        `size`: how far it advances, how low and high it reaches, whether its font stands upright.
        """
        advance, low, high, upright = size
        a, b, c, d, e, f = matrix
        if b or c:
            x0, y0, x1, y1 = apply_matrix_rect(matrix, (0, low, advance, high))
        else:
            x0, x1 = e, a * advance + e
            y0, y1 = d * low + f, d * high + f
            if x1 < x0:
                x0, x1 = x1, x0
            if y1 < y0:
                y0, y1 = y1, y0
        top = (self._height - y1) + self._top
        return {
            "text": text,
            "fontname": font,
            "size": y1 - y0,
            "matrix": matrix,
            "upright": upright and b * c <= 0,
            "adv": advance,
            "x0": x0 + self._left,
            "x1": x1 + self._left,
            "y0": y0,
            "y1": y1,
            "top": top,
            "bottom": (self._height - y0) + self._top,
            "doctop": top,
            "width": x1 - x0,
            "height": y1 - y0,
            "object_type": "char",
            "page_number": self._number,
        }


def _moved(matrix: Matrix, x: float, y: float) -> Matrix:
    a, b, c, d, e, f = matrix
    return a, b, c, d, x * a + y * c + e, x * b + y * d + f
