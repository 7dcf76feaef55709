"""One platform, kept running: its adapter and its courier, in the one process that may send."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.courier import Courier
from bot.engine import Engine
from bot.lease import Lease
from bot.ports import Adapter, Fatal

log = structlog.get_logger(__name__)
RESTS = (1.0, 5.0, 15.0, 60.0)
"""Seconds before an adapter that broke down is started again; the last one repeats."""
PATIENCE = timedelta(seconds=10)
"""How long sends that are under way may take at the end."""

MakeCourier = Callable[[Adapter, Lease | None], Courier]


class Platform:
    """Receives and sends for one platform.

    `refused` says why the platform let the bot go, `standby` that another process works for it,
    and `on_duty` is called when this one takes over.
    """

    def __init__(
        self,
        engine: Engine,
        adapter: Adapter,
        make_courier: MakeCourier,
        lease: Lease | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.adapter = adapter
        self.courier = make_courier(adapter, None)
        self.refused: Fatal | None = None
        self.standby = lease is not None
        self.on_duty: Callable[[], None] = lambda: None
        self._engine, self._make, self._lease, self._sleep = engine, make_courier, lease, sleep

    @property
    def name(self) -> str:
        """The platform's name."""
        return self.adapter.platform

    @property
    def connected(self) -> bool:
        """Whether it works now, as far as the adapter tells."""
        return self.refused is None and bool(getattr(self.adapter, "connected", True))

    async def run(self) -> None:
        """Works until cancelled, or until the platform refuses the bot for good."""
        while self.refused is None:
            if self._lease is None:
                await self._work()
                continue
            await self._lease.taken()
            self.courier = self._make(self.adapter, self._lease)
            self.standby = False
            self.on_duty()
            try:
                await self._work(self._lease.lost())
            finally:
                self.standby = True

    async def end(self) -> None:
        """Gives the place to another process."""
        if self._lease is not None:
            await self._lease.release()

    async def _work(self, lost: Awaitable[None] | None = None) -> None:
        """Receives and sends, until the lease is lost or the platform refuses."""
        sending = asyncio.create_task(self.courier.run())
        others = [asyncio.create_task(self._receive())]
        if lost is not None:
            others.append(asyncio.ensure_future(lost))
        try:
            done, _ = await asyncio.wait({sending, *others}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.courier.end()
            await asyncio.wait({sending}, timeout=PATIENCE.total_seconds())
            await _cancelled(sending, *others)
        for task in done:
            task.result()

    async def _receive(self) -> None:
        failures = 0
        while True:
            try:
                await self.adapter.run(self._engine)
                log.warning("adapter_ended", platform=self.name)
            except Fatal as refusal:
                self.refused = refusal
                log.error("platform_refused", platform=self.name, reason=str(refusal))
                return
            except Exception:
                log.exception("adapter_broke", platform=self.name)
            await self._sleep(RESTS[min(failures, len(RESTS) - 1)])
            failures += 1


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
