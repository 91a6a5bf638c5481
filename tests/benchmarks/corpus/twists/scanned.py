"""Twists of scans: what lies on the glass, how dark and fine it is, what was stamped over it."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import img2pdf  # type: ignore[import-untyped]
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from schemas.geometry import Box
from tests.benchmarks.corpus.twists import Gold, Twist, plan
from tests.benchmarks.corpus.twists.sheet import Cell, Sheet, table

Pixels = NDArray[Any]  # height x width x 3, eight bits
Distort = Callable[[Pixels, float], Pixels]  # with pixels a point

# As large as offices print; the rules of a scan are not black.
_WIDTHS = (34.0, 190.0, 105.0, 105.0, 95.0)


def _scanned(
    pages: Sequence[Sequence[int]],
    distort: Distort = lambda page, _: page,
    *,
    dpi: int = 200,
    ground: str = "",
    blank_backs: bool = False,
) -> Callable[[Path], Gold]:
    """Pages of rows, drawn, rendered, distorted and put into a PDF as pictures."""

    def shaded(sheet: Sheet, cell: Cell) -> None:
        if ground and cell.font == "bold":
            sheet.box(cell.box, fill=ground)

    def ink(cell: Cell) -> str:
        return "white" if ground and cell.font == "bold" else "black"

    def make(path: Path) -> Gold:
        drawn = path.with_suffix(".drawn.pdf")
        sheet = Sheet(drawn)
        for numbers in pages:
            first = 1 in numbers
            rows = plan.rows(numbers)
            table(
                sheet,
                sheet.heading(plan.TITLE) if first else 60,
                [plan.HEADER, *rows] if first else rows,
                widths=_WIDTHS,
                left=33,
                header=first,
                ground=shaded,
                ink=ink,
            )
            sheet.page()
            if blank_backs:
                sheet.box(Box(1, 1, 2, 2), fill="white")
                sheet.page()
        sheet.save()
        _as_pictures(drawn, path, distort, dpi)
        drawn.unlink()
        return plan.gold()

    return make


def _as_pictures(source: Path, target: Path, distort: Distort, dpi: int) -> None:
    images = []
    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            pixels = page.render(scale=dpi / 72).to_numpy()[:, :, ::-1]
            rough = _noisy(distort(np.ascontiguousarray(pixels), dpi / 72))
            stream = io.BytesIO()
            Image.fromarray(rough).save(stream, "JPEG", quality=80, dpi=(dpi, dpi))
            images.append(stream.getvalue())
    target.write_bytes(img2pdf.convert(images, nodate=True, engine=img2pdf.Engine.internal))


def _noisy(page: Pixels) -> Pixels:
    rng = np.random.default_rng(11)
    soft = cv2.GaussianBlur(page, (0, 0), 0.5)
    rough: Pixels = np.clip(soft + rng.normal(0, 4, page.shape), 0, 255).astype(np.uint8)
    return rough


def _skewed(page: Pixels, scale: float) -> Pixels:  # noqa: ARG001
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 0.7, 1)
    return cv2.warpAffine(page, matrix, (width, height), borderValue=(255, 255, 255))


def _black_margins(page: Pixels, scale: float) -> Pixels:
    """The lid of the scanner was open: black around a page that lies a little askew."""
    turned, wide = _skewed(page, scale), round(14 * scale)
    around = cv2.copyMakeBorder(
        turned, wide, wide, wide, wide, cv2.BORDER_CONSTANT, value=(12, 12, 12)
    )
    return np.asarray(around)


def _faint(page: Pixels, scale: float) -> Pixels:  # noqa: ARG001
    pale: Pixels = (255 - (255 - page.astype(np.float32)) * 0.45 - 12).astype(np.uint8)
    return pale


def _seal(middle: tuple[float, float], colour: tuple[int, int, int]) -> Distort:
    """A round seal of 36 mm with rings, a star and letters around; rubber prints unevenly."""

    def stamp(page: Pixels, scale: float) -> Pixels:
        ink = np.full_like(page, 255)
        x, y = (round(edge * scale) for edge in middle)
        for radius, thick in ((50, 2.2), (36, 1.1)):
            cv2.circle(ink, (x, y), round(radius * scale), colour, max(1, round(thick * scale)))
        points = [
            (x + r * scale * np.sin(k * np.pi / 5), y - r * scale * np.cos(k * np.pi / 5))
            for k, r in enumerate((20, 8) * 5)
        ]
        cv2.fillPoly(ink, [np.array(points, np.int32)], colour, cv2.LINE_AA)
        for i, letter in enumerate("UBND*HUYEN*VAN*LANG*"):
            angle = 2 * np.pi * i / 20
            at = (
                round(x + 43 * scale * np.cos(angle)) - 6,
                round(y + 43 * scale * np.sin(angle)) + 6,
            )
            cv2.putText(
                ink, letter, at, cv2.FONT_HERSHEY_SIMPLEX, 0.2 * scale, colour, 2, cv2.LINE_AA
            )
        rubber = np.random.default_rng(3).random((page.shape[0] // 8 + 1, page.shape[1] // 8 + 1))
        worn = cv2.resize(rubber.astype(np.float32), page.shape[1::-1]) > 0.65
        ink[worn] = np.minimum(255, ink[worn].astype(np.uint16) + 70).astype(np.uint8)
        both: Pixels = (page.astype(np.uint16) * ink // 255).astype(np.uint8)
        return both

    return stamp


def _grey(first: Distort) -> Distort:
    """Scanned without colour: a red seal is as dark as print."""

    def turned(page: Pixels, scale: float) -> Pixels:
        grey = cv2.cvtColor(first(page, scale), cv2.COLOR_RGB2GRAY)
        return np.repeat(grey[:, :, None], 3, axis=2)

    return turned


_RED = (200, 30, 45)
_ONE = ((1, 2, 3, 4, 5, 6),)

TWISTS = (
    Twist("scan_plain", _scanned(_ONE)),
    Twist("scan_white_letters", _scanned(_ONE, ground="#1f3864")),
    Twist("scan_white_letters_on_blue", _scanned(_ONE, _skewed, ground="#4472c4")),
    Twist("scan_black_margins", _scanned(_ONE, _black_margins)),
    Twist("scan_faint", _scanned(_ONE, _faint)),
    Twist("scan_110_dpi", _scanned(_ONE, dpi=110)),
    Twist("scan_110_dpi_faint", _scanned(_ONE, _faint, dpi=110)),
    Twist("scan_blank_backs", _scanned(((1, 2, 3), (4, 5, 6)), blank_backs=True)),
    Twist("scan_seal_over_cells", _scanned(_ONE, _seal((420, 200), _RED))),
    Twist("scan_seal_over_header", _scanned(_ONE, _seal((300, 110), _RED))),
    Twist("scan_grey_seal_over_cells", _scanned(_ONE, _grey(_seal((420, 200), _RED)))),
    Twist("scan_grey_seal_over_header", _scanned(_ONE, _grey(_seal((300, 80), _RED)))),
)
