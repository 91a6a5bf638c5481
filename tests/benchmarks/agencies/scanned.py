"""Command line: ``python -m tests.benchmarks.agencies.scanned``: what Tesseract makes of names.

Sets the benchmark's cells in type, line by line, treats the pages as an office's scanner would,
reads them, and writes `slips.csv`: each word that was read amiss, as what, and how often of how
many. The benchmark draws its slips from that file, so that they are Tesseract's and not ours.
"""

import csv
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.benchmarks.agencies.cells import clean_cells

SLIPS = Path(__file__).with_name("slips.csv")
PAGES = 64
_LINES = 46
# Version 2: the first has no Vietnamese letters.
_FONTS = tuple(
    f"/usr/share/fonts/truetype/liberation2/Liberation{name}.ttf"
    for name in ("Serif-Regular", "Serif-Regular", "Serif-Bold", "Sans-Regular")
)
_PIXELS_OF_A_POINT = 200 / 72
_PAGE = (1654, 2339)
_LONGEST_LINE = 84


def main() -> int:
    """Read the pages and write the table; returns the exit status."""
    rng = random.Random(5)
    seen: Counter[str] = Counter()
    slips: Counter[tuple[str, str]] = Counter()
    lines = _lines(rng, PAGES * _LINES)
    with tempfile.TemporaryDirectory() as folder:
        for page in range(PAGES):
            texts = lines[page * _LINES : (page + 1) * _LINES]
            image = Path(folder) / f"{page}.png"
            cv2.imwrite(str(image), _page(texts, page))
            for truth, read in _paired(texts, _read(image)):
                seen.update(truth.split())
                slips.update(_differences(truth.split(), read.split()))
    with SLIPS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("printed", "read", "times", "seen"))
        for (printed, read), times in sorted(slips.items()):
            writer.writerow((printed, read, times, min(seen[w] for w in printed.split())))
    print(f"{sum(slips.values())} slips in {sum(seen.values())} words")
    return 0


def _lines(rng: random.Random, count: int) -> list[str]:
    cells = [
        re.sub(r"\s+", " ", unicodedata.normalize("NFC", case.text))
        for case in clean_cells(count * 2, seed=77)
        if case.kind != "no tones"
    ]
    short = [text for text in cells if len(text) <= _LONGEST_LINE]
    rng.shuffle(short)
    return short[:count]


def _page(texts: Sequence[str], number: int) -> NDArray[np.uint8]:
    """Return the page as scanned at 200 dpi: a quarter as it should be, the others badly."""
    rng = np.random.default_rng([5, number])
    size = float(rng.uniform(10, 13)) * _PIXELS_OF_A_POINT
    font = ImageFont.truetype(_FONTS[number // 4 % len(_FONTS)], round(size))
    image = Image.new("L", _PAGE, 255)
    draw = ImageDraw.Draw(image)
    for row, text in enumerate(texts):
        draw.text((120, 90 + row * 48), text, font=font, fill=int(rng.integers(0, 40)))
    bad = number % 4 > 0
    pixels = np.asarray(image)
    if bad:  # as at 90 to 130 dpi, or a copy of a copy
        coarse = float(rng.uniform(0.46, 0.66))
        small = cv2.resize(pixels, None, fx=coarse, fy=coarse, interpolation=cv2.INTER_AREA)
        pixels = cv2.resize(small, _PAGE, interpolation=cv2.INTER_LINEAR)
    pixels = cv2.GaussianBlur(pixels, (0, 0), float(rng.uniform(0.5, 0.8)))
    turn = cv2.getRotationMatrix2D((827, 1170), float(rng.uniform(-0.3, 0.3)), 1.0)
    pixels = cv2.warpAffine(pixels, turn, _PAGE, flags=cv2.INTER_CUBIC, borderValue=255)
    noisy = pixels + rng.normal(0, 5 + 9 * bad, pixels.shape) - float(rng.uniform(0, 20))
    done, encoded = cv2.imencode(
        ".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 70 - 30 * bad]
    )
    assert done
    result = cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE)
    return np.asarray(result, np.uint8)


def _read(image: Path) -> list[str]:
    done = subprocess.run(
        ["tesseract", str(image), "stdout", "-l", "vie", "--psm", "6", "--dpi", "200"],
        capture_output=True,
        text=True,
        check=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    return [line for line in done.stdout.splitlines() if line.strip()]


def _paired(texts: Sequence[str], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair the lines in order; a page with lines lost or made up is left out."""
    if len(texts) == len(lines):
        yield from zip(texts, lines, strict=True)


def _differences(truth: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    for what, a, b, c, d in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
        if what != "replace":
            continue
        if b - a == d - c:
            yield from zip(truth[a:b], read[c:d], strict=True)
        elif max(b - a, d - c) <= 2:
            yield " ".join(truth[a:b]), " ".join(read[c:d])


if __name__ == "__main__":
    sys.exit(main())
