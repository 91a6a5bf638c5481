"""Pictures on a PDF page."""

from collections.abc import Iterable
from typing import Any

# A picture, or the strips of one, over this share of the page is taken for a scan.
SCAN_COVERS = 0.5


def picture_share(images: Iterable[dict[str, Any]], width: float, height: float) -> float:
    """Return the share of a page that pictures cover, 0..1; a scan may lie in strips."""
    area = sum(
        max(0.0, min(i["x1"], width) - max(i["x0"], 0))
        * max(0.0, min(i["bottom"], height) - max(i["top"], 0))
        for i in images
    )
    return min(1.0, float(area / max(1.0, width * height)))
