"""The writer alone: our engine against executemany(500) in a thread, SQLite WAL and FULL."""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.engine import Engine
from bot.events import MessagePosted
from bot.store.database import open_database
from bot.store.rollups import activity
from tests.bench.engines import engine_in
from tests.bench.events import messages
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


async def _commits_a_row(engine: Engine, count: int) -> float:
    """200 writers, each of which waits for its message to be durable before the next."""
    waiting = messages(count)
    before = engine.rounds

    async def writer() -> None:
        while waiting:
            engine.offer(waiting.pop())
            await engine.settled()

    await asyncio.gather(*(writer() for _ in range(200)))
    return (engine.rounds - before) / count


async def _killed(folder: Path, seconds: float) -> tuple[int, int]:
    """How many messages a process acknowledged until it was killed, and how many were kept."""
    url = await asyncio.to_thread(fresh_sqlite, folder)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.acknowledging", url, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    await child.stdout.readline()
    await asyncio.sleep(seconds)
    child.kill()
    acknowledged = (await child.stdout.read()).decode().split("\n")[:-1]
    await child.wait()
    database = open_database(url)
    async with database.read() as tx:
        kept = {row.event for row in await tx.all(select(activity.c.event))}
    await database.close()
    return len(acknowledged), len(kept & set(acknowledged))


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
            commits = await _commits_a_row(plain, count * 500)
        bare = speed_ratio(times[0], times[1])
        async with engine_in(folder, fold=True) as folding:
            again = await rounds([baseline, lambda: through(folding)], count)
        acknowledged, kept = await _killed(folder, 1.0)
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
        Row(
            "Commits per row, 200 writers that each wait for their message",
            "1 (naive)",
            f"{commits:.4f}",
            commits,
            0.05,
            at_least=False,
        ),
        Row(
            "Kept after `kill -9` in the middle of writing",
            f"{acknowledged:,} acknowledged",
            f"{kept:,} kept",
            kept / acknowledged,
            1.0,
        ),
    ]
