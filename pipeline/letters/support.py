"""Whether the syllables of a word were ever seen with one of those that they stand beside."""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from pipeline.letters.counts import OTHER, Counts

# "none": it is no syllable; "alone": no syllable stands beside it; "seen": a text or the dictionary
# has it beside a neighbour, or it is a short form that is known; "unseen": none has it beside
# either. The last counts most.
Support = Literal["none", "alone", "seen", "unseen"]
_ORDER: tuple[Support, ...] = ("none", "alone", "seen", "unseen")


def supports(tokens: Sequence[int], counts: Counts) -> list[Support]:
    """Return the support of each token of a document, given by their ids."""
    ids = np.array([OTHER, *tokens, OTHER])
    syllable = ids > OTHER
    beside = syllable[:-1] & syllable[1:]
    known = beside & counts.knows(ids[:-1], ids[1:])
    alone = ~(beside[:-1] | beside[1:])
    seen = known[:-1] | known[1:]
    places = np.select([~syllable[1:-1], alone, seen], [0, 1, 2], 3)
    return [_ORDER[place] for place in places.tolist()]


def least_of(parts: Iterable[Support]) -> Support:
    """Return the support of a word by that of its tokens."""
    return max(parts, key=_ORDER.index, default="none")
