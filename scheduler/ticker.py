"""Wakes somebody when something is due. What is due, and what is done then, is theirs to know.

APScheduler holds exactly one job, "wake", at the next due instant. It is armed anew after each
waking and whenever `poke` says that something changed. The list of what is due stays in the
store, so nothing is lost with this object, and waking once too often is harmless.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.clock import Clock, SystemClock

_log = structlog.get_logger(__name__)

# The system clock may be set while we sleep; APScheduler's timers would not notice.
HEARTBEAT = 60.0  # seconds
SHORTEST = 0.02  # seconds between two wakings for the same instant
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds after the first, second … failure in a row


class Ticker:
    """Calls `fire(now)` as soon as `next_due()` (UTC, None for nothing) is reached.

    `fire` takes what is due, or as much of it as it likes to at once; it is called again until
    nothing is due. If either raises, the error is logged and tried again, later each time.
    """

    def __init__(
        self,
        next_due: Callable[[], Awaitable[datetime | None]],
        fire: Callable[[datetime], Awaitable[None]],
        clock: Clock | None = None,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._next_due = next_due
        self._fire = fire
        self._clock = clock or SystemClock()
        self._heartbeat = heartbeat
        self._scheduler: AsyncIOScheduler | None = None
        self._beat: asyncio.TimerHandle | None = None
        self._waking = asyncio.Lock()
        self._poked = False
        self._failures = 0

    async def start(self) -> None:
        """Begin; what is already due fires at once. Needs a running event loop."""
        if self._scheduler is not None:
            return
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # By default it drops a waking that is a second late, or that comes before it has
            # noticed the end of the last one; the lock in `wake` keeps two from overlapping.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 3},
        )
        self._scheduler.start()
        self._poked = False  # whoever poked before found nothing that could be armed
        self._pulse()

    async def stop(self) -> None:
        """Let a waking that is under way finish, then no more."""
        async with self._waking:
            scheduler, self._scheduler = self._scheduler, None
            if self._beat is not None:
                self._beat.cancel()
            if scheduler is not None:
                scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # APScheduler shuts down in the loop's next turn

    def poke(self) -> None:
        """Something changed: look again now. Cheap; to be called in the event loop's thread."""
        if not self._poked:
            self._poked = True
            self._arm(0.0)

    async def wake(self) -> None:
        """Fire if something is due, and arm the next waking. Simulations may call it themselves."""
        async with self._waking:
            self._poked = False
            delay = await self._turn()
            self._arm(0.0 if self._poked else delay)

    async def _ring(self) -> None:
        """What the job does: a waking that is under way looks again by itself."""
        if self._waking.locked():
            self._poked = True
            return
        try:
            await self.wake()
        except asyncio.CancelledError:
            if self._scheduler is not None:  # else APScheduler ends its jobs: nothing to report
                raise

    async def _turn(self) -> float:
        """One look and, where due, one firing; gives the real seconds until the next."""
        try:
            due = await self._next_due()
            now = self._clock.now()
            if due is not None and due <= now:
                await self._fire(now)
                due = await self._next_due()
        except Exception:
            delay = BACKOFF[min(self._failures, len(BACKOFF) - 1)]
            self._failures += 1
            _log.exception("waking failed", failures=self._failures, again_in=delay)
            return delay
        self._failures = 0
        return math.inf if due is None else max(SHORTEST, self._clock.wait(due))

    def _arm(self, delay: float) -> None:
        if self._scheduler is None or delay >= self._heartbeat:  # the next pulse is sooner
            return
        at = datetime.now(UTC) + timedelta(seconds=delay)
        self._scheduler.add_job(self._ring, "date", run_date=at, id="wake", replace_existing=True)

    def _pulse(self) -> None:
        self.poke()
        self._beat = asyncio.get_running_loop().call_later(self._heartbeat, self._pulse)
