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
from tests.listener import Listener

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


class Recorder(Listener):
    """A core with given commands; `safe` false leaves every event uncommitted."""

    def __init__(self, commands: Sequence[Command] = (), *, safe: bool = True) -> None:
        super().__init__(commands)
        self.safe = safe
        self.suggestions: list[Choice] = []
        self._stirred = asyncio.Event()

    def offer(self, event: Event) -> None:
        super().offer(event)
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

    async def arrives(self, kind: type[E], chat: ChatRef) -> E:
        """The first event of a kind in a room, there already or within ten seconds."""
        async with asyncio.timeout(10):
            while not (found := [e for e in self.all(kind) if e.chat == chat]):
                self._stirred.clear()
                await self._stirred.wait()
        return found[0]


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
