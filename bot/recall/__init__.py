"""Recall: which kept questions are like this one, by their words and by their meaning.

The caller's transaction holds everything, so that what was undone is never found. No feature is
known here: a question is a number, its community and a text.

Words propose entries from the database's full text, meaning from codes in memory; the best of
both are read and compared exactly. numpy and the models are loaded by the first question, in a
thread.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import Row

from bot.recall import packages, records, scoring
from bot.recall.by_words import ByWords
from bot.recall.ranking import rank
from bot.recall.words import terms
from bot.store.database import Tx

if TYPE_CHECKING:
    from bot.recall.models import Meaning
    from bot.recall.nearest import Nearest

__all__ = ["Hit", "Recall", "confident", "rank"]

POOL = 200
"""Entries that meaning proposes; with those of the words they are compared exactly."""
ASKED = 48
"""Different terms of a question that are looked up."""
READ = 400
"""Characters of a text whose meaning is compared: what a question takes, and 50 ms allow."""
SAME, SAME_WORDS = 0.45, 0.3
"""From which score a kept question is offered as the same, with and without its meaning. On
tests/bench/recall_set 98 of 100 questions asked again in near words reach the first, 80 in
another language, and 97 of 100 first offers are right; the second, 77 and 98."""


class Hit(Struct, frozen=True):
    """A kept question that is like the one asked.

    `score` orders. `similarity` compares the meanings and `words` the terms: both are about 0
    for the unrelated and 1 for the same, and can be compared between searches.
    """

    item: int
    score: float
    similarity: float = 0.0
    words: float = 0.0


def confident(hit: Hit) -> bool:
    """Whether the hit is likely to ask the same, so that its answer is worth offering."""
    return hit.score >= SAME if hit.similarity else hit.words >= SAME_WORDS


class Recall:
    """The index of one database. `meaning=False` compares words alone and loads no model."""

    def __init__(self, meaning: bool = True) -> None:
        self.meaning = meaning and packages.installed()
        self._by_words = ByWords()
        self._nearest: Nearest | None = None

    async def keep(self, tx: Tx, community: int, item: int, text: str) -> None:
        """Makes a question findable under its number, by this text from now on.

        At most `bot.recall.nearest.UNSETTLED` questions of a community in one transaction.
        """
        found = terms(text)
        row: dict[str, Any] = {"community": community, "item": item, "terms": " ".join(found)}
        if self.meaning and found:
            row |= await asyncio.to_thread(_meaning_of, text[:READ])
        await records.remove(tx, item)
        await records.add(tx, row)

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
        understanding = asyncio.create_task(self._understood(text[:READ]))
        try:
            weights, pool = await self._by_words.search(tx, community, asked)
        finally:
            meaning = await understanding
        if meaning is not None:
            pool = list({*pool, *await self._by_meaning(tx, community, meaning)})
        rows = await records.read(tx, community, pool)
        hits = await asyncio.to_thread(_compared, weights, meaning, rows)
        return sorted(hits, key=lambda hit: (-hit.score, -hit.item))[:limit]

    async def _understood(self, text: str) -> "Meaning | None":
        return await asyncio.to_thread(_encoded, text) if self.meaning else None

    async def _by_meaning(self, tx: Tx, community: int, asked: "Meaning") -> list[int]:
        if self._nearest is None:
            from bot.recall.nearest import Nearest

            self._nearest = Nearest()
        return await self._nearest.search(tx, community, asked, POOL)


def _compared(
    weights: dict[str, float], asked: "Meaning | None", rows: Sequence[Row[Any]]
) -> list[Hit]:
    """In a thread: the exact scores of entries."""
    words = [scoring.overlap(weights, row.terms.split()) for row in rows]
    if asked is None:
        return [Hit(row.item, of, 0.0, of) for row, of in zip(rows, words, strict=True)]
    from bot.recall.meaning import similarities

    alike = similarities(asked, [row.vector for row in rows]).tolist()
    both = zip(rows, alike, words, strict=True)
    return [Hit(row.item, scoring.fused(like, of), like, of) for row, like, of in both]


def _encoded(text: str) -> "Meaning":
    """In a thread: the meaning of a text."""
    from bot.recall.models import encode

    return encode([text])[0]


def _meaning_of(text: str) -> dict[str, bytes]:
    """In a thread: the columns of an entry that hold the meaning of its text."""
    from bot.recall.nearest import row_of

    return row_of(text)
