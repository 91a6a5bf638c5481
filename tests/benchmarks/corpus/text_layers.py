"""Makes of a digital PDF the kinds of text layer that offices send."""

import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pikepdf
import pypdfium2
from msgspec import Struct

from tests.benchmarks.corpus import legacy_codes, scan
from tests.benchmarks.corpus.retype import Face, Spacing, characters, retype, to_unicode

Way = Literal["text_layer", "ocr"]

SIGNATURE = (
    "Người ký: Ủy ban nhân dân huyện",
    "Cơ quan: UBND huyện, tỉnh Lạng Sơn",
    "Ngày ký: 03/08/2020 16:29:07 +07:00",
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NOISE_SEED = 7
_SCAN = scan.GRADES["clean300"]
_OCR_DPI = 200
_ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}


class Kind(Struct, frozen=True):
    """A kind of text layer: how it is made, and how a page of it ought to be read.

    `make(source, target)`; `scanned` pages (from 1, negative from the end; None for all) are to be
    read by OCR whatever `way` is for the others. `reason` is what the decision on each page of the
    text layer has to say.
    """

    make: Callable[[Path, Path], None]
    way: Way
    reason: str
    scanned: Sequence[int] | None = ()

    def way_of(self, page: int, pages: int) -> Way:
        """Return how page `page` of `pages` ought to be read."""
        if self.scanned is None:
            return "ocr"
        numbers = {n if n > 0 else pages + 1 + n for n in self.scanned}
        return "ocr" if page in numbers else self.way


