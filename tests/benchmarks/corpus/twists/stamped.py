"""Twists of number and day: blanks of a letterhead that a signature program stamps over."""

import struct
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont

from tests.benchmarks.corpus.scan import GRADES, scan
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import Sheet, font_file, table, width_of

_SIZE = 13.0
_FIRST_GLYPH = 29  # of Liberation fonts, glyph = code - 29 for ASCII
_NUMBER = "83"


class Blank(Struct, frozen=True):
    """A place to be filled in: the text, its left end and its baseline from the page's top."""

    text: str
    x: float
    baseline: float


class Stamp(Struct, frozen=True):
    """A PDF to be stamped, on its first page."""

    pdf: Pdf

    @property
    def page(self) -> Any:
        """The page's dictionary."""
        return self.pdf.pages[0].obj

    def box(self, blank: Blank) -> tuple[float, float, float, float]:
        """The rectangle of a blank in page space."""
        height = float(self.page.MediaBox[3])
        low = height - blank.baseline - 0.25 * _SIZE
        return blank.x, low, blank.x + width_of(blank.text, size=_SIZE) + 4, low + 1.25 * _SIZE

    def form(self, content: bytes, size: Sequence[float], **resources: Any) -> Any:
        """A form XObject of a size."""
        return self.pdf.make_stream(
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, *size]),
            Resources=Dictionary(**resources),
        )

    def annotate(self, blank: Blank, appearance: Any, **entries: Any) -> None:
        """Put an annotation over a blank."""
        made = Dictionary(Type=Name.Annot, Rect=Array(self.box(blank)), F=4, **entries)
        if appearance is not None:
            made.AP = Dictionary(N=appearance)
        held = self.pdf.make_indirect(made)
        self.page.Annots = Array([*self.page.get("/Annots", []), held])
        if made.Subtype == Name.Widget:
            if "/AcroForm" not in self.pdf.Root:
                self.pdf.Root.AcroForm = Dictionary(Fields=Array(), SigFlags=3)
            self.pdf.Root.AcroForm.Fields.append(held)


Way = Callable[[Stamp, Sequence[Blank]], None]


def letterhead(path: Path, *, dots: bool = False, number: str = "") -> list[Blank]:
    """Draw a plan of two pages whose number and day are left blank; return the blanks."""
    sheet = Sheet(path)
    dot = "." if dots else " "
    before, after = "Số: ", "/KH-UBND"
    gap = dot * 12
    sheet.centred(50, "ỦY BAN NHÂN DÂN", "body", within=(40, 260))
    sheet.centred(64, "HUYỆN VĂN LÃNG", "bold", within=(40, 260))
    sheet.centred(50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "bold", within=(280, 555))
    sheet.centred(64, "Độc lập - Tự do - Hạnh phúc", "bold", within=(280, 555))
    sheet.text(95, 90, before + (number or gap) + after, size=_SIZE)
    blanks = [Blank(_NUMBER, 95 + width_of(before + gap[:4], size=_SIZE), 90)]
    parts = ("Văn Lãng, ngày", dot * 6, " tháng", dot * 6, " năm 2025")
    sheet.text(320, 90, "".join(parts), "italic", _SIZE)
    for place, text in ((1, "18"), (3, "02")):
        x = 320 + width_of("".join(parts[:place]) + " ", "italic", _SIZE)
        blanks.append(Blank(text, x, 90))
    sheet.centred(130, "KẾ HOẠCH", "bold")
    sheet.centred(146, "Chuyển đổi số năm 2025", "bold")
    for i in range(8):
        sheet.text(
            60, 180 + 16 * i, "Căn cứ tình hình thực tế, Ủy ban nhân dân huyện ban hành kế hoạch."
        )
    sheet.page()
    blank = " " * 8
    title = (
        *plan.TITLE[:2],
        f"(Kèm theo Kế hoạch số {number or blank}/KH-UBND ngày {blank}tháng {blank}năm 2025 "
        "của UBND huyện Văn Lãng)",
    )
    table(sheet, sheet.heading(title), [plan.HEADER, *plan.rows()])
    sheet.save()
    return [] if number else blanks


def _twisted(way: Way, path: Path, *, dots: bool = False) -> Gold:
    blanks = letterhead(path, dots=dots)
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        way(Stamp(pdf), blanks)
        pdf.save(path, deterministic_id=True)
    return plan.gold()


def _scanned(way: Way, path: Path) -> Gold:
    """A plan that was printed, scanned, and then signed."""
    printed = path.with_suffix(".printed.pdf")
    blanks = letterhead(printed)
    scan(printed, path, GRADES["clean300"], 3)
    printed.unlink()
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        way(Stamp(pdf), blanks)
        pdf.save(path, deterministic_id=True)
    return plan.gold()


