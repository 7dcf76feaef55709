"""Ranks texts against a question without any database: the same scores as a search gives."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.recall import packages, scoring
from bot.recall.words import terms

READ = 1_000
"""Characters of a text whose meaning is compared; its words are compared to the end."""
REMEMBERED = 50_000
"""Texts whose meaning stays in memory, 4 KB each: the same candidates come line after line."""


def rank(question: str, candidates: Sequence[str], meaning: bool = True) -> list[float]:
    """A score for each candidate, higher is better; only scores of one call can be compared.

    Where the models are not installed the words alone count, as with `meaning=False`.
    """
    words = _by_words(question, candidates)
    if not (meaning and candidates and packages.installed()):
        return words
    from bot.recall.meaning import compared
    from bot.recall.models import encode

    texts = [text[:READ] for text in (question, *candidates)]
    asked, *known = encode(texts, REMEMBERED)
    alike = compared(asked, known).tolist()
    return [scoring.fused(*both) for both in zip(alike, words, strict=True)]


def _by_words(question: str, candidates: Sequence[str]) -> list[float]:
    texts = [_terms(text) for text in candidates]
    having = Counter(term for text in texts for term in set(text))
    weights = scoring.weights(dict.fromkeys(_terms(question)), having, len(texts))
    return [scoring.overlap(weights, text) for text in texts]


@lru_cache(maxsize=REMEMBERED)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(terms(text))
