"""A page as pixels."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels (BGR or grey, shape (h, w[, 3])) and how many of them make a point."""

    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    scale: float
