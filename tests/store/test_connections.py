"""SQLite's connections: what is cut short, what comes from outside, and who waits for whom."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, insert, select

from bot.store import sqlite_file
from bot.store.database import open_database
from bot.store.schema import communities
from bot.store.sqlite_connection import FEW, Connection, at_once, connect

NAME = select(communities.c.name)


def count_slowly(connection: object) -> None:
    sleep(0.05)  # in the connection's thread, as a long statement would


async def test_a_close_that_is_cancelled_ends_though_the_thread_was_stopped(tmp_path: Path) -> None:
    connection = await connect(str(tmp_path / "some.sqlite"))
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)  # it is under way
    stopped = connection.stop()
    closing.cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(closing, return_exceptions=True)
        assert stopped is not None
        await stopped


async def test_a_transaction_that_is_cancelled_in_a_long_statement_is_undone(
    sqlite_url: str,
) -> None:
    database = open_database(sqlite_url)
    begun = asyncio.Event()

    async def written() -> None:
        async with database.write() as tx:
            await tx.execute(insert(communities).values(name="gone"))
            begun.set()
            await tx.connection.run_sync(count_slowly)

    task = asyncio.create_task(written())
    await begun.wait()
    task.cancel()
    async with database.write() as tx:  # gets its turn only when the other is undone
        assert await tx.all(NAME) == []
    with suppress(asyncio.CancelledError):
        await task
    await database.close()


async def test_a_writer_waits_for_another_program_and_the_loop_goes_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_PAUSE", 0)
    database = open_database(sqlite_url)
    async with database.write():
        pass  # the connection is open from here on
    with closing(sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        looked: list[int] = []

        async def lets_go() -> None:
            for turn in range(3):  # of the loop, which nobody holds up
                looked.append(turn)
                await asyncio.sleep(0)
            other.execute("ROLLBACK")

        waiting = asyncio.create_task(lets_go())
        async with database.write() as tx:
            await tx.execute(insert(communities).values(name="ours"))
        await waiting
    assert looked == [0, 1, 2]
    await database.close()


async def test_a_writer_does_not_wait_for_ever(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    database = open_database(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            async with database.write():
                pass
    await database.close()


@pytest.mark.parametrize("short", [True, False])
async def test_a_statement_gives_the_same_at_once_and_in_the_thread(
    sqlite_url: str, short: bool
) -> None:
    database = open_database(sqlite_url)
    async with database.write() as tx:
        await tx.execute(insert(communities), [{"name": "one"}, {"name": "two"}])
        asked = NAME.order_by(communities.c.id)
        rows = (await tx.execute(at_once(asked) if short else asked)).all()
    assert [row.name for row in rows] == ["one", "two"]
    await database.close()


async def test_what_is_short_by_its_mark_leaves_the_loop_for_many_rows(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: list[object] = []
    visit = Connection.visit

    async def noted(self: Connection, work: object, *arguments: object) -> object:
        visits.append(work)
        return await visit(self, work, *arguments)  # type: ignore[arg-type]  # passes all on

    database = open_database(sqlite_url)
    statement = at_once(insert(communities))
    async with database.write() as tx:
        monkeypatch.setattr(Connection, "visit", noted)
        await tx.execute(statement, [{"name": "few"}])
        assert visits == []
        await tx.execute(statement, [{"name": "many"}] * (FEW + 1))
        assert len(visits) == 1
    await database.close()


async def test_readers_see_what_is_committed_and_never_wait(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    async with database.write() as tx:
        await tx.execute(insert(communities).values(name="new"))
        async with database.read() as meanwhile:
            assert await meanwhile.scalar(select(func.count()).select_from(communities)) == 0
    async with database.read() as after:
        assert await after.scalar(select(func.count()).select_from(communities)) == 1
    await database.close()


async def test_a_large_result_comes_in_parts(store_url: str) -> None:
    database = open_database(store_url)
    async with database.write() as tx:
        await tx.execute(insert(communities), [{"name": str(n)} for n in range(5)])
    async with database.read() as tx:
        asked = NAME.order_by(communities.c.id)
        sizes = [[row["name"] for row in some] async for some in tx.chunks(asked, 2)]
    assert sizes == [["0", "1"], ["2", "3"], ["4"]]
    await database.close()
