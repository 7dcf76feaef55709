"""How well a text answers a question: by its words (BM25), and with its meaning.

Okapi BM25 with customary constants (Robertson & Zaragoza 2009), divided by what a full match of
usual length reaches: so scores of different questions can be compared, and their order stays.
A term weighs by its letters too, because short words say little in every language.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log

SATURATION = 1.2
LENGTH = 0.4
"""How much a long text is marked down, 0 to 1."""
USUAL = 12.0
"""Terms of a usual question. A fixed figure keeps a score from changing with its neighbours."""
WORDS = 0.2
"""What a full match of the words adds to the same meaning, which counts 1; see ADR 6."""


def weights(terms: Iterable[str], having: Mapping[str, int], texts: int) -> dict[str, float]:
    """What each term says: more, the fewer of the texts have it and the longer it is."""
    return {term: _rarity(having.get(term, 0), texts) * len(term) for term in terms}


def overlap(weights: Mapping[str, float], text: Sequence[str]) -> float:
    """How much of the question's terms, by their weight, a text has: 0 to about 1."""
    whole = sum(weights.values())
    if not whole:
        return 0.0
    shared = [term for term in text if term in weights]
    half = SATURATION * (1 - LENGTH + LENGTH * len(text) / USUAL)
    found = 0.0
    for term in dict.fromkeys(shared):  # in one order always: so are sums, and ties
        count = shared.count(term)
        found += weights[term] * count / (count + half)
    return found * (1 + SATURATION) / whole


def fused(similarity: float, words: float) -> float:
    """One score of both. A sum of what each is worth, not of ranks or z-scores: those make a
    difference of a few chance words as loud as a full match."""
    return similarity + WORDS * words


def _rarity(having: int, texts: int) -> float:
    return log(1 + max(texts - having, 0) / (having + 0.5)) + 0.05