def _good(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _none(source: Path, target: Path) -> None:
    scan.scan(source, target, _SCAN, _NOISE_SEED)


def _tcvn3(source: Path, target: Path) -> None:
    faces = {
        "small": Face(".VnTime", lambda char: legacy_codes.tcvn3(char) or char),
        "capitals": Face(".VnTimeH", lambda char: legacy_codes.tcvn3(char.lower()) or char),
    }
    _retyped(source, target, faces, _in_capitals)


_UPPER_WORDS = re.compile(r"[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ\d ,.:;()/&-]*[A-ZÀ-ỸĐ]|[A-ZÀ-ỸĐ]")


def _in_capitals(text: str) -> list[str]:
    """Capitals that the small font lacks are set in the font of capitals, with those beside."""
    faces = ["small"] * len(text)
    for found in _UPPER_WORDS.finditer(text):
        if any(legacy_codes.tcvn3(char) is None for char in found[0] if char.isalpha()):
            for at in range(*found.span()):
                faces[at] = "capitals" if text[at].isupper() else "small"
    return faces


def _vni(source: Path, target: Path) -> None:
    face = Face(
        "VNI-Times",
        lambda char: _vni_code(char)[:1],
        lambda char: _vni_code(char)[1:],
    )
    _retyped(source, target, {"vni": face}, lambda text: ["vni"] * len(text))


def _vni_code(char: str) -> str:
    return legacy_codes.vni(char) if char.isalpha() else char


def _unnamed_tcvn3(source: Path, target: Path) -> None:
    """The same codes in fonts whose names tell nothing; capitals are lost with the names."""
    faces = {
        "small": Face("TT1A2o00", lambda char: legacy_codes.tcvn3(char) or char),
        "capitals": Face("TT1A3o00", lambda char: legacy_codes.tcvn3(char.lower()) or char),
    }
    _retyped(source, target, faces, _in_capitals)


def _partly_vni(source: Path, target: Path) -> None:
    """Upright text in Unicode, bold text in VNI."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            fonts = page.Resources.Font
            bold = {n: f for n, f in fonts.items() if "Bold" in str(f.BaseFont)}
            page.Resources = pikepdf.Dictionary(
                {**dict(page.Resources.items()), "/Font": pikepdf.Dictionary(dict(fonts.items()))}
            )
            for name, font in bold.items():
                says = {code: _vni_code(char) for code, char in characters(font).items()}
                made = pikepdf.Dictionary(dict(font.items()))
                made.BaseFont = pikepdf.Name("/AAAAAA+VNI-Times,Bold")
                made.ToUnicode = pdf.make_stream(to_unicode(says))
                page.Resources.Font[name] = pdf.make_indirect(made)
        pdf.save(target, deterministic_id=True)


def _combining(source: Path, target: Path) -> None:
    """Tones as characters of their own, as one of the two Unicode keyboards in use types them."""
    face = Face("TimesNewRomanPSMT", lambda char: _parted(char)[0], lambda char: _parted(char)[1])
    _retyped(source, target, {"parted": face}, lambda text: ["parted"] * len(text))


def _parted(char: str) -> tuple[str, str]:
    """A letter without its tone, and the tone ("ế": "ê" and an acute)."""
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in parts if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tones


def _glyph_numbers(source: Path, target: Path) -> None:
    """What comes of numbers of glyphs that a program took for characters."""
    face = Face("TimesNewRomanPSMT", _as_glyph_number)
    _retyped(source, target, {"glyphs": face}, lambda text: ["glyphs"] * len(text))


def _as_glyph_number(char: str) -> str:
    if char.isascii():
        return chr(ord(char) - 29) if char.isalpha() else char
    return chr(0x460 + ord(char) % 0xD0)


def _letter_by_letter(source: Path, target: Path) -> None:
    with pikepdf.open(source) as pdf:
        faces = {"": Face("TimesNewRomanPSMT", str)}
        retype(pdf, faces, lambda text: [""] * len(text), Spacing(0.62))
        pdf.save(target, deterministic_id=True)


def _fallback_font(source: Path, target: Path) -> None:
    """The letters with two marks come from a font that claims to hang lower."""
    faces = {
        "own": Face(".NotoSerif", str),
        "other": Face("ArialMT", str, descent=-290),
    }
    _retyped(
        source,
        target,
        faces,
        lambda text: ["other" if "\u1e9f" < char < "\u1efa" else "own" for char in text],
    )


def _sideways(source: Path, target: Path) -> None:
    """Pages drawn on their side, as some printer drivers draw landscape pages, and no /Rotate.

    Every other page lies on its other side.
    """
    with pikepdf.open(source) as pdf:
        for number, page in enumerate(pdf.pages):
            x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
            turn = f"0 -1 1 0 {-y0} {x1}" if number % 2 else f"0 1 -1 0 {y1} {-x0}"
            page.contents_add(f"q {turn} cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            page.mediabox = pikepdf.Array([0, 0, y1 - y0, x1 - x0])
            if "/CropBox" in page:
                del page.CropBox
        pdf.save(target, deterministic_id=True)


def _stamp(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scanned = Path(folder, "scan.pdf")
        _none(source, scanned)
        with pikepdf.open(scanned) as pdf:
            for page in (pdf.pages[0], pdf.pages[-1]):
                _write_unseen(pdf, page, SIGNATURE)
            pdf.save(target, deterministic_id=True)


def _write_unseen(pdf: pikepdf.Pdf, page: pikepdf.Page, lines: Sequence[str]) -> None:
    """Lay lines of text over the upper right of a page, in ink that does not show."""
    chars = sorted(set("".join(lines)))
    codes = {char: code for code, char in enumerate(chars, start=1)}
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        ToUnicode=pdf.make_stream(to_unicode({code: char for char, code in codes.items()})),
    )
    name = page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Signature"))
    width, height = (float(page.mediabox[i]) for i in (2, 3))
    shown = "".join(
        f"BT 3 Tr {name} 8 Tf {width - 200:.0f} {height - 30 - 10 * i} Td "
        f"<{bytes(codes[char] for char in line).hex()}> Tj ET\n"
        for i, line in enumerate(lines)
    )
    page.contents_add(shown.encode())


def _wrong_ocr(source: Path, target: Path) -> None:
    """A scan with the text that Tesseract reads when it is told that the page is English."""
    _with_ocr(source, target, "eng")


def _good_ocr(source: Path, target: Path) -> None:
    """A scan with the text that Tesseract reads, as some scanners and programs deliver it."""
    _with_ocr(source, target, "vie")


def _with_ocr(source: Path, target: Path, language: str) -> None:
    with tempfile.TemporaryDirectory() as folder, pikepdf.new() as made:
        scanned = Path(folder, "scan.pdf")
        _none(source, scanned)
        with pypdfium2.PdfDocument(scanned) as document:
            for number in range(len(document)):
                image = Path(folder, f"{number}.png")
                page = document[number].render(scale=_OCR_DPI / 72, grayscale=True)
                page.to_pil().save(image, dpi=(_OCR_DPI, _OCR_DPI))
                command = ["tesseract", image, image.with_suffix(""), "-l", language, "pdf"]
                subprocess.run(command, check=True, capture_output=True, env=_ONE_THREAD)
                with pikepdf.open(image.with_suffix(".pdf")) as one:
                    made.pages.extend(one.pages)
        made.save(target, deterministic_id=True)


def _mixed(source: Path, target: Path) -> None:
    """Two pages of a born-digital file are pictures."""
    with tempfile.TemporaryDirectory() as folder:
        scanned = Path(folder, "scan.pdf")
        _none(source, scanned)
        with pikepdf.open(source) as pdf, pikepdf.open(scanned) as pictures:
            for at in (1, len(pdf.pages) - 1):
                pdf.pages[at] = pictures.pages[at]
            pdf.save(target, deterministic_id=True)


def _retyped(
    source: Path,
    target: Path,
    faces: dict[str, Face],
    choose: Callable[[str], Sequence[str]],
) -> None:
    with pikepdf.open(source) as pdf:
        retype(pdf, faces, choose)
        pdf.save(target, deterministic_id=True)


KINDS = {
    "good": Kind(_good, "text_layer", "text_layer_good"),
    "tcvn3": Kind(_tcvn3, "text_layer", "encoding_tcvn3"),
    "vni": Kind(_vni, "text_layer", "encoding_vni"),
    "tcvn3-unnamed": Kind(_unnamed_tcvn3, "text_layer", "encoding_tcvn3"),
    "vni-bold-only": Kind(_partly_vni, "text_layer", "text_layer_good"),
    "letter-by-letter": Kind(_letter_by_letter, "text_layer", "text_layer_good"),
    "fallback-font": Kind(_fallback_font, "text_layer", "text_layer_good"),
    "combining": Kind(_combining, "text_layer", "text_layer_good"),
    "glyph-numbers": Kind(_glyph_numbers, "ocr", "characters_unreadable"),
    "sideways": Kind(_sideways, "ocr", "text_sideways"),
    "mixed": Kind(_mixed, "text_layer", "text_layer_good", scanned=(2, -1)),
    "none": Kind(_none, "ocr", "no_text_layer", scanned=None),
    "stamp": Kind(_stamp, "ocr", "", scanned=None),
    "good-ocr": Kind(_good_ocr, "ocr", "lines_in_picture"),
    "wrong-ocr": Kind(_wrong_ocr, "ocr", "", scanned=None),
}