def _text(blank: Blank, encoded: bytes | None = None) -> bytes:
    shown = b"<" + encoded.hex().encode() + b">" if encoded else f"({blank.text})".encode()
    return b"q BT 0 g /F1 %.1f Tf 1 0 0 1 2 %.2f Tm %s Tj ET Q" % (_SIZE, 0.25 * _SIZE, shown)


def _standard_font() -> Any:
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/Times-Roman"),
        Encoding=Name.WinAnsiEncoding,
    )


def _widget(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    for i, blank in enumerate(blanks):
        fonts = Dictionary(F1=_standard_font())
        form = stamp.form(_text(blank), _size(stamp, blank), Font=fonts)
        stamp.annotate(blank, form, Subtype=Name.Widget, FT=Name.Sig, T=String(f"s{i}"))


def _size(stamp: Stamp, blank: Blank) -> tuple[float, float]:
    x0, y0, x1, y1 = stamp.box(blank)
    return x1 - x0, y1 - y0


def _nested(
    font: Callable[[Pdf], Any], encode: bool, stamp: Stamp, blanks: Sequence[Blank]
) -> None:
    """As libraries of signatures draw: /FRM in the appearance, /n0 and /n2 in /FRM."""
    face = font(stamp.pdf)
    for i, blank in enumerate(blanks):
        size = _size(stamp, blank)
        codes = b"".join(struct.pack(">H", ord(c) - _FIRST_GLYPH) for c in blank.text)
        n0 = stamp.form(b"% DSBlank\n", (100, 100))
        n2 = stamp.form(_text(blank, codes if encode else None), size, Font=Dictionary(F1=face))
        frm = stamp.form(
            b"q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q",
            size,
            XObject=Dictionary(n0=n0, n2=n2),
        )
        top = stamp.form(b"q 1 0 0 1 0 0 cm /FRM Do Q", size, XObject=Dictionary(FRM=frm))
        stamp.annotate(blank, top, Subtype=Name.Widget, FT=Name.Sig, T=String(f"s{i}"))


def _embedded_font(pdf: Pdf, *, unicode: bool, cmap: bool) -> Any:
    """A whole TrueType font, numbers of glyphs for codes, with what tells their letters or not."""
    data = Path(font_file("Regular")).read_bytes()
    name = Name("/AAAAAA+TimesNewRomanPSMT")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([-200, -300, 1000, 900]),
        ItalicAngle=0,
        Ascent=891,
        Descent=-216,
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_stream(data if cmap else without_table(data, b"cmap")),
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=500,
        CIDToGIDMap=Name.Identity,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
    )
    if unicode:
        lines = "".join(f"<{c - _FIRST_GLYPH:04x}> <{c:04x}>\n" for c in range(48, 58))
        font.ToUnicode = pdf.make_stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
            b"1 begincodespacerange <0000> <ffff> endcodespacerange\n10 beginbfchar\n"
            + lines.encode()
            + b"endbfchar endcmap end end"
        )
    return pdf.make_indirect(font)


def without_table(font: bytes, tag: bytes) -> bytes:
    """Return a TrueType font without one of its tables."""
    count = struct.unpack(">H", font[4:6])[0]
    records = [font[12 + 16 * i : 28 + 16 * i] for i in range(count)]
    kept = [record for record in records if record[:4] != tag]
    shift = 16 * (count - len(kept))
    header = font[:4] + struct.pack(">H", len(kept)) + font[6:12]
    moved = b"".join(
        r[:8] + struct.pack(">I", struct.unpack(">I", r[8:12])[0] - shift) + r[12:] for r in kept
    )
    return header + moved + font[12 + 16 * count :]


def _picture_of(blank: Blank, size: Sequence[float]) -> bytes:
    """The letters in black on clear ground, four pixels a point, as a mask of 8 bits."""
    width, height = (round(4 * v) for v in size)
    image = Image.new("L", (width, height), 0)
    font = ImageFont.truetype(font_file("Regular"), round(4 * _SIZE))
    ImageDraw.Draw(image).text((8, height - _SIZE), blank.text, fill=255, font=font, anchor="ls")
    return image.tobytes()


def _picture(pdf: Pdf, blank: Blank, size: Sequence[float], **entries: Any) -> Any:
    width, height = (round(4 * v) for v in size)
    about: dict[str, Any] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": width,
        "Height": height,
        "ColorSpace": Name.DeviceGray,
        "BitsPerComponent": 8,
    }
    mask = pdf.make_stream(_picture_of(blank, size), **about)
    return pdf.make_stream(bytes(width * height), **about, SMask=mask, **entries)


