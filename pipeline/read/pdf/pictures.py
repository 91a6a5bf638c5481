"""Pictures on a PDF page: of the page itself, and of its letters."""

from collections.abc import Iterable, Sequence
from typing import Any

# A picture, or the strips of one, over this share of the page is taken for a scan.
SCAN_COVERS = 0.5
# Points: no letter of a text is drawn larger; so many beside each other, over so much width, are a
# line of text, and no logo.
_LARGEST_LETTER = 40.0
_LEVEL = 4.0
_LETTERS_OF_LINE, _WIDTH_OF_LINE = 8, 100.0


def picture_share(images: Iterable[dict[str, Any]], width: float, height: float) -> float:
    """Return the share of a page that pictures cover, 0..1; a scan may lie in strips."""
    area = sum(
        max(0.0, min(i["x1"], width) - max(i["x0"], 0))
        * max(0.0, min(i["bottom"], height) - max(i["top"], 0))
        for i in images
    )
    return min(1.0, float(area / max(1.0, width * height)))


def lines_without_characters(shapes: Iterable[dict[str, Any]]) -> int:
    """Return how many lines of text are drawn by shapes: outlines of letters, or pictures of them.

    `shapes` are curves that are filled, and pictures, as pdfplumber has them.
    """
    by_foot: dict[int, list[dict[str, Any]]] = {}
    for shape in shapes:
        if max(shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]) <= _LARGEST_LETTER:
            by_foot.setdefault(round(shape["bottom"] / _LEVEL), []).append(shape)
    return sum(map(_is_line, by_foot.values()))


def _is_line(shapes: Sequence[dict[str, Any]]) -> bool:
    width = max(s["x1"] for s in shapes) - min(s["x0"] for s in shapes)
    return len(shapes) >= _LETTERS_OF_LINE and width >= _WIDTH_OF_LINE
