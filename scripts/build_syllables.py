"""Make pipeline/knowledge/syllables.bin: how often Vietnamese syllables follow one another.

usage: python scripts/build_syllables.py [--texts FOLDER] [--words FILE] [--out OUT]

FOLDER holds texts (*.txt, UTF-8, a paragraph a line), read recursively. FILE is a dictionary, a
word a line: what is written in small letters in it tells which syllables make words together. What
is not given stays as it is in the shipped table.

The counts of the shipped table were made of 480 texts with 21.9 million tokens:

- laws, decrees and circulars of the codified law of Viet Nam (Bộ Pháp điển), from
  diepxuan/diepxuan.github.io on GitHub at fbaa690e (MIT);
- administrative documents of 2001-2006, from TrizenX/viparse-corpus on GitHub at ec9c7fdd.

Texts of both kinds are no objects of copyright by Article 15 of Viet Nam's Law on Intellectual
Property (50/2005/QH11), and no text can be got back from counts of threes.

Texts that are themselves somebody's OCR are left out: they would teach its slips ("chỉ phí"). 89 of
569 texts were, with 150 to 10,000 pairs of `slips.yaml` in a million words; those that were typed
held under 100. (The file then had 165 pairs; the limit is that of the 64 that are left.)

The words are those of `underthesea/corpus/data/Viet74K.txt` in the package underthesea 9.5.0 on
PyPI (Apache-2.0; SHA-256 of the file b83d49308336f12c...): 67,000 pairs and 23,000 triples of
syllables, no text.
"""

import argparse
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log2
from pathlib import Path

import numpy as np

from pipeline.knowledge import load_yaml, read_bytes
from pipeline.language.syllables import is_syllable
from pipeline.language.text import clean, fold
from pipeline.letters import TABLE
from pipeline.letters.counts import ascending, parts_of
from pipeline.letters.tokens import PARTS, name_of

_OUT = Path(__file__).parents[1] / "pipeline" / "knowledge" / TABLE
_CLASSES = (".", ",", "#", "?")
_LEAST_PAIRS, _LEAST_TRIPLES = 2, 5
_MOST_SLIPS = 50  # in a million words
_MOST_BYTE = 255
_AS_WRITTEN = argparse.RawDescriptionHelpFormatter
_BETWEEN = re.compile(r"[\s-]+")


def main() -> int:
    """Build the table; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_AS_WRITTEN)
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--words", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    table = zlib.decompress(read_bytes(TABLE))
    if arguments.texts:
        table = packed(_sentences(arguments.texts))
    if arguments.words:
        table = with_words(table, words_of(arguments.words.read_text("utf-8")))
    arguments.out.write_bytes(zlib.compress(table, 9))
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
        b"",
        b"",
    ]
    return _joined(parts)


def words_of(dictionary: str) -> Iterator[list[str]]:
    """Yield the syllables of each word of a dictionary that is no name."""
    for line in dictionary.splitlines():
        syllables = _BETWEEN.split(clean(line))
        if line.islower() and all(map(is_syllable, syllables)):
            yield [fold(syllable) for syllable in syllables]


def with_words(table: bytes, words: Iterable[Sequence[str]]) -> bytes:
    """Return a table with these words in place of those that it holds."""
    names, singles, pair_keys, pairs, triple_keys, triples, *_ = parts_of(table)
    ids = {name: i for i, name in enumerate(names.decode().split("\n"))}
    old = len(ids)
    rows = [[ids.setdefault(syllable, len(ids)) for syllable in word] for word in words]
    size = len(ids)
    u, v = np.divmod(ascending(pair_keys), old)
    uv, w = np.divmod(ascending(triple_keys), old)
    t, u_2 = np.divmod(uv, old)
    parts = [
        "\n".join(ids).encode(),
        singles + bytes(4 * (size - old)),
        _steps((u * size + v).tolist()),
        pairs,
        _steps(((t * size + u_2) * size + w).tolist()),
        triples,
        _steps(sorted({a * size + b for row in rows for a, b in pairwise(row)})),
        _steps(sorted({_key(row[i : i + 3], size) for row in rows for i in range(len(row) - 2)})),
    ]
    return _joined(parts)


def _joined(parts: Sequence[bytes]) -> bytes:
    return b"".join(len(part).to_bytes(4, "little") + part for part in parts)


def _kept(seen: Counter[tuple[int, ...]], least: int, size: int) -> tuple[bytes, bytes]:
    """Keys as differences in LEB128, and the counts that are at least `least`, a byte each."""
    keys = {}
    for tokens, count in seen.items():
        if count >= least:
            keys[_key(tokens, size)] = count
    ordered = sorted(keys)
    return _steps(ordered), bytes(min(round(8 * log2(keys[key])), _MOST_BYTE) for key in ordered)


def _key(tokens: Sequence[int], size: int) -> int:
    key = 0
    for token in tokens:
        key = key * size + token
    return key


def _steps(keys: Sequence[int]) -> bytes:
    return b"".join(_leb(b - a) for a, b in pairwise([0, *keys]))


def _leb(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


if __name__ == "__main__":
    sys.exit(main())
