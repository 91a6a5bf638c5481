"""Simulates what an office's scanner makes of a printed page; deterministic by generator."""

import io
from pathlib import Path
from typing import Any

import cv2
import img2pdf  # type: ignore[import-untyped]
import numpy as np
import pypdfium2
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[Any]  # height x width x 3, eight bits
RED = (196, 32, 44)
BLUE = (34, 52, 150)


class Grade(Struct, frozen=True):
    """How badly a page is scanned. Chances are per page; noise and shading in grey levels."""

    dpi: int
    skew: float  # largest angle, degrees
    blur: float  # sigma in pixels at 200 dpi
    noise: float
    shading: float
    jpeg: int  # quality
    streaks: float = 0.0
    specks: int = 0
    seals: float = 0.0
    initials: float = 0.0
    sideways: float = 0.0
    bilevel: bool = False


GRADES = {
    "clean300": Grade(dpi=300, skew=0.3, blur=0.4, noise=2, shading=4, jpeg=88),
    "office200": Grade(
        dpi=200, skew=1.0, blur=0.5, noise=5, shading=12, jpeg=75, specks=15, seals=0.2,
        initials=0.3, sideways=0.15,
    ),
    "poor200": Grade(
        dpi=200, skew=2.2, blur=0.8, noise=11, shading=30, jpeg=48, streaks=0.5, specks=120,
        seals=0.4, initials=0.4, sideways=0.15,
    ),
    # No seals: in one bit they would hide letters for good, and gold must be within reach.
    "fax200": Grade(
        dpi=200, skew=1.2, blur=0.45, noise=8, shading=6, jpeg=90, streaks=0.3, specks=60,
        bilevel=True,
    ),
}  # fmt: skip


