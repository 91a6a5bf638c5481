"""What a document says elsewhere: a plan names the same things again and again."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import log1p

from pipeline.letters.candidates import Option, voted
from pipeline.letters.counts import BOUNDARY, Counts

_USUAL = 50  # so often a pair was seen that is beyond doubt


def with_votes(
    options: Sequence[Sequence[Option]], taken: Sequence[int], counts: Counts, weight: float
) -> list[list[Option]]:
    """Return the options of each token with the votes of the document's own pairs of words.

    `taken` are the ids of the tokens as they are read so far. Each reading gets the logarithm of
    how often it stands elsewhere behind the same word, and before the same word. A pair that no
    text holds gets none where another reading makes a usual one: what was misread once ("tỉnh
    thần") was often misread in the same way each time.
    """
    pairs = Counter(pairwise(taken))
    seen = cache(counts.pair)  # the same pairs come again and again

    def votes(at: int, many: Sequence[Option]) -> list[float]:
        totals = [0.0] * len(many)
        for side in (-1, 1):
            beside = taken[at + side] if 0 <= at + side < len(taken) else BOUNDARY
            if beside == BOUNDARY:
                continue
            both = [(beside, o.id) if side < 0 else (o.id, beside) for o in many]
            said = [pairs[pair] - (o.id == taken[at]) for pair, o in zip(both, many, strict=True)]
            strange = {i for i, often in enumerate(said) if often and not seen(*both[i])}
            if strange and max(seen(*pair) for pair in both) < _USUAL:
                strange = set()
            for i, often in enumerate(said):
                totals[i] += 0.0 if i in strange else weight * log1p(often)
        return totals

    return [
        voted(many, votes(at, many)) if len(many) > 1 else list(many)
        for at, many in enumerate(options)
    ]
