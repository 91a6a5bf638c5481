"""Which part of a page is shown: its crop box within its media box, turned as `/Rotate` says."""

from typing import Any

from schemas.geometry import Box

_Raw = tuple[float, float, float, float]


def shown_box(page: Any) -> Box:
    """Return the part of a pdfplumber page that a reader sees, in the points of its objects.

    pdfplumber turns the coordinates of objects, but not where the crop box lies on the page.
    """
    media, crop = _raw(page.page_obj.mediabox), _raw(page.page_obj.cropbox)
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    if x0 >= x1 or y0 >= y1:  # a crop box beside the page would leave nothing to show
        x0, y0, x1, y1 = media
    left, right = x0 - media[0], media[2] - x1
    below, above = y0 - media[1], media[3] - y1
    across, down = {
        0: (left, above),
        90: (below, left),
        180: (right, below),
        270: (above, right),
    }[page.rotation % 360]
    width, height = x1 - x0, y1 - y0
    if page.rotation % 180:
        width, height = height, width
    across, down = across + float(page.mediabox[0]), down + float(page.mediabox[1])
    return Box(across, down, across + width, down + height)


def _raw(box: Any) -> _Raw:
    x0, y0, x1, y1 = map(float, box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