def scan(source: Path, target: Path, grade: Grade, seed: int) -> list[dict[str, float]]:
    """Write an image-only PDF of the pages as scanned; returns what was done to each page.

    A page's record holds `rotation` (degrees clockwise that the page was laid on its side: 0, 90
    or 270) and `skew` (degrees, counter-clockwise).
    """
    images, done = [], []
    with pypdfium2.PdfDocument(source) as document:
        sideways = _sideways(np.random.default_rng([seed, 0]), grade, len(document))
        for number in range(len(document)):
            rng = np.random.default_rng([seed, number + 1])
            pixels = document[number].render(scale=grade.dpi / 72).to_numpy()[:, :, ::-1]
            page, skew = _page(rng, np.ascontiguousarray(pixels), grade)
            turned = np.ascontiguousarray(np.rot90(page, -sideways[number] // 90))
            images.append(_encode(turned, grade))
            done.append({"rotation": sideways[number], "skew": round(skew, 2)})
    target.write_bytes(img2pdf.convert(images, nodate=True, engine=img2pdf.Engine.internal))
    return done


def _sideways(rng: np.random.Generator, grade: Grade, pages: int) -> list[int]:
    """A whole document, or single pages of it, go sideways, in either direction."""
    turn = int(rng.choice((90, 270)))
    whole = rng.random() < grade.sideways
    return [turn if whole or rng.random() < grade.sideways / 3 else 0 for _ in range(pages)]


def _page(rng: np.random.Generator, page: Pixels, grade: Grade) -> tuple[Pixels, float]:
    if rng.random() < grade.seals:
        page = _seal(rng, page, grade.dpi)
    if rng.random() < grade.initials:
        page = _initials(rng, page, grade.dpi)
    skew = float(rng.uniform(-grade.skew, grade.skew))
    page = _rotate(page, skew)
    sigma = grade.blur * grade.dpi / 200
    page = cv2.GaussianBlur(page, (0, 0), sigma)
    page = _shade(rng, page, grade)
    page = _dirt(rng, page, grade)
    return page, skew


def _rotate(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(
        page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )  # fmt: skip


def _shade(rng: np.random.Generator, page: Pixels, grade: Grade) -> Pixels:
    """Uneven light across the page, paler ink, and the sensor's noise."""
    height, width = page.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    ys, xs = np.linspace(-0.5, 0.5, height)[:, None], np.linspace(-0.5, 0.5, width)[None, :]
    light = grade.shading * (np.cos(angle) * xs + np.sin(angle) * ys - 0.5)
    noise = rng.normal(0, grade.noise, (height, width))
    ink = 1 - rng.uniform(0, 0.12)  # black is never quite black
    shaded = 255 - (255 - page.astype(np.float32)) * ink + (light + noise)[:, :, None]
    result: Pixels = np.clip(shaded, 0, 255).astype(np.uint8)
    return result


def _dirt(rng: np.random.Generator, page: Pixels, grade: Grade) -> Pixels:
    height, width = page.shape[:2]
    for _ in range(int(rng.poisson(grade.specks)) if grade.specks else 0):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        shade = int(rng.integers(40, 170))
        cv2.circle(page, centre, int(rng.integers(1, 3)), (shade,) * 3, -1)
    if rng.random() < grade.streaks:
        x, shade = int(rng.integers(width)), int(rng.integers(110, 200))
        band = page[:, x : x + int(rng.integers(1, 3))]
        np.minimum(band, shade, out=band)
    return page


def _multiply(page: Pixels, layer: Pixels) -> Pixels:
    """Lay ink over print: both stay visible, as on paper."""
    product: Pixels = (page.astype(np.uint16) * layer // 255).astype(np.uint8)
    return product


def _seal(rng: np.random.Generator, page: Pixels, dpi: int) -> Pixels:
    """A round red seal, 36 mm across, somewhere over the text."""
    height, width = page.shape[:2]
    radius = int(18 / 25.4 * dpi)
    layer = np.full_like(page, 255)
    x = int(rng.integers(radius, width - radius))
    y = int(rng.integers(height // 6, height - radius))
    cv2.circle(layer, (x, y), radius, RED, max(2, dpi // 70), cv2.LINE_AA)
    cv2.circle(layer, (x, y), int(radius * 0.72), RED, max(1, dpi // 130), cv2.LINE_AA)
    scale = dpi / 200
    for i, letter in enumerate("UBND*HUYEN*"):
        angle = 2 * np.pi * i / 11
        at = (
            int(x + radius * 0.85 * np.cos(angle)) - 6,
            int(y + radius * 0.85 * np.sin(angle)) + 6,
        )
        cv2.putText(layer, letter, at, cv2.FONT_HERSHEY_SIMPLEX, 0.55 * scale, RED, 2, cv2.LINE_AA)
    points = [
        (x + r * radius * np.sin(k * np.pi / 5), y - r * radius * np.cos(k * np.pi / 5))
        for k, r in enumerate((0.4, 0.16) * 5)
    ]
    cv2.fillPoly(layer, [np.array(points, np.int32)], RED, cv2.LINE_AA)
    rubber = rng.random((height // 8 + 1, width // 8 + 1)).astype(np.float32)
    worn = cv2.resize(rubber, (width, height)) > 0.68  # rubber prints unevenly
    layer[worn] = np.minimum(255, layer[worn].astype(np.uint16) + 70).astype(np.uint8)
    return _multiply(page, cv2.GaussianBlur(layer, (0, 0), 0.8))


def _initials(rng: np.random.Generator, page: Pixels, dpi: int) -> Pixels:
    """A blue pen's initials in the margin or at the foot."""
    height, width = page.shape[:2]
    layer = np.full_like(page, 255)
    x = int(rng.choice((0.035, 0.93)) * width)
    y = int(rng.uniform(0.3, 0.95) * height)
    steps = np.cumsum(rng.normal(0, dpi / 9, (9, 2)), axis=0) * (0.5, 1.0)
    path = np.column_stack([np.interp(np.linspace(0, 8, 80), range(9), c) for c in steps.T])
    path = cv2.GaussianBlur(path, (1, 15), 4)
    cv2.polylines(
        layer, [np.add(path, (x, y)).astype(np.int32)], False, BLUE, max(2, dpi // 90), cv2.LINE_AA
    )  # fmt: skip
    return _multiply(page, layer)


def _encode(page: Pixels, grade: Grade) -> bytes:
    image, stream = Image.fromarray(page), io.BytesIO()
    dpi = (grade.dpi, grade.dpi)
    if grade.bilevel:
        grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
        _, black = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        Image.fromarray(black).convert("1").save(stream, "TIFF", compression="group4", dpi=dpi)
    else:
        image.save(stream, "JPEG", quality=grade.jpeg, dpi=dpi)
    return stream.getvalue()
