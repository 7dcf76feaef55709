"""10,000 prompts due in the same second among 100,000: ours against APScheduler, a job each."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import insert

from bot.app import App
from bot.context import Context
from bot.events import Due
from bot.feature import Feature
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import open_database
from bot.store.schema import due
from scheduler.calendar import Schedule, next_slot
from scheduler.phrases import parse_rule
from tests.bench.measure import Row, milliseconds, quantile, until
from tests.databases import fresh_sqlite

LATER = timedelta(days=3)


class Lateness:
    """What fired, how late, and how long the loop stood still meanwhile."""

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at
        self.fired: Counter[str] = Counter()
        self.late: list[float] = []
        self.stall = 0.0

    def fire(self, key: str) -> None:
        self.fired[key] += 1
        self.late.append((datetime.now(UTC) - self.due_at).total_seconds())

    async def watch(self) -> None:
        """A heartbeat every 5 ms; the longest gap is the stall."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            self.stall = max(self.stall, now - last - 0.005)
            last = now

    async def until(self, count: int, start: Callable[[], Awaitable[None]]) -> None:
        """Starts, and waits until so many have fired."""
        watching = asyncio.create_task(self.watch())
        await start()
        await until(lambda: len(self.late) >= count)
        watching.cancel()


async def apscheduler(now: int, total: int) -> Lateness:
    """One job each, with a grace that lets it be late (its default of 1 s misses them all)."""
    due_at = datetime.now(UTC) + timedelta(seconds=1)
    lateness = Lateness(due_at)
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    scheduler.start(paused=True)

    async def job(key: str) -> None:
        lateness.fire(key)

    for number in range(total):
        at = due_at if number < now else due_at + LATER
        scheduler.add_job(job, "date", run_date=at, args=[str(number)])
    if (late := datetime.now(UTC) - due_at) > timedelta(0):
        lateness.due_at += late + timedelta(seconds=0.5)
        for job_ in scheduler.get_jobs()[:now]:
            job_.modify(next_run_time=lateness.due_at)

    async def start() -> None:
        scheduler.resume()

    await lateness.until(now, start)
    scheduler.shutdown(wait=False)
    return lateness


def _clockwork(lateness: Lateness, schedule: Schedule) -> Feature:
    feature = Feature("clockwork")

    @feature.due("tick")
    async def tick(ctx: Context, event: Due) -> None:
        lateness.fire(event.key)
        slot = next_slot(schedule, event.due_at)
        if slot is not None:
            ctx.arm(f"{event.key}:next", slot.at, "tick", event.arg)

    return feature


async def ours(folder: Path, now: int, total: int) -> Lateness:
    """Due rows, the ticker and the engine; each firing arms its next slot durably."""
    lateness = Lateness(datetime.now(UTC))
    schedule = Schedule(
        parse_rule("every weekday at 9:00", datetime.now(UTC).date()), "Europe/Paris"
    )
    database = open_database(await asyncio.to_thread(fresh_sqlite, folder))
    app = App(database, [], systems=[_clockwork(lateness, schedule)])
    await app.prepare()
    lateness.due_at = datetime.now(UTC) + timedelta(seconds=3)
    async with database.write() as tx:
        made = [
            await groups.create(tx, ChatRef("bench", str(n)), lateness.due_at) for n in range(50)
        ]
        for group in made:
            app.engine.batches.know(group)  # as after a start
        rows = [
            {
                "key": f"k{n}",
                "due_at": lateness.due_at if n < now else lateness.due_at + LATER,
                "feature": "clockwork",
                "kind": "clockwork.tick",
                "arg": "",
                "group_id": made[n % len(made)].id,
            }
            for n in range(total)
        ]
        await tx.execute(insert(due), rows)
    del rows
    await until(lambda: datetime.now(UTC) > lateness.due_at - timedelta(seconds=0.2))
    running = asyncio.create_task(app.engine.run())
    await lateness.until(now, app.ticker.start)
    await app.ticker.stop()
    running.cancel()
    await app.close()
    return lateness


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    now, total = (2_000, 20_000) if quick else (10_000, 100_000)
    theirs = await apscheduler(now, total)
    with tempfile.TemporaryDirectory() as name:
        mine = await ours(Path(name), now, total)
    exactly_once = len(mine.fired) == now and set(mine.fired.values()) == {1}
    late = quantile(theirs.late, 0.99), quantile(mine.late, 0.99)
    what = f"{now:,} prompts due at once among {total:,}"
    return [
        Row(
            f"{what}: lateness p99",
            milliseconds(late[0]),
            milliseconds(late[1])
            + (", each exactly once" if exactly_once else ", NOT exactly once"),
            late[1] / late[0] if exactly_once else float("inf"),
            0.35,
            at_least=False,
        ),
        Row(
            f"{what}: event loop stands still",
            milliseconds(theirs.stall),
            milliseconds(mine.stall),
            mine.stall / theirs.stall,
            0.03,
            at_least=False,
        ),
    ]
