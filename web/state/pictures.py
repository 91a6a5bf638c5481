"""Pictures of pages and of places on them, made once for each content."""

import io
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image
from pypdfium2 import PdfiumError

from pipeline.files.atomic import write_atomic
from pipeline.ingest import open_source
from pipeline.read.libreoffice.prepared import kept_rendering
from pipeline.read.pdf.pdfium import opened, page_of
from pipeline.readings import FOLDER
from pipeline.settings import Settings
from schemas.failure import PhulucError
from schemas.reading import Source
from web.state.originals import Originals

_PAGE_DPI, _CROP_DPI = 150, 200
_MARGIN = 6.0  # points around a place
_QUALITY = 75
_POINTS_PER_INCH = 72
# Damaged, gone since it was found, or asked for a place that is not on the page.
_UNREADABLE = (PhulucError, PdfiumError, OSError, ValueError)
Box = tuple[float, float, float, float]


class NoPictureError(Exception):
    """The file is not at hand any more, or has no pages."""


class Pictures:
    """The pages of the documents of one output folder."""

    def __init__(self, out: Path, originals: Originals, settings: Settings) -> None:
        self._out, self._settings = out, settings
        self._originals = originals
        self._opened = lru_cache(maxsize=64)(open_source)
        self._sizes = lru_cache(maxsize=64)(_sizes)

    def sizes(self, sha256: str) -> list[tuple[float, float]]:
        """Return width and height of every page as a reader sees it, in points."""
        try:
            return self._sizes(self._source(sha256))
        except (NoPictureError, *_UNREADABLE):
            return []

    def page(self, sha256: str, number: int) -> bytes:
        """Return a page as JPEG, grey; raises NoPictureError."""
        path = self._out / FOLDER / "pictures" / f"{sha256}-{number}.jpg"
        if path.exists():
            return path.read_bytes()
        content = _jpeg(_rendered(self._source(sha256), number, _PAGE_DPI, None, self._settings))
        with suppress(OSError):  # shown all the same when the disk is full
            write_atomic(path, content)
        return content

    def crop(self, sha256: str, number: int, box: Box) -> bytes:
        """Return a place on a page, with a little around it, as JPEG; raises NoPictureError."""
        source = self._source(sha256)
        return _jpeg(_rendered(source, number, _CROP_DPI, box, self._settings))

    def _source(self, sha256: str) -> Source:
        path = self._originals.find(sha256)
        if path is None:
            raise NoPictureError
        try:
            source = self._opened(path, path.name, sha256)
        except (PhulucError, OSError) as error:
            raise NoPictureError from error
        return source if source.pages else self._rendering(source)

    def _rendering(self, source: Source) -> Source:
        """The rendering of a file without pages of its own, where one was made of it."""
        path = kept_rendering(self._out / FOLDER, source.sha256)
        if path is None:
            raise NoPictureError
        return open_source(path, source.name, source.sha256)


def _sizes(source: Source) -> list[tuple[float, float]]:
    if source.kind != "pdf":
        return [_picture_size(source, number) for number in range(1, source.pages + 1)]
    with opened(source.path) as document:
        return [page_of(document, n).get_size() for n in range(1, source.pages + 1)]


def _picture_size(source: Source, number: int) -> tuple[float, float]:
    image, scale = _whole(source, number, Settings())
    return image.width / scale, image.height / scale


def _rendered(
    source: Source, number: int, dpi: int, box: Box | None, settings: Settings
) -> Image.Image:
    """A page, or a place on it, in grey. Raises NoPictureError."""
    if not 1 <= number <= source.pages:
        raise NoPictureError
    try:
        if source.kind == "pdf":
            return _of_pdf(source, number, dpi, box)
        image, scale = _whole(source, number, settings)
    except _UNREADABLE as error:
        raise NoPictureError from error
    wanted = dpi / _POINTS_PER_INCH
    if box is not None:
        x0, top, x1, bottom = _widened(box)
        image = image.crop(
            (
                max(0, round(x0 * scale)),
                max(0, round(top * scale)),
                min(image.width, round(x1 * scale)),
                min(image.height, round(bottom * scale)),
            )
        )
    share = wanted / scale
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size)


def _whole(source: Source, number: int, settings: Settings) -> tuple[Image.Image, float]:
    from pipeline.read.scan.render import render_page  # noqa: PLC0415  OpenCV: only for pictures

    rendered = render_page(source, number, settings.max_pixels)
    pixels: Any = rendered.pixels
    return Image.fromarray(pixels[:, :, ::-1].copy()).convert("L"), rendered.scale


def _of_pdf(source: Source, number: int, dpi: int, box: Box | None) -> Image.Image:
    with opened(source.path) as document:
        document.init_forms()
        page = page_of(document, number)
        crop = (0.0, 0.0, 0.0, 0.0)
        if box is not None:
            width, height = page.get_size()
            x0, top, x1, bottom = _widened(box)
            crop = (max(0, x0), max(0, height - bottom), max(0, width - x1), max(0, top))
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, crop=crop, grayscale=True)
        image: Image.Image = bitmap.to_pil().convert("L")
        return image.copy()


def _widened(box: Box) -> Box:
    return box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN


def crop_size(box: Box, highest: int) -> tuple[int, int]:
    """Return width and height at which the picture of a place is shown, pixels."""
    x0, top, x1, bottom = _widened(box)
    scale = min(_CROP_DPI / _POINTS_PER_INCH, highest / (bottom - top))
    return max(1, round((x1 - x0) * scale)), max(1, round((bottom - top) * scale))


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
