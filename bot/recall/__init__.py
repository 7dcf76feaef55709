"""Recall: which kept questions are like this one, by their words and by their meaning.

The caller's transaction holds everything, so that what was undone is never found. No feature is
known here: a question is a number of its community and a text.
"""

from msgspec import Struct

from bot.recall import records, scoring
from bot.recall.words import terms
from bot.store.database import Tx

POOL = 200
"""Entries that each side proposes and that are then compared exactly."""
ASKED = 64
"""Different terms of a question that are looked up."""


class Hit(Struct, frozen=True):
    """A kept question that is like the one asked.

    `score` orders the hits of one search. `similarity` compares the meanings and `words` the
    terms, both 0 to about 1 and comparable between searches.
    """

    item: int
    score: float
    similarity: float = 0.0
    words: float = 0.0


class Recall:
    """The index of one database. `meaning=False` compares words alone and loads no model."""

    def __init__(self, meaning: bool = True) -> None:
        self._meaning = meaning

    async def keep(self, tx: Tx, community: int, item: int, text: str) -> None:
        """Makes a question findable under its number, by this text from now on."""
        await records.remove(tx, item)
        found = terms(text)
        row = {"community": community, "item": item, "terms": " ".join(found)}
        await records.add(tx, row, found)

    async def drop(self, tx: Tx, item: int) -> None:
        """A question is found no more."""
        await records.remove(tx, item)

    async def move(self, tx: Tx, before: int, after: int) -> None:
        """A community became part of another, and its questions with it."""
        if before != after:
            await records.move(tx, before, after)

    async def search(self, tx: Tx, community: int, text: str, *, limit: int = 10) -> list[Hit]:
        """The kept questions most like this text, the best first; any text will do."""
        asked = list(dict.fromkeys(terms(text)))[:ASKED]
        if not asked:
            return []
        size, counts = await records.counts(tx, community, asked)
        weights = {term: scoring.rarity(counts.get(term, 0), size) for term in asked}
        pool = await self._by_words(tx, community, weights, counts)
        hits = []
        for row in await records.read(tx, community, pool):
            words = scoring.overlap(weights, row.terms.split())
            hits.append(Hit(row.item, words, 0.0, words))
        return sorted(hits, key=lambda hit: (-hit.score, -hit.item))[:limit]

    async def _by_words(
        self, tx: Tx, community: int, weights: dict[str, float], counts: dict[str, int]
    ) -> list[int]:
        rarest = _rarest(weights, counts)
        return await records.having(tx, community, rarest, POOL) if rarest else []


def _rarest(weights: dict[str, float], counts: dict[str, int]) -> dict[str, float]:
    """The terms that say most, as many as can be read without reading more than `ENOUGH` rows."""
    chosen: dict[str, float] = {}
    left = records.ENOUGH
    for term in sorted(counts, key=lambda term: (counts[term], term)):
        left -= counts[term]
        if chosen and left < 0:
            break
        chosen[term] = weights[term]
    return chosen
