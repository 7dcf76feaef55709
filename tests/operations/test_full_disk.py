"""A full disk: nothing is lost, nothing comes twice, and all goes on when there is room again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.store.rollups import activity
from tests.core.house import House, echo, house

MANY = 3_000


@pytest.fixture
async def h(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house in which the disk is full."""
    monkeypatch.setattr("bot.engine.BACKOFF", (0.0,))
    monkeypatch.setattr("bot.courier.LOOK_AGAIN", 0.0)
    async with house(sqlite_url, lambda: [echo()]) as made:
        await made.person("Ann")
        await made.settle()
        await fill(made)
        yield made
        await make_room(made)


async def fill(h: House) -> None:
    """From now on the file may not grow."""
    async with h.app.database.write() as tx:
        pages = await tx.scalar(text("PRAGMA page_count"))
        await tx.execute(text(f"PRAGMA max_page_count = {int(pages)}"))


async def make_room(h: House) -> None:
    """Somebody has tidied up."""
    async with h.app.database.write() as tx:
        await tx.execute(text("PRAGMA max_page_count = 1000000"))


async def in_trouble(h: House, working: asyncio.Task[None]) -> None:
    """Returns when the engine has met the full disk."""
    async with asyncio.timeout(20):
        while not h.app.engine.trouble and not working.done():  # noqa: ASYNC110
            await asyncio.sleep(0)


async def flood(h: House) -> asyncio.Task[None]:
    """More messages than the file has room for."""
    for n in range(MANY):
        h.app.engine.offer(h.message(n))
    working = asyncio.create_task(h.app.engine.run())
    await in_trouble(h, working)
    return working


async def test_what_does_not_fit_waits(h: House) -> None:
    working = await flood(h)
    assert (h.app.engine.backlog > 0, "full" in h.app.engine.trouble) == (True, True)
    working.cancel()


async def test_all_is_kept_once_when_there_is_room_again(h: House) -> None:
    before = len(await h.rows(activity))
    working = await flood(h)
    await make_room(h)
    await asyncio.wait_for(h.app.engine.settled(), 20)
    working.cancel()
    kept = [row.event for row in await h.rows(activity)]
    assert (len(kept) - before, len(set(kept))) == (MANY, len(kept))


async def test_the_platform_is_told_that_it_was_heard_only_after_the_commit(h: House) -> None:
    working = await flood(h)
    await h.world.person("ann").says(h.chat, "am I heard?")
    heard_while_full = len(h.world.pending) == 0
    await make_room(h)
    await asyncio.wait_for(h.app.engine.settled(), 20)
    async with asyncio.timeout(5):
        while h.world.pending:  # noqa: ASYNC110
            await asyncio.sleep(0)
    working.cancel()
    assert not heard_while_full


async def test_a_question_asked_meanwhile_is_answered_once(h: House) -> None:
    working = await flood(h)
    await h.world.person("ann").gives_command(h.chat, "/say")
    await make_room(h)
    await asyncio.wait_for(h.app.engine.settled(), 20)
    working.cancel()
    await h.settle()
    assert len(h.said()) == 1
