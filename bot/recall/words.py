"""From a text to the terms that are compared, the same for every database and language.

Terms are folded (case, accents, width) and cut to their first letters. Cutting is a stemmer that
needs no language and no dictionary, and so never takes the same word for two because a short
question was taken for another language. Scripts without spaces give pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

STEM = 5
"""Letters that are kept of a word; see ADR 6 for what was compared."""
MOST = 400
"""Terms of a text that count: 4,000 characters have fewer in every language with spaces."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKED = "\u0900-\u0963\u0966-\u0dff"
"""Indic scripts, whose vowel signs are no letters to `re`."""
_WORDS = re.compile(rf"[{_UNSPACED}]+|(?:[^\W_{_UNSPACED}]|[{_MARKED}])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


def folded(text: str) -> str:
    """The text without case, accents and variants of width."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def terms(text: str) -> list[str]:
    """The terms of a text in their order, at most `MOST`; none for a text without any word."""
    found: list[str] = []
    for word in _WORDS.findall(folded(text)):
        found += _pairs(word) if _IS_UNSPACED.match(word) else [word[:STEM]]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _pairs(word: str) -> Iterator[str]:
    if len(word) == 1:
        yield word
    for first, second in pairwise(word):
        yield first + second
