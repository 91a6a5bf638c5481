"""Small inputs, each one plan of six rows with one thing twisted, and whether it is read right.

``python -m tests.benchmarks.corpus.twists`` makes them, reads them and prints the table.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

Gold = dict[str, Any]


class Twist(Struct, frozen=True):
    """One kind of input.

    `make` writes the file and returns its gold. `doubt` is the code that the result has to show
    where the input cannot be read for certain; "" where an exact answer is asked for.
    """

    name: str
    make: Callable[[Path], Gold]
    doubt: str = ""
    suffix: str = ".pdf"
