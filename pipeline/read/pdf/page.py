"""pdfplumber's pages with the same characters and lines, made in a third of the time.

pdfplumber makes of each character an object of pdfminer with its colours and marks, and of that a
dictionary. Here the dictionary is made at once, with what is asked for in this program.
"""

from collections.abc import Container, Iterator
from typing import Any
from unicodedata import normalize

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import Page, fix_fontname_bytes
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.read.pdf.content import Interpreter

_Matrix = tuple[float, float, float, float, float, float]


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
    """A page of pdfplumber whose characters have no colours, marks or tags."""

    def __init__(
        self, pdf: PDF, page: PDFPage, number: int, glyphs: dict[PDFFont, _Glyphs]
    ) -> None:
        super().__init__(pdf, page, page_number=number)
        self._glyphs = glyphs

    @property
    def layout(self) -> LTPage:
        """The page's objects but for its characters."""
        if not hasattr(self, "_layout"):
            device = _Device(self, self._glyphs)
            try:
                Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout = device.get_result()
            self._characters = device.characters
        return self._layout

    def parse_objects(self) -> dict[str, list[dict[str, Any]]]:
        """Return the page's objects by kind, as pdfplumber's dictionaries."""
        objects: dict[str, list[dict[str, Any]]] = super().parse_objects()
        return objects | {"char": self._characters} if self._characters else objects

    def close(self) -> None:
        """Let go of all that was read."""
        super().close()
        self._characters = []


def fast_pages(pdf: PDF, numbers: Container[int]) -> Iterator[FastPage]:
    """Return those pages of a document, counted from 1, one by one; none is kept.

    Raises PdfminerException where the file is damaged.
    """
    glyphs: dict[PDFFont, _Glyphs] = {}
    pages = enumerate(PDFPage.create_pages(pdf.doc), 1)
    while True:
        try:
            number, page = next(pages)
        except StopIteration:
            return
        except Exception as error:
            raise PdfminerException(error) from error
        if number in numbers:
            yield FastPage(pdf, page, number, glyphs)


class _Device(PDFPageAggregator):
    """Collects a page's objects as pdfminer does, and its characters as pdfplumber would."""

    def __init__(self, page: Page, glyphs: dict[PDFFont, _Glyphs]) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        self.characters: list[dict[str, Any]] = []
        self._page = page
        self._number, self._height = page.page_number, page.height
        self._left, self._top = page.mediabox[:2]
        self._glyphs = glyphs

    def render_string_horizontal(  # noqa: PLR0913, PLR0917  as pdfminer calls it
        self,
        seq: Any,
        matrix: _Matrix,
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
        self, text: str, font: str, matrix: _Matrix, size: tuple[float, float, float, bool]
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


def _moved(matrix: _Matrix, x: float, y: float) -> _Matrix:
    a, b, c, d, e, f = matrix
    return a, b, c, d, x * a + y * c + e, x * b + y * d + f
