"""Which readings of a lattice of tokens fit each other best, and how sure that is."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.letters.candidates import Option
from pipeline.letters.counts import BOUNDARY, Counts

# Log-odds against what was read, the words around as they were read. Up to the first a word may be
# wrong, if only those around it are; below the second no other neighbour can help a reading.
_QUIET = -6.0
_HOPELESS = -14.0

_Floats = NDArray[np.float64]


class Decided(Struct, frozen=True):
    """What became of a token: the reading taken, and the other that comes next to it.

    `log_odds` speak for a change where one was made, else for the other reading.
    """

    taken: Option
    other: Option | None = None
    log_odds: float = -np.inf


class Lattice(Struct, frozen=True):
    """Tokens one after the other, each with what it may be: first what was read.

    `language` is the weight of the logarithm of a trigram's probability.
    """

    options: Sequence[Sequence[Option]]
    counts: Counts
    language: float


def decide(lattice: Lattice, thresholds: Sequence[float]) -> list[Decided]:
    """Return the reading of each token that fits the others best.

    One that was not read is taken where its log-odds are at least the token's threshold.
    """
    every = range(len(lattice.options))
    chosen = [0] * len(every)
    for near in _near(gains := _gains(lattice, chosen, every)):
        if len(near) == 1:
            chosen[near[0]] = int(np.argmax(gains[near[0]]))
        else:
            start, end = near[0], near[-1] + 1
            chosen[start:end] = _best(lattice, gains, start, end)
    gains = _gains(lattice, chosen, every)
    while weak := [i for i, at in enumerate(chosen) if at and -gains[i][0] < thresholds[i]]:
        worst = max(weak, key=lambda i: gains[i][0])
        chosen[worst] = 0
        beside = every[max(worst - 2, 0) : worst + 3]  # no other trigram holds it
        gains[beside.start : beside.stop] = _gains(lattice, chosen, beside)
    return [
        _decided(options, at, gain)
        for options, at, gain in zip(lattice.options, chosen, gains, strict=True)
    ]


def at_first_sight(lattice: Lattice, thresholds: Sequence[float]) -> list[int]:
    """Return the id of each token as the tokens around it, as they were read, tell it."""
    ids = []
    every = range(len(lattice.options))
    gains = _gains(lattice, [0] * len(every), every)
    for options, part, least in zip(lattice.options, gains, thresholds, strict=True):
        best = int(part.argmax())
        ids.append(options[best if part[best] >= least else 0].id)
    return ids


def _decided(options: Sequence[Option], at: int, gains: _Floats) -> Decided:
    if at:
        return Decided(options[at], options[0], -float(gains[0]))
    if len(options) == 1:
        return Decided(options[0])
    best = 1 + int(np.argmax(gains[1:]))
    return Decided(options[0], options[best], float(gains[best]))


def _gains(lattice: Lattice, chosen: Sequence[int], of: range) -> list[_Floats]:
    """The log-odds of the readings of some tokens against the chosen ones, those around as chosen.

    `of` are the tokens, one after the other.
    """
    path = np.array([_taken(lattice, chosen, at) for at in range(of.start - 2, of.stop + 2)])
    some = lattice.options[of.start : of.stop]
    sizes = [len(options) for options in some]
    places = np.repeat(np.arange(len(sizes)), sizes) + 2
    ids = np.array([option.id for options in some for option in options])
    costs = np.array([option.cost for options in some for option in options])
    a, b, c, d = (path[places + k] for k in (-2, -1, 1, 2))
    probability = lattice.counts.log_probability
    language = probability(a, b, ids) + probability(b, ids, c) + probability(ids, c, d)
    scores = lattice.language * language + costs
    ends = [0, *np.cumsum(sizes).tolist()]
    scores -= np.repeat(scores[np.array(ends[:-1]) + chosen[of.start : of.stop]], sizes)
    return [scores[start:end] for start, end in pairwise(ends)]


def _taken(lattice: Lattice, chosen: Sequence[int], at: int) -> int:
    """The id of a token as chosen; a boundary where there is none."""
    inside = 0 <= at < len(chosen)
    return lattice.options[at][chosen[at]].id if inside else BOUNDARY


def _near(gains: Sequence[_Floats]) -> list[list[int]]:
    """The tokens that may be wrong, those together that a trigram can hold both of."""
    groups: list[list[int]] = []
    for i, part in enumerate(gains):
        if len(part) == 1 or part[1:].max() <= _QUIET:
            continue
        if groups and i - groups[-1][-1] <= 2:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _best(lattice: Lattice, gains: Sequence[_Floats], start: int, end: int) -> list[int]:
    """The readings of some tokens that are likeliest together (Viterbi; a state is two tokens)."""
    kept = [
        [k for k in range(len(lattice.options[i])) if k == 0 or gains[i][k] > _HOPELESS]
        for i in range(start, end)
    ]
    inside = [[lattice.options[start + j][k] for k in ks] for j, ks in enumerate(kept)]
    columns = [
        *(_alone(lattice, i) for i in (start - 2, start - 1)),
        *(np.array([option.id for option in options]) for options in inside),
        *(_alone(lattice, i) for i in (end, end + 1)),
    ]
    costs = [np.array([option.cost for option in options]) for options in inside]
    costs += [np.zeros(1), np.zeros(1)]
    best = np.zeros((1, 1))
    back = []
    for j, cost in enumerate(costs):
        u, v, w = columns[j : j + 3]
        step = lattice.counts.log_probability(u[:, None, None], v[None, :, None], w[None, None, :])
        score = best[:, :, None] + lattice.language * step + cost
        back.append(score.argmax(axis=0))
        best = score.max(axis=0)
    second, last = 0, 0
    taken = []
    for j in reversed(range(len(costs))):
        taken.append(last)
        first = int(back[j][second, last])
        second, last = first, second
    return [ks[at] for ks, at in zip(kept, taken[::-1], strict=False)]


def _alone(lattice: Lattice, at: int) -> NDArray[np.int64]:
    """A token beside those, as it was read; a boundary where there is none."""
    inside = 0 <= at < len(lattice.options)
    return np.array([lattice.options[at][0].id if inside else BOUNDARY])
