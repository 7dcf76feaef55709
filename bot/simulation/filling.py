"""Thirty days of community life through the real engine, as fast as the machine can."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from adapters.local import LocalAdapter, World
from bot.app import App
from bot.events import Answerable, Event, MessagePosted
from bot.features.answers.rules import asks_something
from bot.recall import Recall
from bot.simulation.founding import Founding
from bot.simulation.life import Life
from bot.store.database import open_database
from scheduler.clock import VirtualClock

BORN: Final = datetime(2026, 10, 24, 15, 0, tzinfo=UTC)
"""A Saturday; Europe and America change their clocks on the two Sundays that follow."""
NOW: Final = datetime(2026, 11, 23, 15, 27, tzinfo=UTC)
"""A Monday, some time after New York's prompt of nine o'clock."""
SEED: Final = 7
FOUNDED: Final = 0.1
"""Share of the work that is done when the groups are set up."""
SLICE: Final = timedelta(hours=2)
"""What people do within so long is handled together, unless somebody waits for an answer."""
WORLD, STORE, CLOCK = "world.sqlite", "convive.sqlite", "clock"
"""Files of a demo: everything people see, what the bot knows, and the moment to go on from."""

Tell = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""


def store_url(folder: Path) -> str:
    """Where the bot's own database of a demo lies."""
    return f"sqlite+aiosqlite:///{folder / STORE}"


async def fill(
    folder: Path, until: datetime = NOW, seed: int = SEED, tell: Tell = lambda _: None
) -> None:
    """Lets a new community live from `BORN` until then; its world and store lie in the folder."""
    clock = VirtualClock(BORN)
    world = World(clock.now, folder / WORLD)
    adapter = LocalAdapter(world)
    database = open_database(store_url(folder))
    app = App(database, [adapter], clock=clock, recall=Recall(), sleep=_at_once)
    try:
        await app.prepare()
        hearing = asyncio.create_task(adapter.run(app.engine))
        await asyncio.sleep(0)
        await Founding(world, app.settle).everything()
        await _live(app, clock, Life(world, BORN, seed), until, tell)
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
    finally:
        await app.close()
        world.close()


async def _live(app: App, clock: VirtualClock, life: Life, until: datetime, tell: Tell) -> None:
    while True:
        due = await app.agenda.next_due()
        soonest = min(filter(None, (life.next_at(), due)), default=until)
        if soonest > until:
            break
        end = min(soonest + SLICE, until, due or until)
        while (at := life.next_at()) is not None and at <= end:
            clock.set(max(at, clock.now()))
            await life.step()
            if _waits(next(reversed(life.world.pending.values()), None)):
                break
        else:
            clock.set(max(end, clock.now()))
        await app.settle()
        tell(FOUNDED + (1 - FOUNDED) * ((clock.now() - BORN) / (until - BORN)))
    clock.set(until)
    await app.settle()


def _waits(event: Event | None) -> bool:
    """Whether the bot has something to say about this before the next thing happens."""
    if isinstance(event, MessagePosted):
        return asks_something(event.text)
    return isinstance(event, Answerable)


async def _at_once(_: float) -> None:
    """Nobody waits for the pace of a platform here."""
    await asyncio.sleep(0)
