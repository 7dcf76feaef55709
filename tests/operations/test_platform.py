"""A platform that refuses the bot: the others go on, and nothing that waits is lost."""

import asyncio
from datetime import timedelta

import pytest

from adapters.local.client import LocalAdapter
from adapters.local.world import World
from bot.app import App
from bot.commands import Command
from bot.effects import AnyEffect
from bot.ports import Fatal, Receiver, TryLater
from bot.refs import MessageRef
from bot.store.database import open_database
from bot.store.schema import outbox
from scheduler.clock import SystemClock
from tests.core.house import echo, house

SOON = timedelta(seconds=1)


class Revoked(LocalAdapter):
    """The platform hears of the bot no more: its token was revoked while it ran."""

    async def run(self, receiver: Receiver) -> None:
        hearing = asyncio.create_task(super().run(receiver))
        await asyncio.sleep(0)
        await receiver.settled()
        hearing.cancel()
        raise Fatal("The token was revoked.")

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        raise TryLater(SOON, everywhere=True)


class Elsewhere(LocalAdapter):
    """Another platform, which works."""

    platform = "elsewhere"


class Shaky(LocalAdapter):
    """Breaks down at first, by a fault of its own."""

    breakdowns = 2

    async def run(self, receiver: Receiver) -> None:
        self.breakdowns -= 1
        if self.breakdowns >= 0:
            raise RuntimeError("a fault of the adapter")
        await super().run(receiver)


def world() -> World:
    made = World(SystemClock().now)
    made.add_group("Friends")
    return made


async def asks(town: World) -> None:
    """Ann joins the group and asks for something that the bot answers."""
    town.commands = [Command("say", "Says something", ())]
    group = next(iter(town.groups.values()))
    ann = town.add_person("Ann")
    await ann.joins(group)
    await ann.gives_command(town.home(group.id), "/say")


async def test_when_no_platform_is_left_the_refusal_ends_the_program(sqlite_url: str) -> None:
    app = App(open_database(sqlite_url), [Revoked(world())], systems=[echo()])
    with pytest.raises(Fatal, match="revoked"):
        await asyncio.wait_for(app.run(), 20)
    await app.close()


async def test_what_waits_to_be_sent_survives_a_revoked_token(sqlite_url: str) -> None:
    town = world()
    await asks(town)
    app = App(open_database(sqlite_url), [Revoked(town)], systems=[echo()])
    with pytest.raises(Fatal):
        await asyncio.wait_for(app.run(), 20)
    await app.close()
    async with house(sqlite_url, lambda: [echo()]) as h:
        waiting = [row.state for row in await h.rows(outbox)]
        await h.settle()
        assert (waiting, len(h.said())) == (["waiting"], 1)


async def test_one_refusal_leaves_the_others_at_work(sqlite_url: str) -> None:
    app = App(open_database(sqlite_url), [Revoked(world()), Elsewhere(world())], systems=[echo()])
    running = asyncio.create_task(app.run())
    async with asyncio.timeout(20):
        while app.platforms[0].refused is None:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert (running.done(), app.platforms[1].connected) == (False, True)
    app.stop()
    await running
    await app.close()


async def test_an_adapter_that_breaks_down_is_started_again(sqlite_url: str) -> None:
    async def at_once(_: float) -> None:
        await asyncio.sleep(0)

    town = world()
    app = App(open_database(sqlite_url), [Shaky(town)], systems=[echo()], sleep=at_once)
    running = asyncio.create_task(app.run())
    await asks(town)
    async with asyncio.timeout(20):
        while not town.messages:  # noqa: ASYNC110
            await asyncio.sleep(0)
    app.stop()
    await running
    await app.close()
    assert len(town.messages) == 1


async def test_a_stop_lets_what_is_under_way_arrive(sqlite_url: str) -> None:
    class Slow(LocalAdapter):
        begun = asyncio.Event()

        async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
            self.begun.set()
            await asyncio.sleep(0.05)
            return await super().perform(effect, token)

    town = world()
    await asks(town)
    slow = Slow(town)
    app = App(open_database(sqlite_url), [slow], systems=[echo()])
    running = asyncio.create_task(app.run())
    await asyncio.wait_for(slow.begun.wait(), 20)
    app.stop()
    await running
    async with app.database.read() as tx:
        left = await tx.all(outbox.select())
    await app.close()
    assert (left, len(town.messages)) == ([], 1)
