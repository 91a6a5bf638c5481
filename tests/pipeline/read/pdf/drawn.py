"""PDF pages drawn for tests, operator by operator, and what is read of them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

pdfplumber = pytest.importorskip("pdfplumber")

from pipeline.read.pdf.page import FastPage, fast_pages  # noqa: E402
from pipeline.read.pdf.words import words_of  # noqa: E402

WIDTH, HEIGHT = 400, 300


def text(words: str, x: float, y: float, size: float = 12, before: str = "") -> bytes:
    """Return the operators that write a line of text."""
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n".encode()


class Drawn:
    """A PDF of one page that is put together piece by piece."""

    def __init__(self, content: bytes, rotate: int = 0) -> None:
        self.pdf = Pdf.new()
        self.pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        self.page = self.pdf.pages[0].obj
        self.font = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        self.page.Resources = Dictionary(Font=Dictionary(F1=self.font))
        self.page.Contents = self.pdf.make_stream(content)
        if rotate:
            self.page.Rotate = rotate

    def resource(self, kind: str, name: str, value: Any) -> Any:
        """Name something for the content stream, and return it."""
        held = self.page.Resources.get(f"/{kind}", Dictionary())
        held[f"/{name}"] = value
        self.page.Resources[f"/{kind}"] = held
        return value

    def form(self, content: bytes, box: Sequence[float], **entries: Any) -> pikepdf.Stream:
        """Return a form XObject that may use the font /F1."""
        resources = entries.pop("Resources", Dictionary(Font=Dictionary(F1=self.font)))
        return self.pdf.make_stream(
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(box),
            Resources=resources,
            **entries,
        )

    def picture(self, **entries: Any) -> pikepdf.Stream:
        """Return a grey picture of one pixel."""
        return self.pdf.make_stream(
            b"\x80",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            **entries,
        )

    def layer(self, name: str) -> Any:
        """Return a layer of the document that is switched on."""
        group = self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name))
        if "/OCProperties" not in self.pdf.Root:
            self.pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array()))
        self.pdf.Root.OCProperties.OCGs.append(group)
        return group

    def switch_off(self, group: Any) -> None:
        """Switch a layer off."""
        self.pdf.Root.OCProperties.D.OFF.append(group)

    def annotate(self, rect: Sequence[float], appearance: Any = None, **entries: Any) -> Any:
        """Add an annotation, a form field unless `Subtype` says another kind."""
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rect), F=4)
        if appearance is not None:
            made.AP = Dictionary(N=appearance)
        for key, value in entries.items():
            made[f"/{key}"] = value
        if "/Annots" not in self.page:
            self.page.Annots = Array()
        made = self.pdf.make_indirect(made)
        self.page.Annots.append(made)
        if made.Subtype == Name.Widget:
            if "/AcroForm" not in self.pdf.Root:
                self.pdf.Root.AcroForm = Dictionary(Fields=Array())
            self.pdf.Root.AcroForm.Fields.append(made)
        return made

    def data(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()

    def read(self) -> FastPage:
        """Return the page as the program sees it."""
        (page,) = fast_pages(pdfplumber.open(io.BytesIO(self.data())), {1})
        return page

    def words(self) -> list[str]:
        """Return the words that are seen on the page, in reading order."""
        return [word["text"] for word in words_of(self.read().chars, 0.2)]


def seen(content: bytes, resources: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """Return the words that are seen on a page with that content."""
    drawn = Drawn(content)
    for kind, named in (resources or {}).items():
        for name, value in named.items():
            drawn.resource(kind, name, value)
    return " ".join(drawn.words())
