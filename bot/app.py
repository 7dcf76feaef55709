"""Wiring: the only place that knows every part."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from bot.agenda import Agenda
from bot.courier import Courier
from bot.engine import Engine
from bot.feature import Feature
from bot.ports import Adapter
from bot.router import Router
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import metadata
from scheduler.clock import Clock, SystemClock
from scheduler.ticker import Ticker

log = structlog.get_logger(__name__)
__all__ = ["App", "features", "metadata"]


def features() -> list[Feature]:
    """Every system of Convive, in the order in which they hear of an event."""
    return []


class App:
    """A running Convive: engine, scheduler, and a courier and an adapter per platform."""

    def __init__(
        self,
        database: Database,
        adapters: Sequence[Adapter],
        *,
        clock: Clock | None = None,
        systems: Sequence[Feature] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.database = database
        self.clock = clock or SystemClock()
        self.engine = Engine(database, Router(features() if systems is None else systems))
        self.adapters = list(adapters)
        self.engine.adapters = {adapter.platform: adapter for adapter in adapters}
        self.couriers = [Courier(self.engine, a, self.clock.now, sleep=sleep) for a in adapters]
        self.agenda = Agenda(self.engine)
        self.ticker = Ticker(self.agenda.next_due, self.agenda.fire, self.clock)
        self.engine.on_effects = self._wake_couriers
        self.engine.on_armed = lambda _: self.ticker.poke()

    async def run(self) -> None:
        """Works until cancelled, or until a platform refuses the bot (Fatal)."""
        await self.prepare()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.engine.run())
            for courier in self.couriers:
                tasks.create_task(courier.run())
            await self.ticker.start()
            for adapter in self.adapters:
                tasks.create_task(adapter.run(self.engine))

    async def prepare(self) -> None:
        """Brings the schema up to date and takes up what the last run left."""
        await migrate(self.database)
        await self.engine.start(self.clock.now())

    async def settle(self) -> None:
        """Handles and sends all that waits at this moment; for simulations and tests, which
        call it instead of `run`."""
        while True:
            while self.engine.backlog:
                await self.engine.step()
                await self.engine.around.checked()
            due = await self.agenda.next_due()
            if due is not None and due <= self.clock.now():
                firing = asyncio.ensure_future(self.agenda.fire(self.clock.now()))
                await asyncio.sleep(0)
                while not firing.done():
                    await (self.engine.step() if self.engine.backlog else asyncio.sleep(0))
                continue
            for courier in self.couriers:
                await courier.drain()
            if not self.engine.backlog:
                return

    async def live_through(self, span: timedelta) -> None:
        """Settles each due moment of the span in turn on a clock that can be set."""
        clock = self.clock
        end = clock.now() + span
        await self.settle()
        while (due := await self.agenda.next_due()) is not None and due <= end:
            clock.set(max(due, clock.now()))  # type: ignore[attr-defined]  # a VirtualClock, see above
            await self.settle()
        clock.set(end)  # type: ignore[attr-defined]  # the same
        await self.settle()

    async def close(self) -> None:
        """Lets go of everything, the platforms first."""
        for adapter in self.adapters:
            await adapter.close()
        await self.ticker.stop()
        await self.database.close()

    def _wake_couriers(self) -> None:
        for courier in self.couriers:
            courier.wake()
