"""The heart: events in, one transaction a batch, effects out.

While one batch commits the next gathers; nothing waits for a timer.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy import select

from bot import steps
from bot.batch import Batches
from bot.commands import Choice, Command
from bot.events import ChatMoved, CommandGiven, Event
from bot.handling import Handling, Outcome
from bot.interests import Interests
from bot.ports import Adapter, Can, Capabilities
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.store import activity, groups, posts
from bot.store.database import Database
from bot.store.faults import is_store_fault
from bot.store.rollups import room_state
from bot.store.schema import notes
from bot.surroundings import Around

log = structlog.get_logger(__name__)
BATCH = 500
RECOVERY_SECONDS = 15.0
"""How long a platform waits at the start for sends in doubt; most take one request."""
BACKOFF = (0.1, 0.5, 2.0, 5.0)
"""Seconds between attempts while the store is in trouble; the last one repeats."""


class Engine:
    """Takes events from the adapters and the scheduler; implements `bot.ports.Receiver`."""

    def __init__(self, database: Database, router: Router, recall: Recall | None = None) -> None:
        self.database = database
        self.router = router
        self.interests = Interests([ear.wants for ear in router.ears.values()])
        self.around = Around(router, {}, recall or Recall(meaning=False), database)
        self.around.offer = self.offer
        self.on_effects: Callable[[], None] = lambda: None
        self.on_armed: Callable[[datetime], None] = lambda _: None
        self.trouble = ""
        self.handled = self.rounds = 0
        self.handling = Handling(router, self.interests, self.capabilities, self.around)
        self.batches = Batches(database, self.handling)
        self._waiting: list[Event] = []
        self._arrived = asyncio.Event()
        self._offered = self._committed = 0
        self._recoveries: dict[str, asyncio.Event] = {}
        self._settling: list[tuple[int, asyncio.Future[None]]] = []

    @property
    def adapters(self) -> Mapping[str, Adapter]:
        """The platforms that are connected, by name."""
        return self.around.adapters

    @adapters.setter
    def adapters(self, adapters: Mapping[str, Adapter]) -> None:
        self.around.adapters = adapters

    @property
    def commands(self) -> Sequence[Command]:
        """Everything that the features declared."""
        return list(self.router.commands.values())

    @property
    def committed(self) -> int:
        """Events made durable since the start."""
        return self._committed

    @property
    def backlog(self) -> int:
        """Events that are not yet durable."""
        return self._offered - self._committed

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """What a chat can do; nothing on a platform that is not connected here."""
        adapter = self.adapters.get(chat.platform)
        return adapter.capabilities(chat) if adapter else Capabilities(Can(0))

    def offer(self, event: Event) -> None:
        """Hands an event over without waiting; it is durable once `settled` returns."""
        self._waiting.append(event)
        self._offered += 1
        if not self._arrived.is_set():
            self._arrived.set()

    async def settled(self) -> None:
        """Returns when everything offered before is committed."""
        if self._committed >= self._offered:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settling.append((self._offered, future))
        await future

    async def complete(
        self,
        chat: ChatRef,
        member: MemberRef,
        path: str,
        param: str,
        typed: str,
        *,
        moderator: bool = False,
    ) -> Sequence[Choice]:
        """Suggestions while somebody types an argument."""
        now = datetime.now(UTC)
        event = CommandGiven(
            id="", at=now, chat=chat, member=member, path=path, moderator=moderator
        )
        async with self.database.read() as tx:
            group = await groups.by_native(tx, chat.platform, chat.group)
            return await self.handling.complete(tx, event, group, param, typed)

    def recovery(self, platform: str) -> asyncio.Event:
        """Set by the platform's courier when nothing from before the start is in doubt."""
        return self._recoveries.setdefault(platform, asyncio.Event())

    async def recovered(self, platform: str) -> None:
        """Waits for it, for a while."""
        try:
            async with asyncio.timeout(RECOVERY_SECONDS):
                await self.recovery(platform).wait()
        except TimeoutError:
            log.warning("sends_still_in_doubt", platform=platform)

    async def last_seen(self, chat: ChatRef) -> str | None:
        """The newest message recorded in a room."""
        group = self.batches.number_of(chat) or 0
        where = (room_state.c.group_id == group, room_state.c.room == chat.room)
        async with self.database.write() as tx:
            await activity.fold(tx)
            found = await tx.scalar(select(room_state.c.last_message).where(*where))
        return str(found) if found else None

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        """The rooms where people wrote, the newest first."""
        async with self.database.read() as tx:
            known = {group.id: group for group in await groups.active(tx)}
            newest = select(room_state).order_by(room_state.c.last_at.desc()).limit(1000)
            rows = await tx.all(newest)
        found = [known[r.group_id].chat.in_room(r.room) for r in rows if r.group_id in known]
        return [chat for chat in found if chat.platform == platform]

    async def remember(self, platform: str, key: str, value: str) -> None:
        """Keeps a note for an adapter."""
        async with self.database.write() as tx:
            await tx.put(notes, {"platform": platform, "key": key, "value": value})

    async def recall(self, platform: str, key: str) -> str | None:
        """A note that was kept."""
        where = (notes.c.platform == platform, notes.c.key == key)
        async with self.database.read() as tx:
            found = await tx.scalar(select(notes.c.value).where(*where))
        return None if found is None else str(found)

    async def start(self, now: datetime) -> None:
        """Takes up what was left at the last stop."""
        async with self.database.write() as tx:
            for group in await groups.active(tx):
                self.batches.know(group)
            for row in await posts.listening(tx, now):
                chat = posts.message_of(row).chat
                self.interests.listen(
                    row.name.partition(posts.LINK)[0],
                    chat,
                    row.message,
                    row.listens_until,
                    is_thread=row.is_thread,
                )
            for chat, member in await steps.waiting(tx):
                self.interests.ask(chat, member)
            for overhearing in self.router.ears.values():
                await overhearing.ear.wakes(tx, now)
            await activity.fold(tx)

    async def run(self) -> None:
        """Works until cancelled. What was offered stays in memory while the store is in trouble."""
        while True:
            await self._arrived.wait()
            await self.step()

    async def step(self) -> None:
        """Commits one batch."""
        batch = _together(self._waiting[:BATCH])
        self._waiting = self._waiting[len(batch) :]
        if not self._waiting:
            self._arrived.clear()
        attempt = 0
        while True:
            try:
                outcomes = await self.batches.commit(batch)
                break
            except Exception as error:
                if not is_store_fault(error):
                    raise
                await self._wait_for_store(error, attempt)
                attempt += 1
        self.trouble = ""
        self._finish(len(batch), outcomes)

    async def _wait_for_store(self, error: Exception, attempt: int) -> None:
        self.trouble = str(getattr(error, "orig", error))
        log.error("store_in_trouble", error=self.trouble, attempt=attempt, waiting=self.backlog)
        await asyncio.sleep(BACKOFF[min(attempt, len(BACKOFF) - 1)])

    def _finish(self, count: int, outcomes: Sequence[Outcome]) -> None:
        self._committed += count
        self.rounds += 1
        self.handled += len(outcomes)
        for outcome in outcomes:
            for callback in outcome.after_commit:
                callback()
        if any(outcome.effects for outcome in outcomes):
            self.on_effects()
        moments = [row["due_at"] for o in outcomes for row in o.armed.values() if row]
        if moments:
            self.on_armed(min(moments))
        ready = [future for target, future in self._settling if target <= self._committed]
        self._settling = [(t, f) for t, f in self._settling if t > self._committed]
        for future in ready:
            if not future.done():
                future.set_result(None)


def _together(events: list[Event]) -> list[Event]:
    """Those that may share a batch: what comes behind a group's move, under its new address,
    belongs to a group that is known only when the move is committed."""
    move = next((n for n, event in enumerate(events) if type(event) is ChatMoved), len(events))
    return events[: max(move, 1)]
