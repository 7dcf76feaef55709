"""A core that only writes down what it is told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.local import LocalAdapter
from bot.commands import Choice, Command
from bot.events import Event
from bot.refs import ChatRef, MemberRef

E = TypeVar("E", bound=Event)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def passes(self, hours: float) -> None:
        self.time += timedelta(hours=hours)


class Recorder:
    """A Receiver with given commands; `safe` false leaves every event uncommitted."""

    def __init__(self, commands: Sequence[Command] = (), *, safe: bool = True) -> None:
        self.declared = commands
        self.safe = safe
        self.events: list[Event] = []
        self.suggestions: list[Choice] = []
        self.notes: dict[str, str] = {}
        self._stirred = asyncio.Event()

    @property
    def commands(self) -> Sequence[Command]:
        return self.declared

    def offer(self, event: Event) -> None:
        self.events.append(event)
        self._stirred.set()

    async def settled(self) -> None:
        if not self.safe:
            await asyncio.Event().wait()

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
        return [c for c in self.suggestions if c.label.casefold().startswith(typed.casefold())]

    async def last_seen(self, chat: ChatRef) -> str | None:
        return None

    async def remember(self, platform: str, key: str, value: str) -> None:
        self.notes[key] = value

    async def recall(self, platform: str, key: str) -> str | None:
        return self.notes.get(key)

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        return ()

    def heard(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    async def arrives(self, kind: type[E], chat: ChatRef) -> E:
        """The first event of a kind in a room, there already or within ten seconds."""
        async with asyncio.timeout(10):
            while not (found := [e for e in self.heard(kind) if e.chat == chat]):
                self._stirred.clear()
                await self._stirred.wait()
        return found[0]

    def last(self, kind: type[E]) -> E:
        return self.heard(kind)[-1]


@asynccontextmanager
async def running(adapter: LocalAdapter, recorder: Recorder) -> AsyncIterator[Recorder]:
    """The adapter at work; on the way out everything offered is acknowledged if it was safe."""
    task = asyncio.create_task(adapter.run(recorder))
    await _breathe()
    try:
        yield recorder
        await _breathe()
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _breathe() -> None:
    for _ in range(5):
        await asyncio.sleep(0)
