"""How well the words of a text answer the words of a question: BM25, as a share of a full match.

Okapi BM25 with customary constants (Robertson & Zaragoza 2009). Dividing by what a full match of
usual length reaches makes scores of different questions comparable, and changes no order.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

SATURATION = 1.2
LENGTH = 0.4
"""How much a long text is marked down, 0 to 1; see ADR 6."""
USUAL = 12.0
"""Terms of a usual question. A fixed figure keeps a score from changing with its neighbours."""


def rarity(having: int, texts: int) -> float:
    """What a term says that `having` of `texts` have (inverse document frequency), above 0."""
    return log(1 + max(texts - having, 0) / (having + 0.5)) + 0.05


def overlap(weights: Mapping[str, float], text: Sequence[str]) -> float:
    """How much of the question's terms, by their weight, a text has: 0 to about 1."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    times = Counter(term for term in text if term in weights)
    half = SATURATION * (1 - LENGTH + LENGTH * len(text) / USUAL)
    found = sum(weights[term] * count / (count + half) for term, count in times.items())
    return found * (1 + SATURATION) / whole
