"""Pages into pixels: PDF pages at the resolution of their scan, pictures as they are."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from pipeline.read.pdf.pdfium import opened, page_of, pictures_on
from pipeline.read.scan.page_image import PageImage
from schemas.failure import FailureCode, PhulucError
from schemas.reading import Source

_POINTS_PER_INCH = 72
# Below 200 dpi Tesseract loses tone marks, above 300 it only gets slower.
_LEAST_DPI, _MOST_DPI = 200, 300
# Cameras and programs write 1, 72 or 96 dpi whatever was scanned: a resolution is believed that
# makes the page between A5 and A2; else the long side is taken for that of A4.
_BELIEVED_INCHES = (7.5, 24.0)
_A4_HEIGHT = 842.0
# Greys of more than 8 bits, and what white is in them: a share, or 8, 12, 16 or 31 bits.
_DEEP_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_WHITES = (1.0, 255.0, 4095.0, 65535.0, 2147483647.0)


def render_page(source: Source, number: int, max_pixels: int) -> PageImage:
    """Return page `number` (from 1) as pixels, BGR or grey; raises PhulucError if too large."""
    if source.kind == "image":
        return _picture(source.path, number, max_pixels)
    # Opened for each page: pdfium keeps what it has read of every page, a megabyte of each scan,
    # and a forked copy of this process would share the place in the file with the others.
    with opened(source.path) as document:
        document.init_forms()  # else fields of a form, signatures among them, are not drawn
        return _rendered(page_of(document, number), number, max_pixels)


def _rendered(page: Any, number: int, max_pixels: int) -> PageImage:
    width, height = page.get_size()
    scale = _dpi_of(page, width) / _POINTS_PER_INCH
    _check_size(width * scale * height * scale, number, max_pixels)
    bitmap = page.render(scale=scale, may_draw_forms=True)
    return PageImage(np.array(bitmap.to_numpy()[:, :, :3]), bitmap.width / width)


def _dpi_of(page: Any, width: float) -> float:
    """The resolution of the largest picture on the page, within what is good for the OCR."""
    pixels = [image.get_px_size() for image in pictures_on(page)]
    if not pixels:
        return _MOST_DPI  # letters drawn as outlines are as sharp as one asks for
    widest = max(w if page.get_rotation() % 180 == 0 else h for w, h in pixels)
    return float(np.clip(widest / width * _POINTS_PER_INCH, _LEAST_DPI, _MOST_DPI))


def _picture(path: Path, number: int, max_pixels: int) -> PageImage:
    try:
        with Image.open(path) as image:
            image.seek(number - 1)
            _check_size(image.width * image.height, number, max_pixels)
            upright = _on_white(ImageOps.exif_transpose(image))
            across, down = map(float, image.info.get("dpi", (0, 0)))
    except (OSError, EOFError, ValueError, SyntaxError) as error:
        raise PhulucError(
            FailureCode.DAMAGED_FILE, stage="read", page=number, reason=str(error)
        ) from error
    long_side = max(upright.width / across, upright.height / down) if across and down else 0
    if not _BELIEVED_INCHES[0] <= long_side <= _BELIEVED_INCHES[1]:
        across = down = max(upright.size) / _A4_HEIGHT * _POINTS_PER_INCH
    dpi = float(np.clip(max(across, down), _LEAST_DPI, _MOST_DPI))
    size = (max(1, round(upright.width * dpi / across)), max(1, round(upright.height * dpi / down)))
    _check_size(size[0] * size[1], number, max_pixels)
    if not all(0.98 < new / old < 1.02 for new, old in zip(size, upright.size, strict=True)):
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    scale = upright.width / (size[0] / dpi) / _POINTS_PER_INCH
    return PageImage(np.asarray(upright)[:, :, ::-1].copy(), scale)


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in RGB of 8 bits, white where it is transparent."""
    if image.mode in _DEEP_MODES:
        return _in_eight_bits(image).convert("RGB")
    if image.mode not in ("LA", "PA", "RGBA") and "transparency" not in image.info:
        return image.convert("RGB")
    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of more than 8 bits; Pillow would make all but its darkest greys white."""
    levels = np.asarray(image, np.float64)
    white = next((w for w in _WHITES if w >= levels.max()), _WHITES[-1])
    return Image.fromarray(np.clip(levels * (255 / white), 0, 255).astype(np.uint8))


def _check_size(pixels: float, number: int, max_pixels: int) -> None:
    if pixels > max_pixels:
        raise PhulucError(
            FailureCode.TOO_LARGE,
            stage="read",
            page=number,
            limit=f"{max_pixels / 1e6:.0f} megapixels",
        )
