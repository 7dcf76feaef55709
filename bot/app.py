"""Wiring: the only place that knows every part."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import structlog

from bot.agenda import Agenda
from bot.courier import Courier
from bot.engine import Engine
from bot.exports import Reader
from bot.feature import Feature
from bot.lease import Lease
from bot.platform import Platform
from bot.ports import Adapter
from bot.recall import Recall
from bot.router import Router
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import metadata
from scheduler.clock import Clock, SystemClock
from scheduler.ticker import Ticker

log = structlog.get_logger(__name__)
__all__ = ["BLOCKS", "PLATFORMS", "App", "adapters", "features", "metadata", "reader"]

PLATFORMS = {
    "local": "adapters.local.settings",
    "discord": "adapters.discord.settings",
    "telegram": "adapters.telegram.settings",
}
"""The module of each platform with its `Settings` and `build`, loaded if its block is there."""
SYSTEMS = (
    "setup",
    "prompts",
    "answers",
    "quiet",
    "ambassadors",
    "games",
    "care",
    "privacy",
    "help",
)
"""The folders of `bot.features`; a new system is one name here."""
PATIENCE = timedelta(seconds=10)
"""How long what has come in may take to be committed at the end."""


class _Blocks(Mapping[str, Any]):
    def __getitem__(self, name: str) -> Any:
        return import_module(PLATFORMS[name]).Settings

    def __iter__(self) -> Iterator[str]:
        return iter(PLATFORMS)

    def __len__(self) -> int:
        return len(PLATFORMS)


BLOCKS = _Blocks()
"""What `bot.settings.load` needs to know of the platforms."""


def adapters(settings: Settings) -> list[Adapter]:
    """One adapter for each platform in the configuration."""
    return [
        import_module(PLATFORMS[name]).build(block, settings.folder)
        for name, block in settings.platforms.items()
    ]


def reader(platform: str) -> Reader | None:
    """Reads the histories that are exported from a platform."""
    if platform not in PLATFORMS:
        return None
    made: Reader = import_module(f"adapters.{platform}.exported").ExportReader()
    return made


def features() -> list[Feature]:
    """Every system of Convive, in the order in which they hear of an event."""
    return [import_module(f"bot.features.{name}").feature() for name in SYSTEMS]


class App:
    """A running Convive: engine, scheduler, and a courier and an adapter per platform."""

    def __init__(
        self,
        database: Database,
        adapters: Sequence[Adapter],
        *,
        clock: Clock | None = None,
        systems: Sequence[Feature] | None = None,
        recall: Recall | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.database = database
        self.clock = clock or SystemClock()
        router = Router(features() if systems is None else systems)
        self.engine = Engine(database, router, recall)
        self.adapters = list(adapters)
        self.engine.adapters = {adapter.platform: adapter for adapter in adapters}
        self.engine.around.reader_of = reader
        self._sleep = sleep
        self.platforms = [
            Platform(self.engine, adapter, self._courier, self._lease(adapter), sleep)
            for adapter in adapters
        ]
        self.agenda = Agenda(self.engine)
        self.ticker = Ticker(self._next_due, self._fire, self.clock)
        self.on_late: Callable[[timedelta], None] = lambda _: None
        for platform in self.platforms:
            platform.on_duty = self.ticker.poke
        self.engine.on_effects = self._wake_couriers
        self.engine.on_armed = lambda _: self.ticker.poke()
        self._due: datetime | None = None
        self._stopping = asyncio.Event()

    @property
    def couriers(self) -> list[Courier]:
        """Who sends, for each platform."""
        return [platform.courier for platform in self.platforms]

    def stop(self) -> None:
        """Lets `run` finish what is under way and return."""
        self._stopping.set()

    async def run(self) -> None:
        """Works until `stop` or until cancelled; raises Fatal when no platform is left."""
        await self.prepare()
        working = asyncio.create_task(self.engine.run())
        stopped = asyncio.create_task(self._stopping.wait())
        platforms = [asyncio.create_task(platform.run()) for platform in self.platforms]
        await self.ticker.start()
        try:
            await self._until_over(working, stopped, platforms)
        finally:
            await self._wind_down(working, stopped, platforms)

    async def _until_over(
        self,
        working: asyncio.Task[None],
        stopped: asyncio.Task[bool],
        platforms: list[asyncio.Task[None]],
    ) -> None:
        """Returns after `stop`; raises what went wrong with the engine or a platform."""
        left: set[asyncio.Task[Any]] = {working, stopped, *platforms}
        while not stopped.done():
            done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if platforms and all(task.done() for task in platforms):
                raise next(p.refused for p in self.platforms if p.refused)

    async def _wind_down(
        self,
        working: asyncio.Task[None],
        stopped: asyncio.Task[bool],
        platforms: list[asyncio.Task[None]],
    ) -> None:
        await _at_most(PATIENCE, self.ticker.stop())
        for task in (stopped, *platforms):
            task.cancel()
        await asyncio.gather(stopped, *platforms, return_exceptions=True)
        if not working.done():
            await _at_most(PATIENCE, self.engine.settled())
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        for platform in self.platforms:
            await platform.end()

    async def prepare(self) -> None:
        """Brings the schema up to date and takes up what the last run left."""
        await migrate(self.database)
        await self.engine.start(self.clock.now())
        if self.database.single_process:  # elsewhere only who holds the lease may judge
            for courier in self.couriers:
                await courier.recover()

    async def settle(self) -> None:
        """Handles and sends all that waits at this moment; for simulations and tests, which
        call it instead of `run`."""
        while True:
            while self.engine.backlog:
                await self.engine.step()
                await self.engine.around.errands_done()
            due = await self.agenda.next_due()
            if due is not None and due <= self.clock.now():
                firing = asyncio.ensure_future(self.agenda.fire(self.clock.now()))
                await asyncio.sleep(0)
                while not firing.done():
                    await (self.engine.step() if self.engine.backlog else asyncio.sleep(0))
                continue
            for courier in self.couriers:
                await courier.drain()
            await self.engine.around.errands_done()
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

    def _courier(self, adapter: Adapter, lease: Lease | None) -> Courier:
        may_send = lease.may_send if lease else None
        return Courier(self.engine, adapter, self.clock.now, sleep=self._sleep, may_send=may_send)

    def _lease(self, adapter: Adapter) -> Lease | None:
        """On SQLite there is only this process."""
        return None if self.database.single_process else Lease(self.database, adapter.platform)

    async def _next_due(self) -> datetime | None:
        """Nothing is due for a process on standby: it does not know what its chats can do."""
        on_duty = not self.platforms or any(not platform.standby for platform in self.platforms)
        self._due = await self.agenda.next_due() if on_duty else None
        return self._due

    async def _fire(self, now: datetime) -> None:
        due = self._due
        await self.agenda.fire(now)
        if due is not None:
            self.on_late(self.clock.now() - due)

    def _wake_couriers(self) -> None:
        for courier in self.couriers:
            courier.wake()


async def _at_most(span: timedelta, work: Awaitable[None]) -> None:
    """Waits for the work, but no longer than this."""
    try:
        await asyncio.wait_for(work, span.total_seconds())
    except TimeoutError:
        log.warning("not_finished_in_time", seconds=span.total_seconds())
