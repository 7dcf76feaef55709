"""Sends what the outbox holds, for one platform: in order per chat, evenly, and never twice
what must not come twice.

Before a send its row is marked in a transaction, so that after a crash it is known which effects
are in doubt. Many marks, and many results, share one transaction.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.charts import pictured
from bot.claim import Claim, in_doubt, inspect
from bot.engine import Engine
from bot.pacing import Pacer
from bot.ports import Adapter, InDoubt, Rejected, TryLater, Unreachable
from bot.queue import Item, Queue
from bot.refs import ChatRef
from bot.settlement import Followup, Result, item_of, settle, token_of
from bot.store import outbox
from bot.store.database import Tx
from bot.store.faults import is_store_fault

T = TypeVar("T")
log = structlog.get_logger(__name__)
AHEAD = 0.25
"""Seconds of sending that are marked ahead: what a crash leaves in doubt at most."""
LOOK_AGAIN = 1.0
"""Seconds between looks at an outbox that other processes fill too, or at a store in trouble."""


class Courier:
    """One per platform and installation."""

    def __init__(
        self,
        engine: Engine,
        adapter: Adapter,
        now: Callable[[], datetime],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        may_send: Callable[[Tx], Awaitable[bool]] | None = None,
    ) -> None:
        """`may_send` is asked in each marking transaction: False means another process sends."""
        self._engine = engine
        self._database = engine.database
        self._adapter = adapter
        self._now = now
        self._sleep = sleep
        self._may_send = may_send
        self._pacer = Pacer(adapter.limits)
        self._queue = Queue()
        self._newest = 0
        self._wake = asyncio.Event()
        self._results: list[Result] = []
        self._doubtful: set[int] = set()
        self._ended = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._ending = False
        self.sent = self.given_up = 0

    @property
    def waiting(self) -> int:
        """Effects that are not sent yet."""
        return len(self._queue)

    def wake(self) -> None:
        """There may be something new."""
        self._wake.set()

    def end(self) -> None:
        """Begins nothing new: `run` returns when it is recorded how the last sends ended."""
        self._ending = True
        self._wake.set()

    async def run(self) -> None:
        """Works until `end`; if it is cancelled, what is under way is in doubt afterwards."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._settling())
            await self._patiently(self.recover)
            while not self._ending:
                self._wake.clear()
                await self._patiently(self._refill)
                if not await self._patiently(self._start_some):
                    await self._rest()
            while self._under_way:
                await asyncio.wait(self._under_way)
            self._ended.set()

    async def drain(self) -> None:
        """Sends all that may go now, and what follows from it; for simulations and tests."""
        while True:
            await self._refill()
            started = await self._start_some()
            while self._under_way:
                await asyncio.wait(self._under_way)
            await self._settle()
            if not started:
                return

    async def recover(self) -> None:
        """Takes up the outbox at start; what was under way at a crash is in doubt."""
        async with self._database.read() as tx:
            rows = await outbox.pending(tx, self._adapter.platform)
            whole = await outbox.load(tx, [r.id for r in rows if r.state == outbox.SENDING])
            claims = [await in_doubt(tx, row) for row in whole]
        crashed = InDoubt("the program stopped while this was being sent")
        self._results += [Result(item_of(c.row), c, error=crashed) for c in claims]
        self._doubtful |= {r.id for r in rows if r.doubt_since or r.state == outbox.SENDING}
        await self._settle()
        self._tell_recovery()

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await work()
            except Exception as error:
                if not is_store_fault(error):
                    raise
                log.error("store_in_trouble", error=str(getattr(error, "orig", error)))
                await asyncio.sleep(LOOK_AGAIN)

    async def _rest(self) -> None:
        soonest = self._queue.next_at()
        seconds = None if self._database.single_process else LOOK_AGAIN
        if soonest is not None:
            seconds = min(LOOK_AGAIN, max(0.0, (soonest - self._now()).total_seconds()))
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _refill(self) -> None:
        above = self._newest if self._database.single_process else 0
        async with self._database.read() as tx:
            rows = await outbox.pending(tx, self._adapter.platform, above)
        for row in rows:
            self._newest = max(self._newest, row.id)
            if row.state == outbox.WAITING:
                self._queue.add(item_of(row))

    async def _start_some(self) -> bool:
        """Marks and starts the next sends; false if nothing may go now."""
        limit = max(1, int(self._adapter.limits.per_second * AHEAD))
        items = [i for i in self._queue.take(self._now(), limit) if self._is_its_turn(i)]
        if not items:
            return False
        try:
            claims = {claim.row.id: claim for claim in await self._claim(items)}
        except Exception:
            for item in items:
                self._queue.release(item, item.not_before)
            raise
        start = asyncio.get_running_loop().time()
        last = max([start, *(self._start(item, claims.get(item.id), start) for item in items)])
        if last - start > AHEAD:
            await self._sleep(last - start - AHEAD)
        return True

    def _is_its_turn(self, item: Item) -> bool:
        """Whether the chat's own pace allows it soon; else it waits again, unmarked."""
        chat = ChatRef.parse(item.chat)
        now = asyncio.get_running_loop().time()
        wait = self._pacer.ready_at(item.chat, chat.group or chat.room) - now
        if wait <= AHEAD:
            return True
        self._queue.release(item, self._now() + timedelta(seconds=wait - AHEAD))
        return False

    async def _claim(self, items: Sequence[Item]) -> list[Claim]:
        async with self._database.write() as tx:
            if self._may_send is not None and not await self._may_send(tx):
                return []
            rows = await outbox.load(tx, [item.id for item in items])
            able = self._adapter.capabilities
            claims = [await inspect(tx, row, self._now(), able) for row in rows]
            going = [claim.row.id for claim in claims if not claim.reason]
            if going:
                await outbox.mark_sending(tx, going, self._now())
        return claims

    def _start(self, item: Item, claim: Claim | None, now: float) -> float:
        """Starts one send; returns the moment at which it will go."""
        if claim is None:  # another process has it
            self._queue.release(item)
            return now
        if claim.reason:
            self._end(Result(item, claim))
            return now
        chat = claim.effect.chat
        moment = self._pacer.take(now, item.chat, chat.group or chat.room)
        task = asyncio.create_task(self._deliver(item, claim, moment - now))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return moment

    async def _deliver(self, item: Item, claim: Claim, delay: float) -> None:
        if delay > 0:
            await self._sleep(delay)
        try:
            effect = await pictured(claim.effect)
            message = await self._adapter.perform(effect, token_of(claim.row))
            self._end(Result(item, claim, message))
        except TryLater as error:
            if error.everywhere:
                self._pacer.pause(asyncio.get_running_loop().time(), error.after)
            self._end(Result(item, claim, error=error))
        except (Unreachable, Rejected, InDoubt) as error:
            self._end(Result(item, claim, error=error))
        except Exception as error:  # a fault of an adapter must not stop the other sends
            log.exception("effect_failed", row=item.id, effect=type(claim.effect).__name__)
            self._end(Result(item, claim, error=Rejected(repr(error))))

    def _end(self, result: Result) -> None:
        self._results.append(result)
        self._ended.set()

    async def _settling(self) -> None:
        while not self._ending or self._under_way or self._results:
            await self._ended.wait()
            await self._patiently(self._settle)

    async def _settle(self) -> None:
        """Records how sends ended: one transaction for all that ended meanwhile."""
        self._ended.clear()
        results = list(self._results)
        if not results:
            return
        async with self._database.write() as tx:
            followups = [await self._settle_one(tx, result) for result in results]
        del self._results[: len(results)]
        for result, followup in zip(results, followups, strict=True):
            self._follow(result, followup)
        self._wake.set()

    async def _settle_one(self, tx: Tx, result: Result) -> Followup:
        able = self._adapter.capabilities(result.claim.effect.chat).can
        return await settle(tx, result, self._now(), able)

    def _tell_recovery(self) -> None:
        if not self._doubtful:
            self._engine.recovery(self._adapter.platform).set()

    def _follow(self, result: Result, followup: Followup) -> None:
        self._queue.release(result.item, followup.again_at)
        if followup.again_at is None and result.item.id in self._doubtful:
            self._doubtful.discard(result.item.id)
            self._tell_recovery()
        if result.arrived:
            self.sent += 1
        if followup.listens:
            name, message, until, is_thread = followup.listens
            self._engine.interests.listen(
                name, message.chat, message.id, until, is_thread=is_thread
            )
        if followup.told:
            self.given_up += 1
            self._engine.offer(followup.told)
