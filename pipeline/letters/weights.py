"""What speaks for another reading of a word, as log-odds (`knowledge/letters.yaml`)."""

import math
from functools import cache

from msgspec import Struct, convert

from pipeline.knowledge import load_yaml
from pipeline.letters import WEIGHTS


class Weights(Struct, frozen=True, rename={"uncertain_second": "u*r1"}):
    """Log-odds of each feature. One set for each amount of knowledge about a word's letters.

    `hook`, `unhook` (its reverse), `tone`, `qual`, `both`, `other` are kinds of change; `inv`
    counts where the word read is no syllable, `lost` where nothing is known of its symbols, `r1`
    and `r2` where the new letter is the engine's second choice or a later one, `name` at a capital
    within a sentence. `u` is multiplied by how uncertain the changed letter is, `uncertain_second`
    where it is the second choice; `lm` by the difference of the logarithms of the probabilities of
    both readings, `said` by that of how often the document says either elsewhere.
    """

    hook: float
    unhook: float
    tone: float
    qual: float
    both: float
    other: float
    inv: float
    lost: float
    r1: float
    r2: float
    u: float
    uncertain_second: float
    name: float
    lm: float
    said: float


@cache
def load_weights() -> dict[str, Weights]:
    """Return the weights by what is known: `choices`, `symbol_confidence`, `text_only`."""
    return convert(load_yaml(WEIGHTS)["weights"], dict[str, Weights])


def uncertainty(confidence: float) -> float:
    """Return how uncertain a letter of a confidence (0..1) is: 0 from 0.9957 up, 5.3 at 0."""
    return max(0.0, math.log((100.05 - 100 * confidence) / 0.48))
