"""Make pipeline/knowledge/syllables.bin: how often Vietnamese syllables follow one another.

usage: python scripts/build_syllables.py FOLDER [OUT]

FOLDER holds texts (*.txt, UTF-8, a paragraph a line), read recursively. The shipped table was made
of 480 texts with 21.9 million tokens:

- laws, decrees and circulars of the codified law of Viet Nam (Bộ Pháp điển), from
  diepxuan/diepxuan.github.io on GitHub at fbaa690e (MIT);
- administrative documents of 2001-2006, from TrizenX/viparse-corpus on GitHub at ec9c7fdd.

Texts of both kinds are no objects of copyright by Article 15 of Viet Nam's Law on Intellectual
Property (50/2005/QH11), and no text can be got back from counts of threes.

Texts that are themselves somebody's OCR are left out: they would teach its slips ("chỉ phí"). 89 of
569 texts were, with 150 to 10,000 pairs of `slips.yaml` in a million words; those that were typed
held under 100. (The file then had 165 pairs; the limit is that of the 64 that are left.)
"""

import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log2
from pathlib import Path

from pipeline.knowledge import load_yaml
from pipeline.language.text import clean, fold
from pipeline.letters import TABLE
from pipeline.letters.tokens import PARTS, name_of

_OUT = Path(__file__).parents[1] / "pipeline" / "knowledge" / TABLE
_CLASSES = (".", ",", "#", "?")
_LEAST_PAIRS, _LEAST_TRIPLES = 2, 5
_MOST_SLIPS = 50  # in a million words
_MOST_BYTE = 255


def main() -> int:
    """Build the table; returns the exit status."""
    if len(sys.argv) not in {2, 3}:
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else _OUT
    out.write_bytes(zlib.compress(packed(_sentences(Path(sys.argv[1]))), 9))
    return 0


def _sentences(folder: Path) -> Iterator[list[str]]:
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text("utf-8")
        if is_typed(text):
            yield from sentences(text)
        else:
            print(f"left out, read by an OCR: {path}", file=sys.stderr)


def is_typed(text: str) -> bool:
    """Whether a text was typed: slips of OCR are no more than misprints in it."""
    words = fold(text).split()
    slips = {
        tuple(fold(read).split())
        for many in load_yaml("slips.yaml")["pairs"].values()
        for read in many
    }
    found = sum(pair in slips for pair in pairwise(words))
    return found * 1_000_000 <= _MOST_SLIPS * max(len(words), 1)


def sentences(text: str) -> Iterator[list[str]]:
    """Yield the tokens of each sentence of a text, with the boundaries at both its ends."""
    for line in text.splitlines():
        tokens = ["."]
        for part in PARTS.findall(clean(line)):
            if part.isspace():
                continue
            tokens.append(name_of(part.strip()))
            if tokens[-1] == ".":
                yield tokens
                tokens = ["."]
        if len(tokens) > 1:
            yield [*tokens, "."]


def packed(said: Iterable[Sequence[str]]) -> bytes:
    """Return the table (see `pipeline/letters/counts.py`) of sentences, not compressed."""
    ids = {name: i for i, name in enumerate(_CLASSES)}
    singles: Counter[int] = Counter()
    pairs: Counter[tuple[int, ...]] = Counter()
    triples: Counter[tuple[int, ...]] = Counter()
    for tokens in said:
        row = [ids.setdefault(token, len(ids)) for token in tokens]
        singles.update(row[1:])
        pairs.update(pairwise(row))
        triples.update(zip(row, row[1:], row[2:], strict=False))
    counted = b"".join(singles[i].to_bytes(4, "little") for i in range(len(ids)))
    parts = [
        "\n".join(ids).encode(),
        counted,
        *_kept(pairs, _LEAST_PAIRS, len(ids)),
        *_kept(triples, _LEAST_TRIPLES, len(ids)),
    ]
    return b"".join(len(part).to_bytes(4, "little") + part for part in parts)


def _kept(seen: Counter[tuple[int, ...]], least: int, size: int) -> tuple[bytes, bytes]:
    """Keys as differences in LEB128, and the counts that are at least `least`, a byte each."""
    keys = {}
    for tokens, count in seen.items():
        if count >= least:
            key = 0
            for token in tokens:
                key = key * size + token
            keys[key] = count
    ordered = sorted(keys)
    steps = b"".join(_leb(b - a) for a, b in pairwise([0, *ordered]))
    return steps, bytes(min(round(8 * log2(keys[key])), _MOST_BYTE) for key in ordered)


def _leb(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


if __name__ == "__main__":
    sys.exit(main())
