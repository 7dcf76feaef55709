"""A community that goes on in real time: the clock with its time lapse, the application over the
kept world, and the members who go on living."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import Row

from adapters.local import LocalAdapter, World
from bot.app import App
from bot.events import Answerable
from bot.recall import Recall
from bot.simulation.filling import BORN, CLOCK, NOW, SEED, WORLD, store_url
from bot.simulation.life import Life
from bot.store import due
from bot.store.database import open_database
from scheduler.clock import TimeLapseClock

log = structlog.get_logger(__name__)
KEEP: Final = 5.0
"""Real seconds between two notes of the time."""
LOOK: Final = 0.25
"""Real seconds after which somebody who waits looks whether the pace has changed."""

UNSEEN: Final = (
    "prompt.coming",
    "quiet.review",
    "quiet.outcome",
    "quiet.learn",
    "ambassadors.turn",
    "ambassadors.waited",
    "ambassadors.never-came",
    "ambassadors.conclude",
    "games.prune",
    "games.season",
    "games.remind",
)
"""What the bot does without a word to a group."""
PATIENCE: Final = 5.0
"""Real seconds that it may take for that."""
ANSWERS: Final = 0.1
"""Real seconds that the bot has for an answer while time leaps."""


class DemoClock(TimeLapseClock):
    """A clock whose pace is set on the page; `on_change` wakes whoever sleeps by it."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.on_change: Callable[[], None] = lambda: None

    def set_speed(self, speed: float) -> None:
        """Goes on at another pace."""
        super().set_speed(speed)
        self.on_change()

    def leap(self, by: timedelta) -> None:
        """Skips ahead."""
        super().leap(by)
        self.on_change()


class Living:
    """Everything that runs while a demo is shown; begins where the folder's clock stands."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / CLOCK
        self.clock = DemoClock(_kept(self._note))
        self.world = World(self.clock.now, folder / WORLD)
        newest = max((m.at for m in self.world.messages.values()), default=NOW)
        if newest > self.clock.now():  # it was ended by force
            self.clock.leap(newest - self.clock.now())
        database, adapter = open_database(store_url(folder)), LocalAdapter(self.world)
        self.app = App(database, [adapter], clock=self.clock, recall=Recall())
        self.clock.on_change = self.app.ticker.poke
        self.ready = asyncio.Event()
        self._acting = asyncio.Lock()

    async def run(self) -> None:
        """Lives until `app.stop`."""
        self.life = Life(self.world, BORN, SEED)
        self.ready.set()
        helpers = [asyncio.create_task(self._live()), asyncio.create_task(self._keep_time())]
        try:
            await self.app.run()
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)

    async def next_event(self) -> None:
        """Leaps to the next moment at which the bot has something to say to a group; what
        people would have done until then they do, each at its moment, and so does the bot."""
        while (row := await self._first_due()) is not None:
            async with self._acting:
                while (at := self.life.next_at()) is not None and at < row.due_at:
                    self._leap_to(at)
                    await self.life.step()
                    await self._answered()
            self._leap_to(row.due_at)
            if row.kind not in UNSEEN or not await self._is_done(row.due_at):
                return

    async def _first_due(self) -> Row[Any] | None:
        async with self.app.database.read() as tx:
            return await due.first(tx)

    async def _is_done(self, moment: datetime) -> bool:
        """Whether everything that was due by then is handled, within some patience."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while (first := await self._first_due()) is not None and first.due_at <= moment:
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(ANSWERS / 10)
        return True

    async def close(self) -> None:
        """Notes the time and lets go of everything."""
        self._write_time()
        await self.app.close()
        self.world.close()

    async def _answered(self) -> None:
        """Lets the bot answer if somebody waits for it."""
        asked = isinstance(next(reversed(self.world.pending.values()), None), Answerable)
        await self.app.engine.settled()
        if asked:
            await asyncio.sleep(ANSWERS)

    def _leap_to(self, moment: datetime) -> None:
        if (by := moment - self.clock.now()) > timedelta():
            self.clock.leap(by)

    async def _live(self) -> None:
        while True:
            async with self._acting:
                while (at := self.life.next_at()) is not None and at <= self.clock.now():
                    try:
                        await self.life.step()
                    except Exception:  # one person's mishap must not end everybody's life
                        log.exception("act_failed")
            await asyncio.sleep(min(LOOK, self.clock.wait(at)) if at else LOOK)

    async def _keep_time(self) -> None:
        while True:
            self._write_time()
            await asyncio.sleep(KEEP)

    def _write_time(self) -> None:
        self._note.write_text(self.clock.now().isoformat(), encoding="ascii")


def _kept(note: Path) -> datetime:
    try:
        return datetime.fromisoformat(note.read_text(encoding="ascii")).astimezone(UTC)
    except (OSError, ValueError):
        return NOW
