"""The writer alone: our engine against executemany(500) in a thread, SQLite WAL and FULL."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from bot.engine import Engine
from bot.events import MessagePosted
from bot.router import Router
from bot.store import activity
from bot.store.database import open_database
from tests.bench.events import START, messages
from tests.bench.measure import Row, rate, rounds, speed_ratio
from tests.databases import fresh_sqlite

CHUNK = 500


@contextmanager
def raw_store(folder: Path) -> Iterator[sqlite3.Connection]:
    """The plain table of the baseline, with the same durability."""
    connection = sqlite3.connect(folder / "raw.sqlite", check_same_thread=False)
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE activity (event TEXT UNIQUE, kind INT, group_id INT, room TEXT, "
        "member TEXT, at INT, peer TEXT, message TEXT)"
    )
    yield connection
    connection.close()


def insert_raw(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def _row(e: MessagePosted) -> tuple[Any, ...]:
    return (e.id, 1, 1, e.chat.room, str(e.member), 0, None, e.message)


@asynccontextmanager
async def engine_in(folder: Path, *, fold: bool) -> AsyncIterator[Engine]:
    """A running engine over a store of its own; without `fold` the rollups are left for later."""
    from bot import batch

    usual = batch.FOLD_EVERY
    batch.FOLD_EVERY = usual if fold else 10**9
    name = folder / ("fold" if fold else "plain")
    name.mkdir()
    database = open_database(await asyncio.to_thread(fresh_sqlite, name))
    engine = Engine(database, Router([]))
    await engine.start(START)
    running = asyncio.create_task(engine.run())
    try:
        yield engine
    finally:
        batch.FOLD_EVERY = usual
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await database.close()


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 10 if quick else 40
    with tempfile.TemporaryDirectory() as name, raw_store(Path(name)) as raw:
        folder = Path(name)

        rows = [[_row(e) for e in messages(CHUNK)] for _ in range(2 * count)]
        chunks = [messages(CHUNK) for _ in range(2 * count)]

        async def baseline() -> None:
            await asyncio.to_thread(insert_raw, raw, rows.pop())

        async def through(engine: Engine) -> None:
            for event in chunks.pop():
                engine.offer(event)
            await engine.settled()

        async with engine_in(folder, fold=False) as plain:
            times = await rounds([baseline, lambda: through(plain)], count)
        bare = speed_ratio(times[0], times[1])
        async with engine_in(folder, fold=True) as folding:
            again = await rounds([baseline, lambda: through(folding)], count)
    folded = speed_ratio(again[0], again[1])
    return [
        Row(
            "Writer alone, activity rows",
            rate(times[0], CHUNK),
            rate(times[1], CHUNK),
            bare,
            0.50,
        ),
        Row(
            "Writer alone, with rollups",
            rate(again[0], CHUNK),
            rate(again[1], CHUNK),
            folded,
            0.20,
        ),
    ]
