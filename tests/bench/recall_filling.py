"""A store with as many kept questions as wanted, made quickly from the set.

Texts are the set's sentences with words of others mixed in, so that terms are as rare and as
common as among people; meanings are those of the set's questions moved in a random direction.
"""

import random
import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import insert

from bot.recall.meaning import packed
from bot.recall.models import Meaning, Vectors, encode
from bot.recall.tables import entries
from bot.recall.words import terms
from bot.store.database import Database
from tests.bench.recall_quality import LANGUAGES, questions

COMMUNITY = 1
CHUNK = 10_000
APART = 1.2
"""Length of the random step from a real meaning, whose length is 1."""


def _texts() -> list[str]:
    rows = [row[language] for row in questions() for language in LANGUAGES]
    return [text for row in rows for text in row.values()]


def _moved(vector: Vectors, rng: np.random.Generator) -> Vectors:
    step = rng.standard_normal(len(vector), dtype=np.float32)
    moved = vector + step * (APART / np.linalg.norm(step))
    return moved / np.linalg.norm(moved)


def _rows(count: int) -> Iterator[dict[str, Any]]:
    """Entries, numbered from 1."""
    chance, rng = random.Random(1), np.random.default_rng(1)
    texts = _texts()
    known, meanings = [terms(text) for text in texts], encode(texts)
    names = [f"{struct.pack('>I', n).hex()[-5:]}" for n in range(count // 4 + 1)]
    for number in range(1, count + 1):
        place = chance.randrange(len(texts))
        other = chance.choice(known)
        mixed = known[place][: len(known[place]) * 2 // 3] + other[: len(other) // 2]
        english = meanings[place].english
        meaning = Meaning(
            _moved(meanings[place].wide, rng), None if english is None else _moved(english, rng)
        )
        code, vector = packed(meaning)
        yield {
            "id": number,
            "community": COMMUNITY,
            "item": number,
            "terms": " ".join([*mixed, chance.choice(names)]),
            "code": code,
            "vector": vector,
        }


async def make_tables(database: Database) -> None:
    """What recall keeps and nothing else."""
    async with database.write() as tx:
        await tx.connection.run_sync(entries.create)


async def fill(database: Database, count: int) -> None:
    """Puts entries in, past the interface: encoding so many takes hours."""
    numbered = _rows(count)
    while batch := list(islice(numbered, CHUNK)):
        async with database.write() as tx:
            await tx.execute(insert(entries), batch)