def _pictures(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    for i, blank in enumerate(blanks):
        size = _size(stamp, blank)
        form = stamp.form(
            b"q %.2f 0 0 %.2f 0 0 cm /Im Do Q" % size,
            size,
            XObject=Dictionary(Im=_picture(stamp.pdf, blank, size)),
        )
        stamp.annotate(blank, form, Subtype=Name.Widget, FT=Name.Sig, T=String(f"s{i}"))


def _flat_pictures(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    """Pictures of the digits that are part of the page itself."""
    held = stamp.page.Resources.get("/XObject", Dictionary())
    content = b""
    for i, blank in enumerate(blanks):
        size, (x, y, *_) = _size(stamp, blank), stamp.box(blank)
        held[f"/Stamp{i}"] = _picture(stamp.pdf, blank, size)
        content += b"q %.2f 0 0 %.2f %.2f %.2f cm /Stamp%d Do Q\n" % (*size, x, y, i)
    stamp.page.Resources.XObject = held
    stamp.pdf.pages[0].contents_add(content)


def _flattened(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    """Annotations that a program has made part of the page: forms that it draws."""
    _widget(stamp, blanks)
    held = stamp.page.Resources.get("/XObject", Dictionary())
    content = b""
    for i, annotation in enumerate(stamp.page.Annots):
        held[f"/Flat{i}"] = annotation.AP.N
        x, y = map(float, list(annotation.Rect)[:2])
        content += b"q 1 0 0 1 %.2f %.2f cm /Flat%d Do Q\n" % (x, y, i)
    stamp.page.Resources.XObject = held
    stamp.pdf.pages[0].contents_add(content)
    del stamp.page.Annots


def _fields(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    """Fields that have a value and leave it to the viewer to draw it."""
    for i, blank in enumerate(blanks):
        stamp.annotate(
            blank,
            None,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String(f"t{i}"),
            V=String(blank.text),
            DA=String(f"/Helv {_SIZE} Tf 0 g"),
        )
    stamp.pdf.Root.AcroForm.NeedAppearances = True


def _free_text(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    for blank in blanks:
        form = stamp.form(_text(blank), _size(stamp, blank), Font=Dictionary(F1=_standard_font()))
        contents = String(blank.text)
        stamp.annotate(blank, form, Subtype=Name.FreeText, Contents=contents)


def _hidden(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    """A stamp that nobody sees: the number is blank, and that is said."""
    _widget(stamp, [Blank("999", b.x, b.baseline) for b in blanks])
    for annotation in stamp.page.Annots:
        annotation.F = 2


def _turned(stamp: Stamp, blanks: Sequence[Blank]) -> None:
    """A page that is shown turned: stamped upright in the space of the reader."""
    _nested(partial(_embedded_font, unicode=True, cmap=True), True, stamp, blanks)
    width, height = float(stamp.page.MediaBox[2]), float(stamp.page.MediaBox[3])
    stamp.pdf.pages[0].contents_add(b"q 0 1 -1 0 %.2f 0 cm\n" % height, prepend=True)
    stamp.pdf.pages[0].contents_add(b"\nQ")
    stamp.page.MediaBox = Array([0, 0, height, width])
    for annotation in stamp.page.Annots:
        x0, y0, x1, y1 = map(float, annotation.Rect)
        annotation.Rect = Array([height - y1, x0, height - y0, x1])
        annotation.AP.N.Matrix = Array([0, 1, -1, 0, 0, 0])
    stamp.page.Rotate = 90


def _blank_left(path: Path) -> Gold:
    letterhead(path)
    return plan.gold() | {"number": "", "day": "", "month": ""}


def _hidden_stamp(path: Path) -> Gold:
    return _twisted(_hidden, path) | {"number": "", "day": "", "month": ""}


_TO_UNICODE = partial(_embedded_font, unicode=True, cmap=True)
_BY_CMAP = partial(_embedded_font, unicode=False, cmap=True)
_NUMBERS_OF_GLYPHS = partial(_embedded_font, unicode=False, cmap=False)

WAYS: dict[str, Way] = {
    "widget": _widget,
    "nested": partial(_nested, _TO_UNICODE, True),
    "font_without_unicode": partial(_nested, _BY_CMAP, True),
    "glyph_numbers": partial(_nested, _NUMBERS_OF_GLYPHS, True),
    "pictures": _pictures,
    "flat_pictures": _flat_pictures,
    "flattened": _flattened,
    "fields": _fields,
    "free_text": _free_text,
    "turned": _turned,
}

TWISTS = [
    *(Twist(f"stamped_{name}", partial(_twisted, way)) for name, way in WAYS.items()),
    *(
        Twist(f"stamped_{name}_over_dots", partial(_twisted, WAYS[name], dots=True))
        for name in ("widget", "nested", "pictures")
    ),
    *(
        Twist(f"stamped_{name}_on_a_scan", partial(_scanned, WAYS[name]))
        for name in ("widget", "nested", "pictures", "free_text")
    ),
    Twist("number_left_blank", _blank_left, "number_blank"),
    Twist("stamped_hidden", _hidden_stamp, "number_blank"),
]
