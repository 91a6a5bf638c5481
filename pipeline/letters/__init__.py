"""Letters that an OCR took for others, told by the words around them."""

from typing import Final

# What they are told by, in `pipeline/knowledge`.
TABLE: Final = "syllables.bin"
WEIGHTS: Final = "letters.yaml"
