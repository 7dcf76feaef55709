"""A small house for tests of the core: the real engine, store and courier over a world of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from adapters.local.client import EVERYTHING, LocalAdapter
from adapters.local.people import Person
from adapters.local.world import World
from bot.app import App
from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import CommandGiven, MessagePosted
from bot.feature import Feature
from bot.ports import Can
from bot.refs import ChatRef, MemberRef
from bot.store.database import open_database
from bot.text import Text
from scheduler.clock import VirtualClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class House:
    """An application with one group; `app` is replaced by `restart`."""

    def __init__(self, url: str, systems: Callable[[], Sequence[Feature]], can: Can) -> None:
        self.clock = VirtualClock(NOON)
        self.world = World(self.clock.now)
        self.group = self.world.add_group("Friends")
        self.chat = self.world.home(self.group.id)
        self.adapter = LocalAdapter(self.world, can=can)
        self._url, self._systems = url, systems
        self._task: asyncio.Task[None] | None = None
        self.app = self._new()

    async def person(self, name: str, *, moderator: bool = False) -> Person:
        """Somebody in the group."""
        person = self.world.add_person(name)
        await person.joins(self.group)
        if moderator:
            self.world.set_moderator(self.group.id, person.id)
        return person

    async def start(self) -> None:
        await self.app.prepare()
        for courier in self.app.couriers:
            await courier.recover()
        self._task = asyncio.create_task(self.adapter.run(self.app.engine))
        await asyncio.sleep(0)

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.app.close()

    async def restart(self) -> None:
        """The program is gone and comes back; nothing is settled in between."""
        await self.stop()
        self.app = self._new()
        await self.start()

    async def settle(self) -> None:
        await asyncio.sleep(0)
        await self.app.settle()

    def said(self) -> list[str]:
        """What the bot said in the room, in order."""
        mine = [m for m in self.world.messages.values() if not m.author and m.chat == self.chat]
        return [str(m.text) for m in sorted(mine, key=lambda m: int(m.id))]

    async def rows(self, table: Table) -> Sequence[Any]:
        """Every row of a table."""
        async with self.app.database.read() as tx:
            return await tx.all(select(table))

    def message(self, n: int, text: str = "hi", **named: Any) -> MessagePosted:
        """An ordinary message, as an adapter would hand it over."""
        usual: dict[str, Any] = {
            "id": f"l:m:x{n}",
            "at": NOON + timedelta(seconds=n),
            "chat": self.chat,
            "member": MemberRef("local", "ann"),
            "name": "Ann",
            "message": f"x{n}",
            "text": text,
        }
        return MessagePosted(**(usual | named))

    def _new(self) -> App:
        async def at_once(_: float) -> None:
            await asyncio.sleep(0)

        database = open_database(self._url)
        return App(
            database, [self.adapter], clock=self.clock, systems=self._systems(), sleep=at_once
        )


@asynccontextmanager
async def house(
    url: str, systems: Callable[[], Sequence[Feature]] = list, can: Can = EVERYTHING
) -> AsyncIterator[House]:
    """A house that is open inside the block."""
    made = House(url, systems, can)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


def echo(effects: Callable[[ChatRef, str], list[AnyEffect]] | None = None) -> Feature:
    """A feature whose `/say text` posts the text, or the effects that a test gives."""
    feature = Feature("echo")

    @feature.command(Command("say", "Says something", ()))
    async def say(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        if effects is not None:
            return effects(event.chat, event.id)
        return [Post(chat=event.chat, text=Text.of(f"said {event.id}"))]

    return feature
