"""How often Vietnamese syllables follow one another: the table of counts, and a trigram from it.

`syllables.bin` is the table of `scripts/build_syllables.py`, compressed by zlib. In it
are eight parts, each behind its length as a little-endian uint32:

1. names of tokens, UTF-8, one a line; the number of its line is the id of a token. The first four
   are no syllables: `.` a boundary, `,` another mark, `#` a number, `?` any other word;
2. how often each token was seen, uint32;
3. keys of pairs (u, v): u·V + v, ascending, as differences in LEB128; V is the number of tokens;
4. how often each pair was seen: one byte each, round(8·log2 count);
5. and 6. the same of triples, whose keys are (u·V + v)·V + w;
7. keys of the pairs that follow one another in some word of a dictionary;
8. the same of triples.

Pairs seen twice or more are in it, triples seen five times or more. No boundary stands within.
"""

import zlib
from functools import cache
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.knowledge import read_bytes
from pipeline.letters import TABLE

BOUNDARY, MARK, NUMBER, OTHER = range(4)
# Taken from every count, and shared out to what was never seen (absolute discounting).
_OFF_PAIR, _OFF_TRIPLE = 0.7, 0.8
_LEAST_LEFT = 1e-3
_UNSEEN = 0.5
# Of what is left to words that were not seen behind one: the share of those that a dictionary has
# there. Laws hold few words of kitchens and crafts; where they know what follows, little is left.
_IN_WORDS = 0.8
_IN_LONG_WORDS = 0.5  # the same behind two tokens

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


class Counts(Struct, frozen=True):
    """The table, and what its trigram needs. `unseen` is the id of syllables that are not in it.

    `pair_left` and `triple_left` are the shares of probability that are left to other words after
    one token, and after two. `word_keys` are the pairs of the dictionary, `word_ends` says how many
    of these begin with a token; `in_words` are the tokens that such a pair holds. `long_keys` are
    its triples, `long_heads` the pairs that these begin with, and `long_ends` how often.
    """

    names: tuple[str, ...]
    ids: dict[str, int]
    singles: _Floats
    pair_keys: _Ints
    pairs: _Floats
    pair_left: _Floats
    triple_keys: _Ints
    triples: _Floats
    heads: _Ints
    head_counts: _Floats
    triple_left: _Floats
    word_keys: _Ints
    word_ends: _Ints
    in_words: frozenset[int]
    long_keys: _Ints
    long_heads: _Ints
    long_ends: _Floats

    @property
    def unseen(self) -> int:
        """The id of a syllable that the table does not hold."""
        return len(self.names)

    def id_of(self, syllable: str) -> int:
        """Return the id of a syllable in lower case, `unseen` where it has none."""
        return self.ids.get(syllable, self.unseen)

    def count(self, token: int) -> float:
        """Return how often a token was seen."""
        return float(self.singles[token])

    def pair(self, u: int, v: int) -> float:
        """Return how often two tokens were seen one after the other; 0 where hardly ever."""
        return float(_found(self.pair_keys, self.pairs, self._keys(u, v)))

    def knows(self, u: _Ints, v: _Ints) -> NDArray[np.bool_]:
        """Return for pairs of tokens whether a text has them, or a word of the dictionary."""
        keys = self._keys(u, v)
        known: NDArray[np.bool_] = _found(self.pair_keys, self.pairs, keys) > 0
        return known | _is_in(self.word_keys, keys) if len(self.word_keys) else known

    def log_probability(self, u: Any, v: Any, w: Any) -> _Floats:
        """Return ln P(w | u v) for arrays of ids that can be broadcast against each other."""
        u, v, w = np.broadcast_arrays(u, v, w)
        heads = np.where(v == BOUNDARY, -1, self._keys(u, v))
        unknown = self._in_long_word(heads, w, self._after_one(v, w))
        at = np.searchsorted(self.heads, heads).clip(max=len(self.heads) - 1)
        known = self.heads[at] == heads
        seen = _found(self.triple_keys, self.triples, self._longer(heads, w))
        kept = np.maximum(seen - _OFF_TRIPLE, 0) / self.head_counts[at]
        after_two: _Floats = kept + self.triple_left[at] * unknown
        log: _Floats = np.log(np.where(known, after_two, unknown))
        return log

    def _in_long_word(self, heads: _Ints, w: _Ints, after_one: _Floats) -> _Floats:
        """The probability of a token behind two that it was not seen behind."""
        if not len(self.long_keys):
            return after_one
        ends = _found(self.long_heads, self.long_ends, heads)
        is_word = _is_in(self.long_keys, self._longer(heads, w))
        share = np.where(ends > 0, _IN_LONG_WORDS, 0.0)
        mixed: _Floats = (1 - share) * after_one + share * is_word / np.maximum(ends, 1)
        return mixed

    def _after_one(self, v: _Ints, w: _Ints) -> _Floats:
        total = self.singles.sum()
        alone = (self.singles[w] + _UNSEEN) / (total + _UNSEEN * len(self.names))
        seen = _found(self.pair_keys, self.pairs, self._keys(v, w))
        kept = np.maximum(seen - _OFF_PAIR, 0) / np.maximum(self.singles[v], 1)
        left: _Floats = kept + self.pair_left[v] * self._unknown(v, w, alone)
        return left

    def _unknown(self, v: _Ints, w: _Ints, alone: _Floats) -> _Floats:
        """The probability of a token behind one that it was not seen behind."""
        if not len(self.word_keys):
            return alone
        ends = self.word_ends[v]
        share = np.where(ends > 0, _IN_WORDS, 0.0)
        is_word = _is_in(self.word_keys, self._keys(v, w))
        mixed: _Floats = (1 - share) * alone + share * is_word / np.maximum(ends, 1)
        return mixed

    def _keys(self, u: Any, v: Any) -> _Ints:
        """The keys of pairs, -1 where one is of a token that the table does not hold."""
        size = len(self.names)
        return np.where((np.asarray(u) < size) & (np.asarray(v) < size), u * size + v, -1)

    def _longer(self, heads: _Ints, w: _Ints) -> _Ints:
        size = len(self.names)
        return np.where((heads >= 0) & (w < size), heads * size + w, -1)


