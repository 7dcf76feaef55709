"""One sender for each platform, where several processes share one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from adapters.local.client import LocalAdapter
from adapters.local.world import World
from bot.app import App
from bot.lease import Lease
from bot.store.database import Database, open_database
from bot.store.schema import EPOCH, due, leases
from scheduler.clock import SystemClock
from tests.core.house import echo

pytestmark = pytest.mark.postgres
OFTEN = timedelta(milliseconds=20)


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Database]:
    opened = open_database(postgres_url)
    yield opened
    await opened.close()


def lease(store: Database) -> Lease:
    return Lease(store, "chat", every=OFTEN)


async def expire(store: Database) -> None:
    """The owner has not been heard of for long."""
    async with store.write() as tx:
        await tx.execute(update(leases).values(until=EPOCH))


async def may_send(store: Database, lease: Lease) -> bool:
    async with store.write() as tx:
        return await lease.may_send(tx)


async def test_the_first_process_takes_it(store: Database) -> None:
    first = lease(store)
    assert (await first.take(), await may_send(store, first)) == (True, True)


async def test_a_second_process_waits(store: Database) -> None:
    first, second = lease(store), lease(store)
    assert (await first.take(), await second.take()) == (True, False)
    assert not await may_send(store, second)


async def test_renewing_keeps_the_fence(store: Database) -> None:
    first = lease(store)
    await first.take()
    await first.take()
    assert first.fence == 1


async def test_an_expired_one_is_taken_over_with_a_higher_fence(store: Database) -> None:
    first, second = lease(store), lease(store)
    await first.take()
    await expire(store)
    assert (await second.take(), second.fence) == (True, 2)


async def test_who_slept_through_the_change_may_not_send(store: Database) -> None:
    first, second = lease(store), lease(store)
    await first.take()
    await expire(store)
    await second.take()
    assert not await may_send(store, first)


async def test_who_let_it_expire_may_not_send_though_nobody_took_it(store: Database) -> None:
    first = lease(store)
    await first.take()
    await expire(store)
    assert not await may_send(store, first)


async def test_nobody_takes_it_while_sends_are_marked(store: Database) -> None:
    first, second = lease(store), lease(store)
    await first.take()
    async with store.write() as tx:
        assert await first.may_send(tx)
        await asyncio.sleep(0)
        taking = asyncio.create_task(second.take())
        done, _ = await asyncio.wait({taking}, timeout=0.1)
    assert (done, await taking) == (set(), False)


async def test_many_at_once_lead_to_one_owner(store: Database) -> None:
    taken = await asyncio.gather(*(lease(store).take() for _ in range(10)))
    assert sum(taken) == 1


async def test_a_released_one_is_free_at_once(store: Database) -> None:
    first, second = lease(store), lease(store)
    await first.take()
    await first.release()
    assert await second.take()


async def test_its_loss_is_noticed(store: Database) -> None:
    first, second = lease(store), lease(store)
    await first.take()
    losing = asyncio.create_task(first.lost())
    await expire(store)
    while not await second.take():
        await expire(store)
    await asyncio.wait_for(losing, 5)


async def test_only_the_holder_runs_the_adapter_and_the_other_takes_over(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.lease.RENEW_EVERY", OFTEN)
    world = World(SystemClock().now)
    group = world.add_group("Friends")
    ann = world.add_person("Ann")
    await ann.joins(group)
    one, two = process(postgres_url, world), process(postgres_url, world)
    running = asyncio.create_task(one.run())
    await until(lambda: one.platforms[0].standby is False)
    waiting = asyncio.create_task(two.run())
    await ann.gives_command(world.home(group.id), "/say")
    await until(lambda: len(world.messages) == 1)
    assert two.platforms[0].standby
    one.stop()
    await running
    await one.close()
    await until(lambda: two.platforms[0].standby is False)
    await ann.gives_command(world.home(group.id), "/say")
    await until(lambda: len(world.messages) == 2)
    two.stop()
    await waiting
    await two.close()


@pytest.mark.parametrize(("standby", "left"), [(True, 1), (False, 0)])
async def test_what_is_due_is_left_to_the_process_at_work(
    postgres_url: str, standby: bool, left: int
) -> None:
    app = process(postgres_url, World(SystemClock().now))
    await app.prepare()
    async with app.database.write() as tx:
        row = {"key": "echo:1", "due_at": EPOCH, "feature": "echo", "kind": "x", "group_id": 0}
        await tx.execute(due.insert().values(row))
    app.platforms[0].standby = standby
    working = asyncio.create_task(app.engine.run())
    await asyncio.wait_for(app.ticker.wake(), 20)
    working.cancel()
    async with app.database.read() as tx:
        assert len(await tx.all(select(due))) == left
    await app.close()


def process(url: str, world: World) -> App:
    """One of two processes that serve the same groups."""
    return App(open_database(url), [LocalAdapter(world)], systems=[echo()])


async def until(true: Callable[[], bool]) -> None:
    """Returns when it is so, or fails after ten seconds."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - two processes have no event in common
            await asyncio.sleep(0.01)


async def test_there_is_no_lease_on_sqlite(sqlite_url: str) -> None:
    app = process(sqlite_url, World(SystemClock().now))
    assert not app.platforms[0].standby
    await app.close()


async def test_a_lease_is_a_row_that_says_who_until_when(store: Database) -> None:
    first = lease(store)
    await first.take()
    async with store.read() as tx:
        row = await tx.first(select(leases))
    assert row is not None
    left = row.until - SystemClock().now()
    assert (row.owner, timedelta(seconds=25) < left <= timedelta(seconds=31)) == (first.owner, True)
