"""What a document says elsewhere: a plan names the same things again and again."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log1p

from msgspec.structs import replace

from pipeline.letters.candidates import Option
from pipeline.letters.counts import BOUNDARY


def with_votes(
    options: Sequence[Sequence[Option]], taken: Sequence[int], weight: float
) -> list[list[Option]]:
    """Return the options of each token with the votes of the document's own pairs of words.

    `taken` are the ids of the tokens as they are read so far. Each reading gets the logarithm of
    how often it stands elsewhere behind the same word, and before the same word.
    """
    pairs = Counter(pairwise(taken))

    def votes(at: int, token: int) -> float:
        own = 1 if token == taken[at] else 0
        before = taken[at - 1] if at else BOUNDARY
        after = taken[at + 1] if at + 1 < len(taken) else BOUNDARY
        behind = pairs[before, token] - own if before != BOUNDARY else 0
        ahead = pairs[token, after] - own if after != BOUNDARY else 0
        return log1p(behind) + log1p(ahead)

    voted = []
    for at, many in enumerate(options):
        if len(many) == 1:
            voted.append(list(many))
            continue
        base = votes(at, many[0].id)
        voted.append([replace(o, cost=o.cost + weight * (votes(at, o.id) - base)) for o in many])
    return voted
