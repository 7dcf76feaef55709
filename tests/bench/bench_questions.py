"""Questions about activity: from the rollups, against GROUP BY with a covering index."""

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.store import activity
from bot.store.database import Database, open_database
from tests.bench.measure import Row
from tests.databases import fresh_sqlite

PEOPLE = 25_000
START = 1_764_547_200_000
"""2025-12-01 in milliseconds; the events fill the month up to the 30th."""
QUIET_SINCE = START + 3 * 86_400_000
MONTH = 202512
SPAN = 29 * 86_400_000

QUIET_BY_LOG = (
    "SELECT member, MAX(at) AS last FROM activity WHERE group_id = 1 "
    "GROUP BY member HAVING last < ? ORDER BY last, member LIMIT 20"
)
QUIET = (
    "SELECT member, last_at FROM member_state WHERE group_id = 1 AND last_at < ? "
    "ORDER BY last_at, member LIMIT 20"
)
TOP_BY_LOG = (
    "SELECT member, COUNT(*) AS n FROM activity WHERE group_id = 1 AND kind = 1 "
    "AND at >= ? AND at < ? GROUP BY member ORDER BY n DESC LIMIT 10"
)
TOP = (
    "SELECT member, messages FROM member_month WHERE group_id = 1 AND month = ? "
    "ORDER BY messages DESC LIMIT 10"
)


def _events(count: int) -> list[activity.Record]:
    """Some people write much, most little, some have long been quiet."""
    rng = random.Random(1)
    rows: list[activity.Record] = []
    for number in range(count):
        person = int(PEOPLE * rng.random() ** 2)
        until = SPAN if person % 50 else SPAN // 20
        at = START + int(rng.random() * until)
        rows.append((f"e{number}", 1, 1, "", f"bench:{person}", at, None, str(number)))
    return rows


async def _filled(folder: Path, count: int) -> tuple[Database, Path]:
    url = await asyncio.to_thread(fresh_sqlite, folder)
    database = open_database(url)
    async with database.write() as tx:
        await activity.append(tx, _events(count))
        await activity.fold(tx)
    return database, Path(url.partition("///")[2])


def _timed(store: sqlite3.Connection, sql: str, values: Sequence[Any], times: int) -> Any:
    """Median seconds of a question, and its answer."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        answer = store.execute(sql, values).fetchall()
        took.append(time.perf_counter() - start)
    return statistics.median(took), answer


def _many_members(store: sqlite3.Connection) -> None:
    """Group 2: a million people; group 3: as many as in group 1 but nobody quiet is left out."""
    for group, people in ((2, 1_000_000), (3, PEOPLE)):
        rows = ((group, f"m{n}", START, START + (n * 7919) % SPAN, n % 1000) for n in range(people))
        store.executemany(
            "INSERT INTO member_state (group_id, member, first_at, last_at, messages, reactions) "
            "VALUES (?, ?, ?, ?, ?, 0)",
            rows,
        )
    store.execute(
        "INSERT INTO member_month SELECT group_id, 202512, member, messages, 0 FROM member_state "
        "WHERE group_id > 1"
    )
    store.commit()


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        database, path = await _filled(Path(name), count)
        await database.close()
        store = sqlite3.connect(path)
        store.execute("CREATE INDEX covering ON activity (group_id, member, at)")
        store.execute("CREATE INDEX covering_month ON activity (group_id, kind, at, member)")
        store.execute("ANALYZE")
        end = START + 31 * 86_400_000
        asked = [
            ("who is quiet?", QUIET_BY_LOG, (QUIET_SINCE,), QUIET, (QUIET_SINCE,)),
            ("top of the month", TOP_BY_LOG, (START, end), TOP, (MONTH,)),
        ]
        rows = []
        for what, slow, by_log, fast, by_rollup in asked:
            baseline, expected = _timed(store, slow, by_log, 5)
            ours, answer = _timed(store, fast, by_rollup, 50)
            same = sorted(n for _, n in answer) == sorted(n for _, n in expected)
            ratio = baseline / ours if same and answer else 0.0
            label = f"From {count:,} events: {what} (times as fast, same answer)"
            rows.append(Row(label, _micros(baseline), _micros(ours), ratio, 100))
        _many_members(store)
        store.execute("ANALYZE")
        for what, sql, value in (("who is quiet?", QUIET, QUIET_SINCE), ("top", TOP, MONTH)):
            few, _ = _timed(store, sql.replace("group_id = 1", "group_id = 3"), (value,), 200)
            many, _ = _timed(store, sql.replace("group_id = 1", "group_id = 2"), (value,), 200)
            label = f"{what} 1,000,000 members against {PEOPLE:,}"
            rows.append(Row(label, _micros(few), _micros(many), many / few, 2.0, at_least=False))
        store.close()
    return rows


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"
