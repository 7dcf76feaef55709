"""How long a search takes by the number of kept questions and the database, with encoding.

Warm: both have answered as many other questions, and know which terms are common.
Against the same search by words alone, in shuffled turns. CONVIVE_BENCH_MILLION=1 adds a million
questions, which takes some ten minutes to fill.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.recall import Recall
from bot.store.database import Database, open_database
from tests.bench.measure import Row, milliseconds, quantile
from tests.bench.recall_filling import COMMUNITY, fill, make_tables
from tests.bench.recall_quality import LANGUAGES, questions
from tests.databases import fresh_postgres

ASKED = 60
LIMIT_MS, LIMITED = 50.0, 100_000


def _asked(wording: str) -> list[str]:
    """Questions in four languages that no search has read yet."""
    texts = [row[language][wording] for row in questions() for language in LANGUAGES]
    return random.Random(2).sample(texts, ASKED)


async def _timed(database: Database, recall: Recall, text: str) -> float:
    start = time.perf_counter()
    async with database.read() as tx:
        await recall.search(tx, COMMUNITY, text)
    return time.perf_counter() - start


async def _measured(database: Database) -> tuple[list[float], list[float]]:
    """Seconds of searches by words alone and by both, of the same questions in turns."""
    words, both = Recall(meaning=False), Recall()
    for recall in (words, both):
        for text in _asked("near"):
            await _timed(database, recall, text)
    times: tuple[list[float], list[float]] = [], []
    for text in _asked("far"):
        for recall, of in random.sample([(words, times[0]), (both, times[1])], 2):
            of.append(await _timed(database, recall, text))
    return times


def _rows(label: str, count: int, words: Sequence[float], both: Sequence[float]) -> list[Row]:
    usual = [statistics.median(times) for times in (words, both)]
    slow = [milliseconds(quantile(times, 0.95)) for times in (words, both)]
    names = [f"{milliseconds(u)}, p95 {s}" for u, s in zip(usual, slow, strict=True)]
    label = f"Recall among {count:,} questions on {label}: "
    times = usual[1] / usual[0]
    ratio = Row(f"{label}against words alone", names[0], names[1], times, 4.0, at_least=False)
    share = usual[1] * 1000 / LIMIT_MS
    limit = Row(f"{label}against 50 ms", "50 ms", names[1], share, 1.0, at_least=False)
    return [ratio] if count > LIMITED else [ratio, limit]


def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite+aiosqlite:///{Path(folder)}/recall.sqlite"


def _postgres() -> Iterator[str]:
    yield from fresh_postgres(empty=True)


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    sizes = [10_000] if quick else [10_000, 100_000]
    if os.environ.get("CONVIVE_BENCH_MILLION"):
        sizes.append(1_000_000)
    rows = []
    for count in sizes:
        for name, make in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
            made = make()
            database = open_database(await asyncio.to_thread(next, made))
            await make_tables(database)
            await fill(database, count)
            rows += _rows(name, count, *await _measured(database))
            await database.close()
            await asyncio.to_thread(next, made, None)
    return rows
