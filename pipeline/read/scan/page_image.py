"""A page as pixels."""

import numpy as np
from msgspec import Struct


class PageImage(Struct, frozen=True):
    """A page as pixels (BGR or grey, shape (h, w[, 3])) and how many of them make a point."""

    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    scale: float
