"""Weak signals into one score: the weights are data, the reasons are the signals that held."""

import math
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from pipeline.knowledge import load_yaml


class Verdict(Struct, frozen=True):
    """A score of 0..1 and the names of the signals that made it, the weightiest first."""

    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = load_yaml("join_weights.yaml")
    return weights


def weigh(what: str, signals: Mapping[str, float | bool]) -> Verdict:
    """Return the score of a decision from its signals, each true/false or a strength of 0..1.

    The score is the logistic function of the weighted sum. Raises KeyError for a signal that has
    no weight.
    """
    return weighed(_weights()[what], signals)


def weighed(weights: Mapping[str, float], signals: Mapping[str, float | bool]) -> Verdict:
    """Return the score of signals by given weights, of which one is the bias; as `weigh`."""
    shares = {name: weights[name] * float(strength) for name, strength in signals.items()}
    total = weights["bias"] + sum(shares.values())
    held = sorted((n for n, share in shares.items() if share), key=lambda n: (-abs(shares[n]), n))
    return Verdict(round(1 / (1 + math.exp(-total)), 3), tuple(held))