@cache
def load_counts() -> Counts:
    """Return the table, read once: 25 ms and 15 MiB."""
    return counts_of(zlib.decompress(read_bytes(TABLE)))


def counts_of(table: bytes) -> Counts:
    """Return the counts that a table (not compressed) holds."""
    names_text, single_bytes, *rest = parts_of(table)
    names = tuple(names_text.decode().split("\n"))
    size = len(names)
    # One more, never seen, for syllables that are not in the table.
    singles = np.append(np.frombuffer(single_bytes, "<u4").astype(np.float64), 0.0)
    pair_keys, triple_keys = ascending(rest[0]), ascending(rest[2])
    word_keys, long_keys = ascending(rest[4]), ascending(rest[5])
    pairs, triples = _scaled(rest[1]), _scaled(rest[3])
    taken = np.bincount(pair_keys // size, np.maximum(pairs - _OFF_PAIR, 0), size + 1)
    pair_left = np.maximum(1 - taken / np.maximum(singles, 1), _LEAST_LEFT)
    heads, starts = np.unique(triple_keys // size, return_index=True)
    sums = np.add.reduceat(triples, starts)
    taken = np.add.reduceat(np.maximum(triples - _OFF_TRIPLE, 0), starts)
    seen = _found(pair_keys, pairs, heads)
    head_counts = np.where(seen > 0, np.maximum(seen, sums), 1.3 * sums + 1)
    long_heads, long_ends = np.unique(long_keys // size, return_counts=True)
    return Counts(
        names=names,
        ids={name: i for i, name in enumerate(names) if i > OTHER},
        singles=singles,
        pair_keys=pair_keys,
        pairs=pairs,
        pair_left=pair_left,
        triple_keys=triple_keys,
        triples=triples,
        heads=heads,
        head_counts=head_counts,
        triple_left=np.maximum(1 - taken / head_counts, _LEAST_LEFT),
        word_keys=word_keys,
        word_ends=np.bincount(word_keys // size, minlength=size + 1),
        in_words=frozenset(np.concatenate([word_keys // size, word_keys % size]).tolist()),
        long_keys=long_keys,
        long_heads=long_heads,
        long_ends=long_ends.astype(np.float64),
    )


def _found(keys: _Ints, values: _Floats, wanted: _Ints) -> _Floats:
    """The values of the keys that are wanted, 0 where a key is none."""
    at = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0.0)


def _is_in(keys: _Ints, wanted: _Ints) -> NDArray[np.bool_]:
    """Which of the wanted keys are among some ascending ones, at least one."""
    found: NDArray[np.bool_] = keys[np.searchsorted(keys, wanted).clip(max=len(keys) - 1)] == wanted
    return found


def parts_of(table: bytes) -> list[bytes]:
    """Return the parts of a table (not compressed)."""
    parts, at = [], 0
    while at < len(table):
        length = int.from_bytes(table[at : at + 4], "little")
        parts.append(table[at + 4 : at + 4 + length])
        at += 4 + length
    return parts


def ascending(packed: bytes) -> _Ints:
    """Return keys out of differences in LEB128: seven bits a byte, lowest first, the last < 128."""
    if not packed:
        return np.zeros(0, np.int64)
    data = np.frombuffer(packed, np.uint8)
    ends = np.flatnonzero(data < 128)
    starts = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(len(data)) - np.repeat(starts, ends - starts + 1)
    parts = (data & 127).astype(np.int64) << (7 * place)
    return np.cumsum(np.add.reduceat(parts, starts))


def _scaled(packed: bytes) -> _Floats:
    return 2.0 ** (np.frombuffer(packed, np.uint8) / 8)
