"""Which letter the next word has to begin with, in each language."""

from collections import Counter
from functools import cache

from bot.play.lexicon import bare, common

ENOUGH = 6
"""From so many common words on, people can be asked for one that begins with the letter."""


@cache
def openers(language: str) -> frozenset[str]:
    """The letters that enough common words begin with, without accents."""
    counts = Counter(bare(language, word)[0] for word in common(language))
    return frozenset(letter for letter, count in counts.items() if count >= ENOUGH)


def next_letter(language: str, word: str) -> str:
    """The letter that the next word begins with: the last one that enough words begin with.

    é counts as e and œ as oe; ñ is a letter of Spanish. Two letters for one sound stay two. In
    English "box" asks for an o, because hardly a word begins with x.
    """
    letters = bare(language, word)
    fitting = (letter for letter in reversed(letters) if letter in openers(language))
    return next(fitting, letters[-1])
