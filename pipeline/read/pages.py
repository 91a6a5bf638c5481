"""From a file to its pages, each judged by itself: a good text layer is used, all else is OCRed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from pipeline.parallel import WorkerFailedError, map_items, map_parts
from pipeline.read.pdf.text_layer import LayerVerdict, read_text_layer
from pipeline.read.progress import pages_read
from pipeline.read.strikes import with_strikes
from pipeline.settings import Settings
from schemas.failure import EnvironmentLacks, FailureCode, PhulucError
from schemas.page import Page
from schemas.plan import Decision
from schemas.reading import Reading, Source

if TYPE_CHECKING:  # it loads OpenCV, which digital files do not need
    from pipeline.read.ocr.engine import OcrEngine


def read_pages(source: Source, settings: Settings, engine: "OcrEngine | None" = None) -> Reading:
    """Return all pages of a file in order, and what was decided about their text layers.

    Pages are read `settings.workers` side by side; those without a good text layer by OCR, each in
    a process of its own. `engine` reads the scans; None stands for the one that the settings name.
    Raises PhulucError (EnvironmentLacks where Tesseract or its data are missing and needed).
    """
    if source.kind == "image":
        pictures = dict.fromkeys(_numbers(source), ("picture",))
        return _reading(*_scans(source, pictures, engine, settings), [])
    from pipeline.read.pdf.attachments import (  # noqa: PLC0415  pdfium: not for pictures
        attached_documents,
        with_attachments,
    )
    from pipeline.read.pdf.pdfium import pictures_only  # noqa: PLC0415

    done: dict[int, Page] = {}
    scans = pictures_only(source)
    to_scan: dict[int, tuple[str, ...]] = dict.fromkeys(scans, ("no_text_layer",))
    decisions = [_no_layer(number) for number in scans]
    others = [number for number in _numbers(source) if number not in scans]
    for page, verdict in map_parts(partial(_text_layers, source), others, settings.workers):
        if verdict.used:
            done[page.number] = page
        else:
            to_scan[page.number] = verdict.reasons
        decisions.append(_decision(page.number, verdict))
    decisions.sort(key=lambda decision: decision.page or 0)
    scanned, described = _scans(source, to_scan, engine, settings)
    done |= {page.number: page for page in scanned}
    done, described = _places_read(source, done, described, engine, settings)
    pages = with_attachments([done[n] for n in sorted(done)], attached_documents(source))
    return _reading(pages, described, decisions)


def _reading(
    pages: Sequence[Page], described: str | None, decisions: Sequence[Decision]
) -> Reading:
    read = any(page.method == "ocr" or any(w.symbols for w in page.words) for page in pages)
    return Reading(
        tuple(map(with_strikes, pages)), tuple(decisions), engine=described if read else None
    )


def _numbers(source: Source) -> range:
    return range(1, source.pages + 1)


def _no_layer(number: int) -> Decision:
    reasons = ("no_text_layer",)
    return Decision(what="text_layer", page=number, taken=False, score=0, reasons=reasons)


def _decision(number: int, verdict: LayerVerdict) -> Decision:
    figures = asdict(verdict.figures)
    return Decision(
        what="text_layer",
        page=number,
        taken=verdict.used,
        score=figures.pop("valid"),
        reasons=verdict.reasons,
        figures=figures,
    )


def _text_layers(source: Source, numbers: Sequence[int]) -> list[tuple[Page, LayerVerdict]]:
    if not numbers:
        return []
    import pdfplumber  # noqa: PLC0415  scans do not need it
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    from pipeline.read.pdf.page import fast_pages  # noqa: PLC0415

    layers = []
    number = 0
    try:
        with source.path.open("rb") as file:
            for page in fast_pages(pdfplumber.open(file), numbers):
                number = page.page_number
                layers.append(read_text_layer(page))
                page.close()  # frees its objects at once: memory stays flat over many pages
    except (PdfminerException, ValueError, TypeError, KeyError, RecursionError) as error:
        raise PhulucError(
            FailureCode.DAMAGED_FILE, stage="read", page=number or None, reason=repr(error)
        ) from error
    return layers


def _places_read(
    source: Source,
    pages: dict[int, Page],
    described: str | None,
    engine: "OcrEngine | None",
    settings: Settings,
) -> tuple[dict[int, Page], str | None]:
    """The pages with their unread places read, and what read them.

    Where no engine is installed these places stay in doubt: the rest can be read without one.
    """
    if not any(page.doubts for page in pages.values()):
        return pages, described
    from pipeline.read.ocr.engines import engine_of  # noqa: PLC0415  OpenCV: hardly any file
    from pipeline.read.places import read_places  # noqa: PLC0415

    reader = engine or engine_of(settings)
    try:
        described = described or reader.describe()
    except EnvironmentLacks:
        return pages, described
    return {number: read_places(source, page, reader) for number, page in pages.items()}, described


def _scans(
    source: Source,
    reasons: Mapping[int, tuple[str, ...]],
    engine: "OcrEngine | None",
    settings: Settings,
) -> tuple[list[Page], str | None]:
    """Pages read from pictures of them, and what read them; `reasons` are why each of them is."""
    if not reasons:
        return [], None
    import cv2  # noqa: PLC0415

    from pipeline.read.ocr.engines import engine_of  # noqa: PLC0415
    from pipeline.read.scan.page import read_scan  # noqa: PLC0415
    from pipeline.read.scan.render import render_page  # noqa: PLC0415  OpenCV: not for digital files

    reader = engine or engine_of(settings)
    described = reader.describe()  # says at once what is missing
    cv2.setNumThreads(1)  # the pages are the parallel part

    def scan(number: int) -> Page:
        # The picture has no name here, so that it goes as soon as it has been turned to grey.
        return read_scan(
            render_page(source, number, settings.max_pixels), number, reasons[number], reader
        )

    before = source.pages - len(reasons)
    pages_read(before, source.pages)
    try:
        pages = map_items(
            scan,
            sorted(reasons),
            settings.workers,
            seconds=settings.ocr_timeout,
            told=lambda done: pages_read(before + done, source.pages),
        )
    except WorkerFailedError as error:
        code = FailureCode.TIMEOUT if error.overran else FailureCode.OCR_FAILED
        raise PhulucError(
            code, stage="read", page=error.item, seconds=settings.ocr_timeout, reason=error.reason
        ) from error
    return pages, described
